// A process that imports files in the same way as `bantin import`. The process holds the lock of the library, or calls
// the process that holds it.
import { writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { importPaths } from '../../src/core/import/import-paths'
import { openOrJoin } from '../../src/core/shared-access/open-or-join'
import { quietPorts } from './quiet-ports'

const [folder = '', name = '', count = '0', end = ''] = process.argv.slice(2)
const write = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)
const run = { signal: new AbortController().signal, onProgress: () => undefined }

const app = await openOrJoin(quietPorts(name, { library: join(folder, 'library'), config: join(folder, 'config') }), {
  access: 'write',
  offerSample: false,
  workers: null,
})
write({ opened: name })
for (let at = 0; at < Number(count); at++) {
  const text = `08/09/2020\nTin ${at} của ${name}\n\nĐoạn một của tin ${at}, ${name} viết.\n\nĐoạn hai.`
  const file = join(folder, `${name}-${at}.txt`)
  writeFileSync(file, text)
  const { added, unchanged, failed } = await importPaths(app, [file], run)
  for (const { code, message } of failed) write({ failed: `${code}: ${message}` })
  // The list `unchanged` holds bulletins that an earlier holder of the lock stored before it ended without an answer.
  const stored = [...added, ...unchanged]
  for (const { title } of stored) write({ stored: title })
  // Each process adds its own tag, so a missing tag shows that a change was lost.
  const ids = stored.map(({ id }) => id)
  const marked = await app.call('markBulletins', { ids, addTags: [name] })
  if (!marked.ok) write({ failed: `mark: ${marked.error.message}` })
}
// The process ends without releasing the lock.
if (end === 'dies') process.kill(process.pid, 'SIGKILL')
await app.close()
