// Runs one operation on a library again and again, while the preload library disk-faults.c lets the n-th call fail that
// changes a file of the library, SQLite's calls included. Prints one line of JSON with the result.
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Library } from '../../src/core/library/library'
import { AppError } from '../../src/shared/errors'
import { additionOf, openFaultLibrary } from './disk-fault-library'

const [folder = '', operation = '', first = '1', step = '1', mode = 'honest'] = process.argv.slice(2)
const eio = 5
const control = openSync(process.env['BANTIN_FAULT_CONTROL'] ?? '', 'r+')
const [seed, root] = [join(folder, 'seed'), join(folder, 'library')]

/** Lets call number `at` fail from now on. With 0, no call fails. Returns nothing, because the counter begins again. */
function arm(at: number): void {
  writeSync(control, Buffer.from(Int32Array.of(at, 0, eio).buffer), 0, 12, 0)
}

const [kept, marked, trashed] = ['1', '2', '3'].map((n) => `https://a.gov.vn/${n}`)
const backup = join(folder, 'kho.bantin')
const run = { signal: new AbortController().signal, onProgress: () => undefined }
const idOf = async (library: Library, address = ''): Promise<string> =>
  (await library.findByOrigin({ address })).id ?? 'missing'

const operations: Record<string, (library: Library) => Promise<unknown>> = {
  import: (library) => library.add(additionOf('Tin mới', 'Nội dung mới.', 'https://a.gov.vn/9')),
  revise: (library) => library.add(additionOf('Tin 1', 'Nội dung của tin 1 đã đổi một phần.', kept ?? '')),
  mark: async (library) => library.mark([await idOf(library, marked)], { starred: true, addTags: ['gấp'] }),
  trash: async (library) => library.trash([await idOf(library, marked)]),
  restore: async (library) => library.restore([await idOf(library, trashed)]),
  'empty-trash': (library) => library.emptyTrash(null),
  merge: (library) => library.restoreBackup(backup, { ...run, withDeleted: false, onStored: () => undefined }),
}

/** Returns all bulletins of a library as lines, and the ids that a verification finds damaged. */
async function read(at: string): Promise<{ lines: string[]; damaged: string[] }> {
  const library = await openFaultLibrary(at, folder)
  const lines: string[] = []
  for (const inTrash of [false, true])
    for (const { id } of (await library.list(inTrash ? { inTrash } : {}, 0, 50)).items) {
      const { title, bodyText, status } = await library.get(id)
      lines.push(JSON.stringify([title, bodyText, status.starred, status.tags, inTrash]))
    }
  const { damaged } = await library.verify({})
  await library.close()
  return { lines: lines.sort(), damaged: damaged.map(({ file }) => file) }
}

async function makeSeed(): Promise<void> {
  arm(0)
  mkdirSync(seed, { recursive: true })
  const library = await openFaultLibrary(seed, folder)
  for (const [at, address] of [kept, marked, trashed].entries())
    await library.add(additionOf(`Tin ${at + 1}`, `Nội dung của tin ${at + 1}.`, address ?? ''))
  await library.trash([await idOf(library, trashed)])
  await library.close()
  const other = await openFaultLibrary(join(folder, 'other'), folder)
  await other.add(additionOf('Tin của kho khác', 'Nội dung khác.', 'https://b.gov.vn/1'))
  await other.close()
  const { writeBackup } = await import('../../src/core/library/backup/write-backup')
  await writeBackup(join(folder, 'other'), backup, { program: 'faults', now: new Date() })
}

/** Runs the operation once. Returns the state of the library, and whether the operation reported success. */
async function once(at: number): Promise<{ state: string; isDone: boolean; code: string | null; calls: number }> {
  rmSync(root, { recursive: true, force: true })
  cpSync(seed, root, { recursive: true, preserveTimestamps: true })
  const library = await openFaultLibrary(root, folder)
  await library.list({}, 0, 1)
  arm(at)
  let [isDone, code]: [boolean, string | null] = [true, null]
  try {
    await operations[operation]?.(library)
  } catch (thrown) {
    isDone = false
    code = thrown instanceof AppError ? thrown.code : `not an AppError: ${String(thrown)}`
    // The control claims success after a failure.
    if (mode === 'claims-success') isDone = true
  }
  const calls = countCalls()
  arm(0)
  await library.close().catch((thrown: unknown) => {
    code = `close: ${String(thrown)}`
  })
  const { lines, damaged } = await read(root)
  const left = existsSync(join(root, 'tmp')) ? readdirSync(join(root, 'tmp')) : []
  return { state: JSON.stringify({ lines, damaged, left }), isDone, code, calls }
}

function countCalls(): number {
  const bytes = Buffer.alloc(12)
  const copy = openSync(process.env['BANTIN_FAULT_CONTROL'] ?? '', 'r')
  readSync(copy, bytes, 0, 12, 0)
  closeSync(copy)
  return bytes.readInt32LE(4)
}

await makeSeed()
rmSync(root, { recursive: true, force: true })
cpSync(seed, root, { recursive: true, preserveTimestamps: true })
const before = await once(-1)
const done = before.state
cpSync(seed, join(folder, 'before'), { recursive: true })
const unchanged = JSON.stringify({ ...(await read(join(folder, 'before'))), left: [] })
const wrong: string[] = []
const codes: Record<string, number> = {}
let rounds = 0
for (let at = Number(first); at <= before.calls; at += Number(step)) {
  const { state, isDone, code } = await once(at)
  rounds += 1
  codes[code ?? 'done'] = (codes[code ?? 'done'] ?? 0) + 1
  if (isDone && state !== done) wrong.push(`call ${at}: reported as done, but ${state}`)
  if (!isDone && state !== done && state !== unchanged) wrong.push(`call ${at}: ${String(code)}, ${state}`)
  if (code !== null && !/^(?:write-failed|disk-full|library-read-only|read-failed)$/.test(code))
    wrong.push(`call ${at}: ${code}`)
}
console.log(JSON.stringify({ operation, calls: before.calls, rounds, codes, wrong }))
process.exit(0)
