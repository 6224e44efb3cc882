// A process of its own that imports files as `bantin import` does: as the library's holder, or through whoever holds it.
import { writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { importPaths } from '../../src/core/import/import-paths'
import { openOrJoin } from '../../src/core/shared-access/open-or-join'
import { quietPorts } from './quiet-ports'

const [folder = '', name = '', count = '0', end = ''] = process.argv.slice(2)
const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)
const run = { signal: new AbortController().signal, onProgress: () => undefined }

const app = await openOrJoin(quietPorts(name, { library: join(folder, 'library'), config: join(folder, 'config') }), {
  access: 'write',
  offerSample: false,
  workers: null,
})
say({ opened: name })
for (let at = 0; at < Number(count); at++) {
  const text = `08/09/2020\nTin ${at} của ${name}\n\nĐoạn một của tin ${at}, ${name} viết.\n\nĐoạn hai.`
  const file = join(folder, `${name}-${at}.txt`)
  writeFileSync(file, text)
  const { added, unchanged, failed } = await importPaths(app, [file], run)
  for (const { code, message } of failed) say({ failed: `${code}: ${message}` })
  // Unchanged: the holder stored it and ended before it could say so; asked again, the next one finds it.
  const kept = [...added, ...unchanged]
  for (const { title } of kept) say({ stored: title })
  // Everybody reads the status, changes it and writes it: an update lost shows as a tag that is missing.
  const ids = kept.map(({ id }) => id)
  const marked = await app.call('markBulletins', { ids, addTags: [name] })
  if (!marked.ok) say({ failed: `mark: ${marked.error.message}` })
}
// One that ends without a word, its lock still there.
if (end === 'dies') process.kill(process.pid, 'SIGKILL')
await app.close()
