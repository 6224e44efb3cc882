// Real full disks for the tests and for bench/disk-full.bench.mjs: a small tmpfs, or an ext4 image on a loop device.
// Each disk holds its own library. Every writing method of the contract is called on the disk at several fill levels.
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../../src/core/app'
import type { App, AppOptions } from '../../src/core/app-interface'
import { callMethod } from '../../src/core/call-method'
import type { Ports } from '../../src/core/ports'
import { openOrJoin } from '../../src/core/shared-access/open-or-join'
import { waitForJob } from '../../src/core/wait-for-job'
import type { Input, Method } from '../../src/shared/contract/api'
import { AppError, type ErrorCode, toAppError } from '../../src/shared/errors'

export type DiskKind = 'tmpfs' | 'ext4'

/**
 * Mounts a disk of the given size at a folder. Throws the system's error if mounting is not allowed. Returns the
 * function that unmounts the disk.
 */
export function mountDisk(kind: DiskKind, at: string, megabytes: number): () => void {
  mkdirSync(at, { recursive: true })
  const image = `${at}.img`
  if (kind === 'tmpfs') run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', at)
  else {
    run('truncate', '-s', `${megabytes}M`, image)
    // Without reserved blocks, root and other users see the same free space. Blocks of 4 KB are the default for disks
    // of more than 512 MB.
    run('mkfs.ext4', '-q', '-F', '-m', '0', '-b', '4096', image)
    run('mount', '-o', 'loop', image, at)
  }
  return () => {
    run('umount', '-l', at)
    rmSync(image, { force: true })
  }
}

function run(command: string, ...words: string[]): void {
  execFileSync(command, words, { stdio: 'pipe' })
}

const ballast = 'ballast'

