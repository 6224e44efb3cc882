import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Status } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import {
  type LibraryDocument,
  createLibraryDocument,
  readLibraryDocument,
  setAsideLibraryDocument,
} from './store/library-document'
import { type StoredAddition, type AdditionContext, idOfAddition, storeAddition } from './changes/add-bulletin'
import { restoreBackup } from './backup/restore-backup'
import { isInTrash, names, readIndexEntry, readStatus, readStatusDocument } from './store/bulletin-folder'
import type { AdditionFile } from './store/captures'
import type { WriteContext } from './store/commit'
import { asWriteError, stagingFolder, clearStaging, systemCode } from '../files'
import { documentWriter } from './store/documents'
import { createSourceStore } from './sources/source-store'
import { recordAvailability } from './changes/page-availability'
import { createJournal } from './store/journal'
import type { Library, LibraryOptions, StatusChange } from './library'
import { takeLock } from './store/lock'
import { applyMarksChange } from './changes/marks'
import { backupsFolder, migrate, migrations } from './store/migrations'
import { createReader, requireFolder, withBulletinId, findByOrigin } from './open-for-reading'
import { setRepair } from '../reextract/set-repair'
import { redecode, rereadBulletin } from '../reextract/redecode'
import { readBulletin } from './store/revisions'
import { fillHere } from './search/fill-index'
import { cachedIndexPath, indexName, isOnNetwork } from './search/index-location'
import { type FillOptions, createLibraryIndex, type LibraryIndex } from './search/library-index'
import { createDatabase, markComplete, openDatabase } from './search/tables'
import { createSearcher, fillInThread } from './search/index-threads'
import { createLibraryRecovery, isDamage } from './recovery/recover'
import { createFolderCheck } from './recovery/folder-check'
import { deleteForGood, isDeletedForGood, moveToTrash, removeTombstone, restoreFromTrash } from './changes/trash'
import { listBulletinFolders } from './recovery/verify'

/** So many bulletins are settled before anybody notices. */
const maxFoldersBeforeOpen = 500

