import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Input, VerifyResult } from '../../shared/api'
import type { Bulletin, Filter, ListItem, Position, Status } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import type { Ports } from '../ports'
import { type Added, type Addition, storeAddition } from './additions'
import { bulletinOf, indexEntryOf, names, readFolder, readStoredFile } from './bulletin-folder'
import { recoverFolder, type Writing } from './commit'
import { type About, createAbout, readAbout, setAboutAside } from './about'
import { asWriteError, stagingFolder } from './disk'
import { documentWriter } from './documents'
import { type LoggedEvent, logEvent } from './event-log'
import { takeLock } from './lock'
import { mendBulletin, type Reread } from './mend'
import {
  type Counts,
  createMemoryIndex,
  type IndexEntry,
  openIndex,
  openIndexForReading,
  type SearchIndex,
} from './search-index'
import { bulletinFolders, type Progress, verifyLibrary } from './verify'

/** A change of the reader's status of some bulletins. */
export type Marking = Omit<Input<'markBulletins'>, 'ids'>

/** The only door to what is stored. Writes wait for each other; a library opened for reading refuses them. */
export interface Library {
  readonly readOnly: boolean
  list(filter: Filter, offset: number, limit: number): { total: number; items: ListItem[] }
  count(): Counts
  /** Throws `bulletin-not-found`, `bulletin-damaged`. */
  get(id: string): Promise<Bulletin>
  /** Bytes of a file of the bulletin. Throws `bulletin-not-found`, `file-not-found`. */
  readFile(id: string, name: string): Promise<Uint8Array>
  add(addition: Addition): Promise<Added>
  /** Changes the status of all these bulletins; returns those that changed. Throws `bulletin-not-found` before any does. */
  mark(ids: readonly string[], marking: Marking): Promise<string[]>
  /** Keeps where reading stopped; says whether the bulletin began or ceased to be half-read. */
  keepPosition(id: string, position: Position | null): Promise<boolean>
  verify(options: { onlyIds?: readonly string[]; onProgress?: Progress; signal?: AbortSignal }): Promise<VerifyResult>
  /** Whether the sample bulletin was ever put here; once said, it stays said. */
  wasSampleAdded(): boolean
  noteSampleAdded(): Promise<void>
  /** Waits for running writes, then gives the lock back. */
  close(): Promise<void>
}

/** What a library needs of its host; `reread` extracts a kept page again. */
export interface LibraryOptions {
  ports: Pick<Ports, 'openStore' | 'clock' | 'log' | 'program'> & { root: string }
  access: 'write' | 'read'
  reread: Reread
}

