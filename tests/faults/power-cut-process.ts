// Adds, revises, marks and moves bulletins. After each acknowledged step, creates a file `acknowledged/N` beside the
// library, so that disk-faults.c records the moment of the acknowledgement.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { additionOf, openFaultLibrary } from './disk-fault-library'

const [folder = '', count = '3', mode = 'honest'] = process.argv.slice(2)
const root = join(folder, 'library')
mkdirSync(root)
mkdirSync(join(folder, 'library-acknowledged'))
let step = 0
const acknowledge = (): void => writeFileSync(join(folder, 'library-acknowledged', String(step++)), '')
const library = await openFaultLibrary(root, folder)
for (let at = 0; at < Number(count); at++) {
  const address = `https://a.gov.vn/${at}`
  const work = library.add(additionOf(`Tin ${at}`, `Nội dung của tin ${at}.`, address))
  // The control acknowledges a bulletin before it is stored.
  if (mode === 'acknowledges-early') acknowledge()
  const { id } = await work
  if (mode !== 'acknowledges-early') acknowledge()
  await library.mark([id], { starred: true })
  acknowledge()
  await library.add(additionOf(`Tin ${at}`, `Nội dung của tin ${at} đã đổi.`, address))
  acknowledge()
  await library.trash([id])
  acknowledge()
  await library.restore([id])
  acknowledge()
}
await library.close()