/** Opens a library for writing; see {@link ./library.openLibrary}. */
export async function openForWriting({
  ports,
  reread,
  socket = null,
  recovery: settles = 'first',
  indexWorker = null,
  onNetwork = null,
  migrations: steps = migrations,
}: LibraryOptions): Promise<Library> {
  const { root, cache, clock, log, program } = ports
  await mkdir(root, { recursive: true }).catch((thrown: unknown) => {
    throw asWriteError(thrown, 'open library', root)
  })
  const before = await readLibraryDocument(root).catch((thrown: unknown) => {
    // What the disk does not give now is not damaged: another in its place would be another library.
    if (!isDamage(thrown)) throw thrown
    return 'damaged' as const
  })
  const lock = await takeLock(root, { program, now: clock(), socket })
  const staging = join(root, stagingFolder)
  /** Whether every folder is known to be at rest, and whether one was left in the middle of a change since. */
  let isRecovered = !lock.needsRecovery
  let isRecoveryNeeded = false
  const writing: WriteContext = {
    root,
    staging,
    writeDocument: documentWriter(ports.openStore, staging),
    onRecoveryNeeded(folder) {
      log.warn(`library: the last change of ${folder} is left to the next start`)
      isRecoveryNeeded = true
    },
  }
  const journal = createJournal({ root, program, clock, log })
  const { note } = journal
  const settling = createLibraryRecovery({ writing, reread, clock, log, note })

  let lastWrite: Promise<unknown> = Promise.resolve()
  /** One write at a time; each sees what the one before left. */
  const enqueueWrite = <T>(write: () => Promise<T>): Promise<T> => {
    const result = lastWrite.then(write, write).catch((thrown: unknown) => {
      throw systemCode(thrown) === null ? thrown : asWriteError(thrown, 'write', root)
    })
    lastWrite = result
    return result
  }

  let index: LibraryIndex
  let about: LibraryDocument
  let isIndexComplete: boolean
  let isIndexCurrent: boolean
  const recoverAndIndex = async (options: FillOptions): Promise<number> => {
    const parts = { ...options, exclusive: enqueueWrite }
    if (!isRecovered) await settling.recoverAll(parts)
    isRecovered = true
    const count = await (isIndexComplete ? settling.updateIndex(index, parts) : index.rebuild(options))
    isIndexComplete = true
    isIndexCurrent = true
    return count
  }
  let runningRecovery: Promise<number> | null = null
  /** Who asks while it is under way waits for the same. */
  const settle: Library['recover'] = (options = {}) =>
    (runningRecovery ??= recoverAndIndex(options).finally(() => (runningRecovery = null)))
  /** Whether a page is known can only be told of a library that is settled: else it might be stored twice. */
  const settled = async (): Promise<void> => {
    if (!(isRecovered && isIndexCurrent)) await settle()
  }
  const folderCheck = createFolderCheck({
    root,
    recovery: settling,
    index: () => index,
    isRecovered: () => isRecovered,
  })
  let needsMigration = false
  try {
    await clearStaging(staging)
    if (lock.needsRecovery)
      await (await import('./backup/write-backup')).removeAbandonedParts(join(root, backupsFolder))
    if (before === 'damaged') await setAsideLibraryDocument(root)
    about = (before === 'damaged' ? null : before) ?? (await createLibraryDocument(writing, clock()))
    needsMigration = steps.some(({ from }) => from === about.format)
    if (needsMigration && !isRecovered) {
      await settling.recoverAll({ exclusive: enqueueWrite })
      isRecovered = true
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
    index = createLibraryIndex(opened.database, {
      searcher: indexWorker === null ? null : createSearcher(indexWorker, { path, root }),
      create: () => createDatabase(path, libraryId),
      complete: markComplete,
      onDamage: (thrown) => log.warn('index: damaged, made anew', thrown),
      async fill(fresh, options) {
        const folders = await listBulletinFolders(root)
        const unread =
          indexWorker === null
            ? await fillHere(fresh, root, folders, options)
            : await fillInThread(indexWorker, { path, root, folders }, options)
        let left = 0
        for (const { folder, error } of unread) {
          // Until the library is settled it may only be in the middle of a change.
          const entry = isRecovered
            ? await settling.repairOrSkip(folder, new AppError(error.code, error.message, error.details))
            : null
          if (entry === null) left += 1
          else fresh.put(entry)
          // It may be readable again: the next start looks.
          if (error.code === 'read-failed') isRecoveryNeeded = true
        }
        options.onProgress?.(folders.length, folders.length, '')
        return folders.length - left
      },
    })
    isIndexComplete = opened.complete
    // Others may have written to the library since this machine's index was in use.
    isIndexCurrent = isIndexComplete && !isElsewhere
    if (needsMigration || !(isIndexCurrent && isRecovered)) {
      const isQuick =
        settles === 'first' || needsMigration || (await listBulletinFolders(root)).length <= maxFoldersBeforeOpen
      if (isQuick) await settle()
    }
  } catch (thrown) {
    // After a migration the index knows the old documents.
    await lock.release({ isClean: !(lock.needsRecovery || needsMigration) })
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
    const folder = await folderCheck.requireFolder(id)
    const before = await readStatus(join(root, folder))
    const was = new Map<string, unknown>(Object.entries(before))
    // Only what changed: a newer version may keep more in a value than this one reads.
    const changes = Object.entries(change(before)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(was.get(name)),
    )
    if (changes.length === 0) return false
    await writing.writeDocument(join(root, folder, names.status), {
      ...(await readStatusDocument(join(root, folder))),
      ...Object.fromEntries(changes),
    })
    await reindex(folder)
    return true
  }

  /** Reads a bulletin; where that shows damage, once more after it was mended. */
  const reading = async <T>(id: string, read: () => Promise<T>): Promise<T> =>
    read().catch((thrown: unknown) => {
      if (!isDamage(thrown)) throw thrown
      // Perhaps it only moved while it was read: looked at again when nothing is being written.
      return enqueueWrite(async () => {
        await folderCheck.requireFolder(id)
        return read()
      })
    })

  /** A page that its reader hands in again comes back out of the trash, and from the dead. */
  const takeOutOfTrash = async (added: StoredAddition): Promise<StoredAddition> => {
    if (added.outcome === 'added') await removeTombstone(writing, added.id)
    if (!isInTrash(added.folder)) return added
    return { ...added, folder: await restoreFromTrash(writing, added.folder), outcome: 'added' }
  }

  const additionContext = (): AdditionContext => ({
    now: clock(),
    program,
    reread,
    findByDigest: (digest) => index.findByDigest(digest),
  })
  const recordAdded = async (added: StoredAddition): Promise<StoredAddition> => {
    await reindex(added.folder)
    note({ type: 'ingestion', object: added.id, outcome: 'success', detail: added.outcome })
    return added
  }

  /** Moves each of these bulletins that is not there yet; all must exist before any moves. */
  const moveAll = async (
    ids: readonly string[],
    isThere: (folder: string) => boolean,
    move: (writing: WriteContext, folder: string) => Promise<string>,
    detail: string,
  ): Promise<string[]> => {
    for (const id of ids) await requireFolder(index, id)
    const changed: string[] = []
    for (const id of new Set(ids)) {
      const folder = await folderCheck.requireFolder(id)
      if (isThere(folder)) continue
      await reindex(await move(writing, folder))
      // Half deleted once, and wanted again.
      if (move === restoreFromTrash) await removeTombstone(writing, id)
      changed.push(id)
      note({ type: 'modification', object: id, outcome: 'success', detail })
    }
    return changed
  }

  const reader = createReader(root, index, journal)
  const rereadAs = (id: string, files: readonly AdditionFile[]): Promise<number> =>
    enqueueWrite(async () => {
      const folder = await folderCheck.requireFolder(id)
      const { number, isChanged } = await rereadBulletin(writing, folder, { files, reread, now: clock(), program })
      if (!isChanged) return number
      await reindex(folder)
      const detail = files.length === 0 ? 'extracted again' : `${files.length} missing files were had`
      note({ type: 'modification', object: id, outcome: 'success', detail })
      return number
    })

  return {
    ...reader,
    readOnly: false,
    needsRecovery: () => !(isRecovered && isIndexCurrent),
    recover: settle,
    get: (id, revision) =>
      reading(id, async () => {
        const folder = join(root, await requireFolder(index, id))
        return withBulletinId(id, () => readBulletin(folder, revision))
      }),
    revisions: (id) => reading(id, () => reader.revisions(id)),
    diff: (id, from, to) => reading(id, () => reader.diff(id, from, to)),
    async add(addition) {
      await settled()
      return enqueueWrite(async () => {
        const added = await takeOutOfTrash(
          await storeAddition(writing, folderCheck.findFolder, addition, additionContext()),
        )
        return recordAdded(added)
      })
    },
    async addAutomatically(addition) {
      await settled()
      return enqueueWrite(async () => {
        if (isDeletedForGood(root, idOfAddition(addition))) return null
        const context = { ...additionContext(), isAutomatic: true }
        const added = await storeAddition(writing, folderCheck.findFolder, addition, context)
        return added.outcome === 'unchanged' ? added : recordAdded(added)
      })
    },
    findByOrigin: (origin) => findByOrigin(root, index, origin),
    recordAvailability: (id, url, since) =>
      enqueueWrite(async () => {
        const folder = await folderCheck.requireFolder(id)
        if (!(await recordAvailability(writing, folder, url, since))) return
        await reindex(folder)
        const detail = since === null ? 'on its portal again' : 'no longer on its portal'
        note({ type: 'validation', object: id, outcome: since === null ? 'success' : 'failure', detail })
      }),
    sourceStore: createSourceStore({ root, writing, exclusive: enqueueWrite, log }),
    batch: (work) => index.batch(work),
    mark: (ids, marking) =>
      enqueueWrite(async () => {
        for (const id of ids) await requireFolder(index, id)
        const changed: string[] = []
        for (const id of ids) if (await changeStatus(id, (status) => marked(status, marking))) changed.push(id)
        return changed
      }),
    keepMarks: (id, change) => enqueueWrite(() => changeStatus(id, (status) => applyMarksChange(status, change))),
    keepPosition: (id, position) =>
      enqueueWrite(async () => {
        let wasStarted = false
        await changeStatus(id, (status) => {
          wasStarted = status.position !== null
          return { ...status, position }
        })
        return wasStarted !== (position !== null)
      }),
    trash: (ids) => enqueueWrite(() => moveAll(ids, isInTrash, moveToTrash, 'moved to the trash')),
    restore: (ids) =>
      enqueueWrite(() => moveAll(ids, (folder) => !isInTrash(folder), restoreFromTrash, 'restored from the trash')),
    emptyTrash: (ids) =>
      enqueueWrite(async () => {
        for (const id of ids ?? []) await requireFolder(index, id)
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
      enqueueWrite(async () => {
        const folder = await folderCheck.requireFolder(id)
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
    reextract: (id) => rereadAs(id, []),
    addFiles: (id, files) => rereadAs(id, files),
    reread: (id, encoding) =>
      enqueueWrite(async () => {
        const folder = await folderCheck.requireFolder(id)
        const result = await redecode(writing, folder, encoding, { reread, now: clock() })
        if (!result.changed) return result
        await reindex(folder)
        note({ type: 'modification', object: id, outcome: 'success', detail: `re-decoded: ${encoding}` })
        return result
      }),
    async restoreBackup(file, { onStored, ...options }) {
      await settled()
      return index.batch(() =>
        restoreBackup(file, {
          ...options,
          writing,
          exclusive: enqueueWrite,
          findFolder: folderCheck.findFolder,
          async onStored(folder) {
            const id = await reindex(folder)
            onStored(id)
            note({ type: 'ingestion', object: id, outcome: 'success', detail: 'restored from a backup' })
          },
        }),
      )
    },
    wasSampleAdded: () => about.sampleAdded ?? false,
    recordSampleAdded: () =>
      enqueueWrite(async () => {
        about = { ...about, sampleAdded: true }
        await writing.writeDocument(join(root, 'library.json'), about)
      }),
    async close() {
      await lastWrite.catch(() => undefined) // its own caller has heard of it
      let isClean = false
      try {
        await index.close()
        journal.sync()
        await clearStaging(staging)
        isClean = true
      } catch (thrown) {
        throw asWriteError(thrown, 'close library', root)
      } finally {
        // Whatever went wrong: a lock that stays would keep everybody out, this program too.
        await lock.release({ isClean: isClean && isRecovered && !isRecoveryNeeded })
      }
    },
  }
}

function marked(status: Status, { read, starred, addTags = [], removeTags = [], folder }: StatusChange): Status {
  const kept = status.tags.filter((tag) => !removeTags.includes(tag))
  return {
    ...status,
    read: read ?? status.read,
    starred: starred ?? status.starred,
    tags: [...new Set([...kept, ...addTags])],
    folder: folder === undefined ? status.folder : folder,
  }
}