/**
 * Opens a library. For writing: takes the lock (`library-locked`), makes what is missing, settles what a crash
 * left, rebuilds a missing or damaged index. For reading: needs nothing, creates nothing; a missing library is an
 * empty one. Throws `library-newer` for a format this version does not know.
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  return options.access === 'write' ? openForWriting(options) : openForReading(options)
}

async function openForReading({ ports: { root, log } }: LibraryOptions): Promise<Library> {
  const about = await readAbout(root).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'library-newer') throw thrown
    log.warn('open library: library.json is damaged', thrown)
    return null
  })
  const onDisk = about === null ? null : openIndexForReading(join(root, 'index.sqlite'), about.id)
  const index = onDisk ?? createMemoryIndex()
  if (onDisk === null) {
    const entries = await readEntries(root, await bulletinFolders(root), async (folder, thrown) => {
      log.warn(`index: left out ${folder}`, thrown)
      return Promise.resolve(null)
    })
    index.replaceAll(entries)
  }
  const refuse = (): Promise<never> =>
    Promise.reject(new AppError('library-read-only', 'write: opened for reading', { path: root }))
  return {
    ...createReader(root, index),
    readOnly: true,
    get: async (id) => bulletinOf(await readFolder(join(root, folderOf(index, id)))),
    add: refuse,
    mark: refuse,
    keepPosition: refuse,
    noteSampleAdded: refuse,
    wasSampleAdded: () => about?.sampleAdded ?? false,
    close: () => Promise.resolve(index.close()),
  }
}

async function openForWriting({ ports, reread }: LibraryOptions): Promise<Library> {
  const { root, clock, log, program } = ports
  await mkdir(root, { recursive: true }).catch((thrown: unknown) => {
    throw asWriteError(thrown, 'open library', root)
  })
  const before = await readAbout(root).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'library-newer') throw thrown
    return 'damaged' as const
  })
  const lock = await takeLock(root, program, clock())
  const staging = join(root, stagingFolder)
  let settled = true
  const writing: Writing = {
    root,
    staging,
    writeDocument: documentWriter(ports.openStore, staging),
    onUnsettled(folder) {
      log.warn(`library: the last change of ${folder} is left to the next start`)
      settled = false
    },
  }
  const note = (event: LoggedEvent): Promise<void> =>
    // What is stored is stored: a journal that can't be written must not undo it, but it is said.
    logEvent(root, program, clock(), event).catch((thrown: unknown) => log.warn('journal: not written', thrown))

  let index: SearchIndex
  let about: About
  try {
    await rm(staging, { recursive: true, force: true })
    if (before === 'damaged') await setAboutAside(root, clock())
    about = (before === 'damaged' ? null : before) ?? (await createAbout(writing, clock()))
    if (lock.afterCrash) await recoverAll()
    const opened = await openIndex(join(root, 'index.sqlite'), about.id)
    index = opened.index
    if (opened.fresh || lock.afterCrash)
      index.replaceAll(await readEntries(root, await bulletinFolders(root), mendOrSkip))
  } catch (thrown) {
    await lock.release({ settled: !lock.afterCrash })
    throw asWriteError(thrown, 'open library', root)
  }

  async function recoverAll(): Promise<void> {
    for (const folder of await bulletinFolders(root)) {
      const recovery = await recoverFolder(writing, join(root, folder)).catch((thrown: unknown) => {
        log.warn(`recover: ${folder} is damaged`, thrown)
        return 'intact' as const
      })
      if (recovery !== 'intact') await note({ type: 'recovery', object: folder, outcome: 'success', detail: recovery })
    }
  }

  /** Sets a damaged bulletin aside and rebuilds it; null where that was not possible. Throws what is no damage. */
  async function mendEntry(folder: string, thrown: unknown): Promise<IndexEntry | null> {
    if (!(thrown instanceof AppError && thrown.code === 'bulletin-damaged')) throw thrown
    log.warn(`library: ${folder} is damaged`, thrown)
    const mended = await mendBulletin(writing, folder, reread, clock())
    const outcome = mended.folder === null ? 'failure' : 'success'
    await note({ type: 'recovery', object: folder, outcome, detail: `set aside: ${mended.setAside}` })
    return mended.folder === null ? null : indexEntryOf(mended.folder, await readFolder(join(root, mended.folder)))
  }

  /** One bad bulletin never stops the start, even where it can't be mended now (a full disk, a file we may not open). */
  async function mendOrSkip(folder: string, thrown: unknown): Promise<IndexEntry | null> {
    return mendEntry(folder, thrown).catch((failure: unknown) => {
      log.warn(`library: ${folder} is left out`, failure)
      return null
    })
  }

  let lastWrite: Promise<unknown> = Promise.resolve()
  /** One write at a time; each sees what the one before left. */
  const queued = <T>(write: () => Promise<T>): Promise<T> => {
    const result = lastWrite.then(write, write)
    lastWrite = result
    return result
  }

  const changeStatus = async (id: string, change: (status: Status) => Status): Promise<boolean> => {
    const folder = folderOf(index, id)
    const content = await readFolder(join(root, folder))
    const status = change(content.status)
    if (JSON.stringify(status) === JSON.stringify(content.status)) return false
    await writing.writeDocument(join(root, folder, names.status), { ...status })
    index.put(indexEntryOf(folder, { ...content, status }))
    return true
  }

  return {
    ...createReader(root, index),
    readOnly: false,
    async get(id) {
      const folder = folderOf(index, id)
      try {
        return bulletinOf(await readFolder(join(root, folder)))
      } catch (thrown) {
        const entry = await queued(() => mendEntry(folder, thrown))
        if (entry === null) {
          index.remove(id)
          throw thrown
        }
        index.put(entry)
        return bulletinOf(await readFolder(join(root, entry.folder)))
      }
    },
    add: (addition) =>
      queued(async () => {
        const context = { now: clock(), program }
        const added = await storeAddition(writing, (id) => index.folderOf(id), addition, context)
        index.put(indexEntryOf(added.folder, await readFolder(join(root, added.folder))))
        await note({ type: 'ingestion', object: added.id, outcome: 'success', detail: added.outcome })
        return added
      }),
    mark: (ids, marking) =>
      queued(async () => {
        for (const id of ids) folderOf(index, id)
        const changed: string[] = []
        for (const id of ids) if (await changeStatus(id, (status) => marked(status, marking))) changed.push(id)
        return changed
      }),
    keepPosition: (id, position) =>
      queued(async () => {
        let wasStarted = false
        await changeStatus(id, (status) => {
          wasStarted = status.position !== null
          return { ...status, position }
        })
        return wasStarted !== (position !== null)
      }),
    wasSampleAdded: () => about.sampleAdded ?? false,
    noteSampleAdded: () =>
      queued(async () => {
        about = { ...about, sampleAdded: true }
        await writing.writeDocument(join(root, 'library.json'), about)
      }),
    async close() {
      await lastWrite.catch(() => undefined) // its own caller has heard of it
      index.close()
      await rm(staging, { recursive: true, force: true })
      await lock.release({ settled })
    },
  }
}

/** What readers and writers do alike. */
function createReader(root: string, index: SearchIndex): Pick<Library, 'list' | 'count' | 'readFile' | 'verify'> {
  return {
    list: (filter, offset, limit) => index.list(filter, offset, limit),
    count: () => index.count(),
    readFile: async (id, name) => readStoredFile(join(root, folderOf(index, id)), name),
    verify: (options) => {
      for (const id of options.onlyIds ?? []) folderOf(index, id)
      return verifyLibrary(root, options)
    },
  }
}

function folderOf(index: SearchIndex, id: string): string {
  const folder = index.folderOf(id)
  if (folder === null) throw new AppError('bulletin-not-found', `library: no bulletin ${id}`, { id })
  return folder
}

function marked(status: Status, { read, starred, addTags = [], removeTags = [] }: Marking): Status {
  const kept = status.tags.filter((tag) => !removeTags.includes(tag))
  return {
    read: read ?? status.read,
    starred: starred ?? status.starred,
    tags: [...new Set([...kept, ...addTags])],
    position: status.position,
  }
}

async function readEntries(
  root: string,
  folders: readonly string[],
  onDamage: (folder: string, thrown: unknown) => Promise<IndexEntry | null>,
): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = []
  for (const folder of folders) {
    const entry = await readFolder(join(root, folder)).then(
      (content) => indexEntryOf(folder, content),
      (thrown: unknown) => onDamage(folder, thrown),
    )
    if (entry !== null) entries.push(entry)
  }
  return entries
}
