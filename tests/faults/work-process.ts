// A process that works on a library until it is killed. It writes one line before and one line after each change. The
// index is rebuilt again and again at the same time.
import { cpSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Conf from 'conf'
import { toErrorShape } from '../../src/shared/errors'
import { writeBackup } from '../../src/core/library/backup/write-backup'
import type { Addition, StoredAddition } from '../../src/core/library/changes/addition'
import { openLibrary } from '../../src/core/library/open-library'
import { readFolder, revisionPath } from '../../src/core/library/store/bulletin-folder'
import { listBulletinFolders } from '../../src/core/library/store/bulletin-folders'
import { commitChange } from '../../src/core/library/store/commit'
import type { Migration } from '../../src/core/library/store/migrations'
import { idOfAddress, type OutputLine } from './library-model'

const [root = '', seed = '1', mode = 'honest'] = process.argv.slice(2)
let state = Number(seed)
/** A small random number generator (mulberry32) that returns the same numbers for the same seed. */
const random = (below: number): number => {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below
}
/** Writes a line synchronously, so that the line arrives even if a kill follows. */
const report = (line: OutputLine): void => void writeSync(1, `${JSON.stringify(line)}\n`)

const additionOf = (address: string, version: number): Addition => {
  const bodyText = `Bản ${version} của ${address}. ${'Nội dung bản tin. '.repeat(1 + random(200))}`
  return {
    bytes: Buffer.from(`<p>${bodyText}</p>`),
    name: 'trang.html',
    address,
    source: { id: null, name: null, host: null },
    charset: 'utf-8',
    extractor: { name: 'simple-html', version: 1 },
    text: {
      title: `Bản tin ${address}`,
      summary: null,
      author: null,
      // A later text of the bulletin may have another date. A second copy of the bulletin would then have another
      // folder name.
      published: { value: `2020-09-${10 + random(3)}`, precision: 'day', asWritten: null, from: 'text' },
      language: 'vi',
      bodyHtml: `<p>${bodyText}</p>`,
      bodyText,
      figures: [],
      attachments: [],
      repairs: [],
    },
  }
}

const formats = ['bantin-library/1.0', 'bantin-library/1.1']
const [from = '', to = ''] = Number(seed) % 2 === 0 ? formats.toReversed() : formats
/** A migration that rewrites every bulletin after a backup. The runs change between its two versions in turn. */
const migration: Migration = {
  from,
  to,
  async run(writing) {
    for (const folder of await listBulletinFolders(root)) {
      const { document } = await readFolder(join(root, folder))
      await commitChange(writing, join(root, folder), {
        files: new Map(),
        documents: new Map(),
        bulletin: { ...document, migratedTo: to },
      })
    }
  },
}

const library = await openLibrary({
  ports: {
    root,
    cache: `${root}-indexes`,
    config: `${root}-config`,
    openStore: ({ cwd, name }) => new Conf({ cwd, configName: name }),
    clock: () => new Date(),
    log: { info: () => undefined, warn: () => undefined },
    program: 'faults',
  },
  access: 'write',
  migrations: [migration],
  extractAgain: () => Promise.reject(new Error('nothing is damaged')),
})
report({ opened: true, format: to })

const addresses = Array.from({ length: 12 }, (_, number) => `https://a.gov.vn/${number}`)
const choose = <T>(values: readonly T[]): T => values[random(values.length)] as T
const run = { signal: new AbortController().signal, onProgress: () => undefined }

/** Runs a change and reports it. `work` makes the change, and returns the values that the library then has. */
const change = async (
  kind: NonNullable<OutputLine['doing']>,
  id: string | null,
  work: () => Promise<Omit<OutputLine, 'done' | 'doing' | 'id'> | null>,
): Promise<void> => {
  report({ doing: kind, id })
  const done = await work().catch((thrown: unknown) => {
    const { code, message } = toErrorShape(thrown)
    // The bulletin may not be stored yet. If the library has lost it, the model notices, because the next import fails
    // too.
    if (code !== 'bulletin-not-found') report({ failed: `${kind} ${id}: ${code}: ${message}` })
    return code === 'bulletin-not-found' ? {} : null
  })
  if (done !== null) report({ done: kind, id, ...done })
}

/** Returns the values after an addition. The revision is read from the documents and not from the index. */
const stateAfter = async (stored: StoredAddition | null): Promise<Omit<OutputLine, 'done'>> => {
  if (stored === null) return {}
  const { document, revision } = await readFolder(join(root, stored.folder))
  const name = revisionPath(document.revision).slice('revisions/'.length)
  return {
    place: stored.folder.startsWith('trash/') ? 'trash' : 'bulletins',
    revision: { name, digest: revision.digest },
  }
}

/**
 * Breaks one promise of the library on purpose, according to the mode. Each control shows that the model notices one
 * kind of fault.
 */
async function breakOnPurpose(): Promise<void> {
  const folders = mode === 'honest' ? [] : await listBulletinFolders(root)
  const [folder] = folders
  if (folder === undefined) return
  const path = join(root, folder)
  if (mode === 'overwrites')
    for (const each of folders.map((name) => join(root, name)))
      if (readdirSync(join(each, 'revisions')).length > 1)
        cpSync(join(each, revisionPath(2)), join(each, revisionPath(1)))
  if (mode === 'doubles') {
    const [top = '', ...rest] = folder.split('/')
    const copy = join(root, top === 'trash' ? 'bulletins' : 'trash', ...rest)
    cpSync(path, copy, { recursive: true })
  }
  if (mode === 'leaves-files') writeFileSync(join(dirname(path), 'manifest-sha256.next'), '')
}

let rebuilding: Promise<void> | null = null
/** Starts a rebuild of the index. The next changes run during the rebuild. */
function rebuild(): void {
  rebuilding ??= library
    .reindex({})
    .then(
      () => report({ rebuilt: true }),
      (thrown: unknown) => report({ failed: `rebuild: ${toErrorShape(thrown).message}` }),
    )
    .finally(() => (rebuilding = null))
}

for (let step = 0; ; step++) {
  const kind = random(20)
  const address = choose(addresses)
  const id = idOfAddress(address)
  // The number grows from run to run, so every text is new.
  const addition = additionOf(address, Number(seed) * 1_000_000 + step)
  if (random(3) === 0) rebuild()
  if (kind < 6) {
    // Control: the process reports a bulletin as stored before it stores the bulletin. The bulletin is never stored.
    if (mode === 'acknowledges-early')
      report({ done: 'import', id: idOfAddress('https://a.gov.vn/never-stored'), place: 'bulletins' })
    await change('import', id, async () => stateAfter(await library.add(addition)))
  } else if (kind < 9) await change('refresh', id, async () => stateAfter(await library.addAutomatically(addition)))
  else if (kind < 12)
    await change('mark', id, async () => {
      await library.mark([id], { starred: true })
      return { starred: true }
    })
  else if (kind < 14)
    await change('trash', id, async () => {
      await library.trash([id])
      return { place: 'trash' }
    })
  else if (kind < 17)
    await change('restore', id, async () => {
      await library.restore([id])
      return { place: 'bulletins' }
    })
  else if (kind === 17)
    await change('empty-trash', null, async () => {
      await library.emptyTrash(null)
      return {}
    })
  else if (kind === 18) {
    const [listed, trashed] = [await library.list({}, 0, 100), await library.list({ inTrash: true }, 0, 100)]
    report({ listed: { bulletins: listed.total, trash: trashed.total } })
  } else {
    const file = `${root}.bantin`
    await writeBackup(root, file, { program: 'faults', now: new Date() })
    report({ backedUp: true })
    await change('merge', null, async () => {
      await library.restoreBackup(file, { ...run, withDeleted: false, onStored: () => undefined })
      return {}
    })
  }
  await breakOnPurpose()
}
