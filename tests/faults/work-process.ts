// A process that works on a library until the process is killed. The process writes one line for each change that it
// has made.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import Conf from 'conf'
import type { Addition } from '../../src/core/library/changes/addition'
import { writeBackup } from '../../src/core/library/backup/write-backup'
import { readFolder } from '../../src/core/library/store/bulletin-folder'
import { commitChange } from '../../src/core/library/store/commit'
import { openLibrary } from '../../src/core/library/open-library'
import type { Migration } from '../../src/core/library/store/migrations'
import { listBulletinFolders } from '../../src/core/library/store/bulletin-folders'

const [root = '', seed = '1', mode = ''] = process.argv.slice(2)
let state = Number(seed)
/** A small repeatable random generator (mulberry32). The same seed gives the same numbers. */
const random = (below: number): number => {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below
}
/** Writes a line synchronously, so that the line arrives even if the process is killed directly afterwards. */
const report = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)

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
      published: { value: '2020-09-08', precision: 'day', asWritten: null, from: 'text' },
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
/** Rewrites every bulletin after a backup. The runs migrate up and down in turn. */
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
const run = { signal: new AbortController().signal, onProgress: () => undefined }
for (let step = 0; ; step++) {
  const address = `https://a.gov.vn/${random(12)}`
  const kind = random(10)
  if (kind < 6) {
    // The version number rises over all runs. The test can therefore tell which of two texts is newer.
    const addition = additionOf(address, Number(seed) * 1_000_000 + step)
    // Control: in this mode the process reports "stored" too early.
    if (mode === 'acknowledges-early') report({ stored: address, text: addition.text.bodyText })
    const { id } = await library.add(addition)
    report({ stored: address, id, text: addition.text.bodyText })
    continue
  }
  const { items } = await library.list({}, 0, 100)
  const chosen = items[random(Math.max(1, items.length))]
  if (chosen === undefined) continue
  if (kind === 6) {
    await library.mark([chosen.id], { starred: true })
    report({ starred: chosen.id })
  } else if (kind === 7) {
    report({ deleting: chosen.id })
    await library.trash([chosen.id])
    if (random(2) === 0) await library.emptyTrash(null)
    else await library.restore([chosen.id])
    report({ done: chosen.id })
  } else if (kind === 8) await library.reindex({})
  else {
    const file = `${root}.bantin`
    await writeBackup(root, file, { program: 'faults', now: new Date() })
    report({ backedUp: true })
    await library.restoreBackup(file, { ...run, withDeleted: false, onStored: () => undefined })
  }
}
