import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Status } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { type About, createAbout, readAbout, setAboutAside } from './about'
import { type Added, storeAddition } from './additions'
import { restoreBackup } from './backup/restore-backup'
import { isInTrash, names, readFolder, readIndexEntry, readStatusDocument } from './bulletin-folder'
import { recoverFolder, type Writing } from './commit'
import { asWriteError, stagingFolder, systemCode } from './disk'
import { documentWriter } from './documents'
import { type LoggedEvent, logEvent } from './event-log'
import type { Library, LibraryOptions, Marking } from './library'
import { takeLock } from './lock'
import { withMarks } from './marks'
import { migrate, migrations } from './migrations'
import { createReader, folderOf } from './reading'
import { setRepair } from './repairs'
import { readVersion } from './revisions'
import { fillHere } from './search-index/fill'
import { cachedIndexPath, indexName, isOnNetwork } from './search-index/place'
import { type FillOptions, keepIndex, type KeptIndex } from './search-index/keeper'
import { createDatabase, markComplete, openDatabase } from './search-index/tables'
import { createSearcher, fillInThread } from './search-index/threads'
import { createSettling } from './settling'
import { deleteForGood, moveToTrash, readTombstone, removeTombstone, takeFromTrash } from './trash'
import { bulletinFolders } from './verify'

/** So many bulletins are settled before anybody notices. */
const fewFolders = 500