/** Fills a disk until about `freeBytes` bytes are free. */
export function fillDisk(at: string, freeBytes: number): void {
  const file = openSync(join(at, ballast), 'a')
  const block = Buffer.alloc(64 * 1024, 1)
  try {
    for (let size = block.length; size >= 512;) {
      const { bavail, bsize } = statfsSync(at)
      const excess = bavail * bsize - freeBytes
      if (excess <= 0) break
      try {
        writeSync(file, block, 0, Math.min(size, excess))
      } catch {
        size = Math.floor(size / 2) // the disk has no space for a file of this size
      }
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Gives back the space that {@link fillDisk} has used. */
export function freeDisk(at: string): void {
  rmSync(join(at, ballast), { force: true })
}

/**
 * The library that is copied to each disk, and the files that the methods need. These files are on another disk, which
 * is not full.
 */
export interface Template {
  folder: string
  /** Two bulletins outside the trash, and two in the trash. */
  ids: readonly [string, string]
  trashed: readonly [string, string]
  /** Two followed sources. */
  sources: readonly [string, string]
  /** A backup of another library. */
  backup: string
  /** A page that is not in the library yet. */
  page: string
}

const time = '2026-11-24T00:00:00Z'
const opml = '<opml version="2.0"><body><outline text="Tin" xmlUrl="https://vidu.vn/tin.xml"/></body></opml>'
const textOf = (title: string): string => `08/09/2020\n${title}\n\n${'Nội dung của tin. '.repeat(60)}\n\nĐoạn hai.`

/** Creates the template below a folder. */
export async function createTemplate(folder: string, portsOf: PortsOf): Promise<Template> {
  const template = join(folder, 'template')
  const other = join(folder, 'other')
  const ids: string[] = []
  for (const [root, titles] of [
    [template, ['Tin một', 'Tin hai', 'Tin ba', 'Tin bốn']],
    [other, ['Tin sao lưu']],
  ] as const) {
    const files = join(folder, `files-${titles.length}`)
    mkdirSync(files, { recursive: true })
    for (const [at, title] of titles.entries()) writeFileSync(join(files, `${at}.txt`), textOf(title))
    const app = await createApp(portsOf(root), { ...appOptions, access: 'write' })
    const result = await settle(app, { method: 'startImportPaths', input: { paths: [files] } })
    if (root === template) {
      const { items } = await callMethod(app, 'listBulletins', { filter: {}, offset: 0, limit: 10 })
      ids.push(...items.map(({ id }) => id))
      await callMethod(app, 'trashBulletins', { ids: ids.slice(2) })
      for (const name of ['a', 'b']) await callMethod(app, 'addSource', { url: `https://${name}.vn/tin`, kind: 'feed' })
    } else await settle(app, { method: 'startBackupTo', input: { file: join(folder, 'backup.tar.gz') } })
    if (result !== 'done') throw new Error(`template: ${result}`)
    await app.close()
  }
  const [first = '', second = '', third = '', fourth = ''] = ids
  const [changed = '', removed = ''] = readdirSync(join(template, 'sources')).map((name) => name.replace('.json', ''))
  const page = join(folder, 'new.txt')
  writeFileSync(page, textOf('Tin mới'))
  return {
    folder: template,
    ids: [first, second],
    trashed: [third, fourth],
    sources: [changed, removed],
    backup: join(folder, 'backup.tar.gz'),
    page,
  }
}

/** A function that creates the ports of a program with its library and its settings at `root`. */
export type PortsOf = (root: string) => Ports
const appOptions: AppOptions = { access: 'prefer-write', offerSample: false, workers: null }

type Call = { [M in Method]: { method: M; input: Input<M> } }[Method]
/** The result of a call: `done`, or the code of the error. */
type Outcome = 'done' | ErrorCode

/** Calls a method and waits for its job if it starts one. Returns the result. */
export async function settle(app: App, { method, input }: Call): Promise<Outcome> {
  try {
    const value: unknown = await callMethod(app, method, input)
    const jobId = typeof value === 'object' && value !== null && 'jobId' in value ? value.jobId : null
    if (typeof jobId !== 'string') return 'done'
    const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
    const { result } = await waitForJob(app, jobId, quiet)
    // The result of an import and of a restored backup contains the error of each failed item.
    const failed = result !== null && 'failed' in result && Array.isArray(result.failed) ? result.failed : []
    return (failed as { code: ErrorCode }[])[0]?.code ?? 'done'
  } catch (thrown) {
    return toAppError(thrown).code
  }
}

/**
 * Returns a call of every method of the contract that writes to the library or to the settings, and that needs no
 * network.
 */
export function writingCalls({ ids, trashed, sources, backup, page }: Template): Call[] {
  const [first, second] = ids
  const passage = { quote: 'Nội dung', prefix: '', suffix: '', start: 0 }
  const note = { id: '0123456789', made: time, changed: time, revision: 1, passage }
  return [
    { method: 'markBulletins', input: { ids: [first, second], starred: true, addTags: ['nhãn'] } },
    { method: 'markBulletins', input: { ids: [first], folder: 'Hồ sơ' } },
    { method: 'keepPosition', input: { id: first, position: { block: 0, offset: 0.5 } } },
    { method: 'keepMarks', input: { id: second, notes: [{ ...note, text: 'Một ghi chú dài. '.repeat(500) }] } },
    { method: 'trashBulletins', input: { ids: [first] } },
    { method: 'restoreBulletins', input: { ids: [trashed[0]] } },
    { method: 'emptyTrash', input: { ids: [trashed[1]] } },
    { method: 'startImportPaths', input: { paths: [page] } },
    { method: 'upload', input: { name: 'a.txt', bytes: Buffer.from('08/09/2020\nMột tin\n\nNội dung.') } },
    { method: 'addSample', input: {} },
    { method: 'startReread', input: { id: second, encoding: 'tcvn3' } },
    { method: 'reextractBulletin', input: { id: second } },
    { method: 'addSource', input: { url: 'https://vidu.vn/tin', kind: 'feed' } },
    { method: 'changeSource', input: { id: sources[0], name: 'Tên mới' } },
    { method: 'importSources', input: { text: opml } },
    { method: 'removeSource', input: { id: sources[1] } },
    { method: 'changeSettings', input: { theme: 'night' } },
    { method: 'startRestoreBackup', input: { file: backup, withDeleted: false } },
    { method: 'startReindex', input: {} },
    { method: 'startVerify', input: {} },
  ]
}

/** The result of the calls on one disk. `faults` holds a sentence for each promise that the program broke. */
export interface MatrixResult {
  calls: number
  refused: number
  faults: string[]
}

/** When the disk is filled: before the program opens the library, or after it. */
export type FillMoment = 'before-open' | 'after-open'

/**
 * Copies the template to the empty disk at `disk`, fills the disk to `level` free bytes before each call, and calls
 * every writing method. Then frees the disk and checks that everything works without a restart. `open` opens the
 * program, so that a control can open another one.
 */
export async function runOnFullDisk(
  disk: string,
  {
    template,
    level,
    moment,
    portsOf,
    only,
    open = (ports) => openOrJoin(ports, appOptions),
  }: {
    template: Template
    level: number
    moment: FillMoment
    portsOf: PortsOf
    /** The index of the single call to make. If it is undefined, all calls are made one after another. */
    only?: number
    open?: (ports: Ports) => Promise<App>
  },
): Promise<MatrixResult> {
  const root = join(disk, 'library')
  freeDisk(disk)
  rmSync(root, { recursive: true, force: true })
  cpSync(template.folder, root, { recursive: true })
  const result: MatrixResult = { calls: 0, refused: 0, faults: [] }
  const fault = (where: string, what: string): void => void result.faults.push(`${where} at ${level} bytes: ${what}`)
  const refill = (): void => {
    freeDisk(disk)
    fillDisk(disk, level)
  }
  if (moment === 'before-open') refill()
  const app = await open(portsOf(root)).catch((thrown: unknown) => toAppError(thrown))
  if (app instanceof AppError) {
    fault('open', app.code)
    return result
  }
  const gone = new Set<string>()
  const all = [...template.ids, ...template.trashed]
  const checkReading = async (where: string): Promise<void> => {
    for (const id of all.filter((each) => !gone.has(each))) {
      const outcome = await settle(app, { method: 'getBulletin', input: { id } })
      if (outcome !== 'done') fault(where, `getBulletin ${outcome}`)
    }
    for (const call of readingCalls) {
      const outcome = await settle(app, call)
      if (outcome !== 'done') fault(where, `${call.method} ${outcome}`)
    }
  }
  try {
    await checkReading('opened')
    const calls = writingCalls(template).filter((_, at) => only === undefined || at === only)
    const refused: Call[] = []
    for (const call of calls) {
      refill()
      const outcome = await settle(app, call)
      result.calls += 1
      if (outcome === 'disk-full') {
        result.refused += 1
        refused.push(call)
      } else if (outcome !== 'done') fault(call.method, outcome)
      else if (call.method === 'emptyTrash') gone.add(template.trashed[1])
      await checkReading(call.method)
    }
    freeDisk(disk)
    for (const call of refused) {
      const outcome = await settle(app, call)
      if (outcome !== 'done') fault(`${call.method} after there was space again`, outcome)
      else if (call.method === 'emptyTrash') gone.add(template.trashed[1])
    }
    await checkReading('with space again')
    const before = await listAll(app)
    if ((await settle(app, { method: 'startReindex', input: {} })) !== 'done') fault('reindex', 'failed')
    const after = await listAll(app)
    if (before !== after) fault('index', `differs from the documents: ${before} instead of ${after}`)
  } finally {
    await app.close().catch((thrown: unknown) => fault('close', toAppError(thrown).code))
  }
  await checkDocuments(portsOf(root), { all: all.filter((id) => !gone.has(id)), fault })
  const staged = existsSync(join(root, 'tmp')) ? readdirSync(join(root, 'tmp')) : []
  if (staged.length > 0) fault('staging', `${staged.length} files are left`)
  return result
}

const readingCalls: readonly Call[] = [
  { method: 'listBulletins', input: { filter: {}, offset: 0, limit: 10 } },
  { method: 'countBulletins', input: {} },
  { method: 'searchBulletins', input: { query: 'nội dung', filter: {}, offset: 0, limit: 10 } },
  { method: 'listSources', input: {} },
  { method: 'getSettings', input: {} },
]

/** Returns the lists of the index as one text, with ids, marks and counts. */
async function listAll(app: App): Promise<string> {
  const page = { offset: 0, limit: 100 }
  const lists = []
  for (const trash of [false, true]) {
    const { total, items } = await callMethod(app, 'listBulletins', { filter: trash ? { inTrash: true } : {}, ...page })
    lists.push([total, ...items.map(({ id, title, read, starred, started }) => [id, title, read, starred, started])])
  }
  return JSON.stringify([lists, await callMethod(app, 'countBulletins', {})])
}

/** Opens the library again, and checks that every bulletin exists exactly once and is intact. */
async function checkDocuments(
  ports: Ports,
  { all, fault }: { all: readonly string[]; fault(where: string, what: string): void },
): Promise<void> {
  const app = await createApp(ports, { ...appOptions, access: 'write' })
  try {
    const { jobId } = await callMethod(app, 'startVerify', { ids: null })
    const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
    const job = await waitForJob(app, jobId, quiet)
    const damaged = job.kind === 'verify' ? (job.result?.damaged ?? []) : []
    if (damaged.length > 0) fault('verify', JSON.stringify(damaged))
    for (const id of all) {
      const outcome = await settle(app, { method: 'getBulletin', input: { id } })
      if (outcome !== 'done') fault('after the next start', `${id} ${outcome}`)
    }
  } finally {
    await app.close()
  }
}

/**
 * Opens a program that must write. The control of the benchmark uses this function, because such a program does not
 * fall back to reading.
 */
export function openForWriting(ports: Ports): Promise<App> {
  return openOrJoin(ports, { ...appOptions, access: 'write' })
}