/** Opens a library for writing; see {@link ./library.openLibrary}. */
export async function openForWriting({
  ports,
  reread,
  socket = null,
  settles = 'first',
  indexWorker = null,
  onNetwork = null,
  migrations: steps = migrations,
}: LibraryOptions): Promise<Library> {
  const { root, cache, clock, log, program } = ports
  await mkdir(root, { recursive: true }).catch((thrown: unknown) => {
    throw asWriteError(thrown, 'open library', root)
  })
  const before = await readAbout(root).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'library-newer') throw thrown
    return 'damaged' as const
  })
  const lock = await takeLock(root, { program, now: clock(), socket })
  const staging = join(root, stagingFolder)
  /** Whether every folder is known to be at rest, and whether one was left in the middle of a change since. */
  let isSettled = !lock.afterCrash
  let isLeftUnsettled = false
  const writing: Writing = {
    root,
    staging,
    writeDocument: documentWriter(ports.openStore, staging),
    onUnsettled(folder) {
      log.warn(`library: the last change of ${folder} is left to the next start`)
      isLeftUnsettled = true
    },
  }
  const note = (event: LoggedEvent): void => {
    try {
      logEvent(root, program, clock(), event)
    } catch (thrown) {
      // What is stored is stored: a journal that can't be written must not undo it, but it is said.
      log.warn('journal: not written', thrown)
    }
  }
  const settling = createSettling({ writing, reread, clock, log, note })

  let lastWrite: Promise<unknown> = Promise.resolve()
  /** One write at a time; each sees what the one before left. */
  const queued = <T>(write: () => Promise<T>): Promise<T> => {
    const result = lastWrite.then(write, write).catch((thrown: unknown) => {
      throw systemCode(thrown) === null ? thrown : asWriteError(thrown, 'write', root)
    })
    lastWrite = result
    return result
  }

  let index: KeptIndex
  let about: About
  let isIndexComplete: boolean
  let isIndexCurrent: boolean
  const settleAll = async (options: FillOptions): Promise<number> => {
    const parts = { ...options, exclusive: queued }
    if (!isSettled) await settling.recoverAll(parts)
    isSettled = true
    const count = await (isIndexComplete ? settling.refresh(index, parts) : index.rebuild(options))
    isIndexComplete = true
    isIndexCurrent = true
    return count
  }
  let settlement: Promise<number> | null = null
  /** Who asks while it is under way waits for the same. */
  const settle: Library['settle'] = (options = {}) =>
    (settlement ??= settleAll(options).finally(() => (settlement = null)))
  /** Whether a page is known can only be told of a library that is settled: else it might be stored twice. */
  const settled = async (): Promise<void> => {
    if (!(isSettled && isIndexCurrent)) await settle()
  }
  /** A bulletin's folder, at rest. Throws `bulletin-not-found`. */
  const restingFolderOf = async (id: string): Promise<string> => {
    const folder = await folderOf(index, id)
    if (!isSettled) await recoverFolder(join(root, folder))
    return folder
  }
  try {
    await rm(staging, { recursive: true, force: true })
    if (before === 'damaged') await setAboutAside(root, clock())
    about = (before === 'damaged' ? null : before) ?? (await createAbout(writing, clock()))
    const needsMigration = steps.some(({ from }) => from === about.format)
    if (needsMigration && !isSettled) {
      await settling.recoverAll({ exclusive: queued })
      isSettled = true
    }
    about = await migrate(writing, about, {
      steps,
      program,
      now: clock(),
      onMigrated: ({ to }, backup) =>
        note({ type: 'migration', object: to, outcome: 'success', detail: `backup: ${backup}` }),
    })
    const libraryId = about.id
    const isElsewhere = onNetwork ?? (await isOnNetwork(root, process.platform))
    const path = isElsewhere ? await cachedIndexPath(cache, libraryId) : join(root, indexName)
    const opened = await openDatabase(path, libraryId)
    index = keepIndex(opened.database, {
      searcher: indexWorker === null ? null : createSearcher(indexWorker, { path, root }),
      create: () => createDatabase(path, libraryId),
      complete: markComplete,
      onDamage: (thrown) => log.warn('index: damaged, made anew', thrown),
      async fill(fresh, options) {
        const folders = await bulletinFolders(root)
        const unread =
          indexWorker === null
            ? await fillHere(fresh, root, folders, options)
            : await fillInThread(indexWorker, { path, root, folders }, options)
        let left = 0
        for (const { folder, error } of unread) {
          // Until the library is settled it may only be in the middle of a change.
          const entry = isSettled
            ? await settling.mendOrSkip(folder, new AppError(error.code, error.message, error.details))
            : null
          if (entry === null) left += 1
          else fresh.put(entry)
        }
        options.onProgress?.(folders.length, folders.length, '')
        return folders.length - left
      },
    })
    isIndexComplete = opened.complete
    // Others may have written to the library since this machine's index was in use.
    isIndexCurrent = isIndexComplete && !isElsewhere
    if (needsMigration || !(isIndexCurrent && isSettled)) {
      const isQuick = settles === 'first' || needsMigration || (await bulletinFolders(root)).length <= fewFolders
      if (isQuick) await settle()
    }
  } catch (thrown) {
    await lock.release({ settled: !lock.afterCrash })
    throw asWriteError(thrown, 'open library', root)
  }

  /** Makes the row of a bulletin that was just written anew. */
  const reindex = async (folder: string): Promise<string> => {
    const entry = readIndexEntry(root, folder)
    if (entry === null) throw new AppError('write-failed', `index ${folder}: gone`, { path: folder })
    await index.put(entry)
    return entry.id
  }

  const changeStatus = async (id: string, change: (status: Status) => Status): Promise<boolean> => {
    const folder = await restingFolderOf(id)
    const content = await readFolder(join(root, folder))
    const status = change(content.status)
    if (JSON.stringify(status) === JSON.stringify(content.status)) return false
    await writing.writeDocument(join(root, folder, names.status), {
      ...(await readStatusDocument(join(root, folder))),
      ...status,
    })
    await reindex(folder)
    return true
  }

  /** A page that its reader hands in again comes back out of the trash, and from the dead. */
  const bringBack = async (added: Added): Promise<Added> => {
    if (added.outcome === 'added' && (await readTombstone(root, added.id)) !== null)
      await removeTombstone(writing, added.id)
    if (!isInTrash(added.folder)) return added
    return { ...added, folder: await takeFromTrash(writing, added.folder), outcome: 'added' }
  }

  /** Moves each of these bulletins that is not there yet; all must exist before any moves. */
  const moveAll = async (
    ids: readonly string[],
    isThere: (folder: string) => boolean,
    move: (writing: Writing, folder: string) => Promise<string>,
    detail: string,
  ): Promise<string[]> => {
    for (const id of ids) await folderOf(index, id)
    const changed: string[] = []
    for (const id of new Set(ids)) {
      const folder = await restingFolderOf(id)
      if (isThere(folder)) continue
      await reindex(await move(writing, folder))
      // Half deleted once, and wanted again.
      if (move === takeFromTrash) await removeTombstone(writing, id)
      changed.push(id)
      note({ type: 'modification', object: id, outcome: 'success', detail })
    }
    return changed
  }

  return {
    ...createReader(root, index),
    readOnly: false,
    isUnsettled: () => !(isSettled && isIndexCurrent),
    settle,
    async get(id, revision) {
      const folder = await folderOf(index, id)
      try {
        return await readVersion(join(root, folder), revision)
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.code === 'revision-not-found') throw thrown
        const entry = await queued(() => settling.mend(folder, thrown))
        if (entry === null) {
          await index.remove(id)
          throw thrown
        }
        await index.put(entry)
        return readVersion(join(root, entry.folder), revision)
      }
    },
    async add(addition) {
      await settled()
      return queued(async () => {
        const context = { now: clock(), program, reread }
        const added = await bringBack(await storeAddition(writing, (id) => index.folderOf(id), addition, context))
        await reindex(added.folder)
        note({ type: 'ingestion', object: added.id, outcome: 'success', detail: added.outcome })
        return added
      })
    },
    together: (work) => index.together(work),
    mark: (ids, marking) =>
      queued(async () => {
        for (const id of ids) await folderOf(index, id)
        const changed: string[] = []
        for (const id of ids) if (await changeStatus(id, (status) => marked(status, marking))) changed.push(id)
        return changed
      }),
    keepMarks: (id, change) => queued(() => changeStatus(id, (status) => withMarks(status, change))),
    keepPosition: (id, position) =>
      queued(async () => {
        let wasStarted = false
        await changeStatus(id, (status) => {
          wasStarted = status.position !== null
          return { ...status, position }
        })
        return wasStarted !== (position !== null)
      }),
    trash: (ids) => queued(() => moveAll(ids, isInTrash, moveToTrash, 'moved to the trash')),
    restore: (ids) =>
      queued(() => moveAll(ids, (folder) => !isInTrash(folder), takeFromTrash, 'restored from the trash')),
    emptyTrash: (ids) =>
      queued(async () => {
        for (const id of ids ?? []) await folderOf(index, id)
        const inTrash = (await index.folders()).filter(
          ({ id, folder }) => isInTrash(folder) && (ids?.includes(id) ?? true),
        )
        for (const { id, folder } of inTrash) {
          await deleteForGood(writing, { id, folder }, 'emptied-trash', clock())
          await index.remove(id)
          note({ type: 'deletion', object: id, outcome: 'success', detail: 'emptied from the trash' })
        }
        return inTrash.map(({ id }) => id)
      }),
    setRepair: (id, name, isUndone) =>
      queued(async () => {
        const folder = await restingFolderOf(id)
        const number = await setRepair(writing, folder, { name, isUndone }, { reread, now: clock() })
        await reindex(folder)
        note({
          type: 'modification',
          object: id,
          outcome: 'success',
          detail: `${isUndone ? 'undone' : 'made again'}: ${name.rule} in ${name.field}`,
        })
        return number
      }),
    async restoreBackup(file, { onStored, ...options }) {
      await settled()
      return index.together(() =>
        restoreBackup(file, {
          ...options,
          writing,
          exclusive: queued,
          folderOf: (id) => index.folderOf(id),
          async onStored(folder) {
            const id = await reindex(folder)
            onStored(id)
            note({ type: 'ingestion', object: id, outcome: 'success', detail: 'restored from a backup' })
          },
        }),
      )
    },
    wasSampleAdded: () => about.sampleAdded ?? false,
    noteSampleAdded: () =>
      queued(async () => {
        about = { ...about, sampleAdded: true }
        await writing.writeDocument(join(root, 'library.json'), about)
      }),
    async close() {
      await lastWrite.catch(() => undefined) // its own caller has heard of it
      await index.close()
      await rm(staging, { recursive: true, force: true })
      await lock.release({ settled: isSettled && !isLeftUnsettled })
    },
  }
}

function marked(status: Status, { read, starred, addTags = [], removeTags = [], folder }: Marking): Status {
  const kept = status.tags.filter((tag) => !removeTags.includes(tag))
  return {
    ...status,
    read: read ?? status.read,
    starred: starred ?? status.starred,
    tags: [...new Set([...kept, ...addTags])],
    folder: folder === undefined ? status.folder : folder,
  }
}
