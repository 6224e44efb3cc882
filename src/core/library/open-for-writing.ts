import { mkdir } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { AppError } from '../../shared/errors'
import { createDocumentWriter } from '../document-writer'
import { asWriteError, stagingFolder } from '../files'
import { openOwnKey } from '../trust/own-key'
import { createAdditions } from './changes/additions'
import { createRevisions } from './changes/store-revision'
import { createStatusChanges } from './changes/status-changes'
import { createTrashChanges } from './changes/trash-changes'
import { closeLibrary } from './close-library'
import { findByOrigin, requirePath, withBulletinId, withDocuments } from './find-bulletin'
import type { Library, LibraryOptions } from './library'
import { createLibraryReader } from './library-reader'
import { openWriterIndex } from './open-writer-index'
import { findLibraryDocument, type FoundDocument, prepareLibrary } from './prepare-library'
import { createFolderCheck } from './recovery/folder-check'
import { createLibraryRecovery, isDamage, type LibraryRecovery } from './recovery/recover'
import { createRecoveryRun, type RecoveryRun } from './recovery/recovery-run'
import { readIndexEntry } from './search/index-entry'
import { createSourceStore } from './sources/source-store'
import { listBulletinFolders } from './store/bulletin-folders'
import { createCatalog } from './store/catalog'
import type { WriteContext } from './store/commit'
import { createJournal, type Journal } from './store/journal'
import type { LibraryDocument } from './store/library-document'
import { type Lock, takeLock } from './lock/lock'
import { readBulletin } from './store/revisions'
import { createSanitizer } from '../text/sanitize-task'
import { createWriteQueue } from './write-queue'
import type { WriterParts, WriterState } from './writer-parts'

/**
 * Maximum number of bulletins of a library that is recovered before it opens. Recovering so few bulletins is too fast
 * for the user to notice.
 */
const maxFoldersBeforeOpen = 500

/** Opens a library for writing; see {@link ./open-library.openLibrary}. */
export async function openForWriting(options: LibraryOptions): Promise<Library> {
  const { ports, socket = null } = options
  const { root, clock, program } = ports
  await mkdir(root, { recursive: true }).catch((thrown: unknown) => {
    throw asWriteError(thrown, 'open library', root)
  })
  const found = await findLibraryDocument(root)
  const lock = await takeLock(root, { program, now: clock(), socket })
  const state: WriterState = {
    isRecovered: !lock.needsRecovery,
    isRecoveryNeeded: false,
    unfinishedFolders: new Set(),
    isMigrating: false,
  }
  try {
    return createWriter(await openWriter(options, { found, lock, state }))
  } catch (thrown) {
    // If a migration may have begun, the lock is released as not clean, so that the next writer recovers the library.
    // The index may still have the rows of the old documents.
    await lock.release({ isClean: !(lock.needsRecovery || state.isMigrating) })
    throw asWriteError(thrown, 'open library', root)
  }
}

/** Returns a folder of the library as a path below the library, with forward slashes. */
function toLibraryPath(root: string, folder: string): string {
  return (isAbsolute(folder) ? relative(root, folder) : folder).replaceAll('\\', '/')
}

/** The result of {@link openWriter}. */
interface OpenedWriter {
  options: LibraryOptions
  parts: WriterParts
  state: WriterState
  document: LibraryDocument
  recovery: LibraryRecovery
  recoveryRun: RecoveryRun
  journal: Journal
  lock: Lock
}

/** Prepares the folder and opens the index. Then recovers the library, unless recovery is to run later. */
async function openWriter(
  options: LibraryOptions,
  { found, lock, state }: { found: FoundDocument; lock: Lock; state: WriterState },
): Promise<OpenedWriter> {
  const { ports, extractAgain } = options
  const { root, clock, log, program } = ports
  const staging = join(root, stagingFolder)
  const catalog = createCatalog(root)
  const writing: WriteContext = {
    root,
    staging,
    writeDocument: createDocumentWriter(ports.openStore, staging),
    ownKey: openOwnKey(ports.config),
    sanitize: createSanitizer(options.runTask ?? null),
    onRecoveryNeeded(folder) {
      const path = toLibraryPath(root, folder)
      log.warn(`library: recovery of ${path} is needed`)
      state.isRecoveryNeeded = true
      state.unfinishedFolders.add(path)
    },
    onFolderStored: (folder) => catalog.add(folder),
  }
  const queue = createWriteQueue(root)
  const journal = createJournal({ root, program, clock, log })
  const { recordEvent } = journal
  const recovery = createLibraryRecovery({ writing, catalog, extractAgain, clock, log, recordEvent })
  const hasCrashed = lock.needsRecovery
  const document = await prepareLibrary({ found, writing, state, hasCrashed, queue, recovery, recordEvent }, options)
  const opened = await openWriterIndex(
    { libraryId: document.id, ownKey: writing.ownKey, state, recovery, queue },
    options,
  )
  // If this user has no index of the library, another user may have made the library's pages, so the pages count as
  // foreign.
  const isForeign = found !== null && !opened.isComplete
  // The recovery uses the rows of the index. Every other part of the program finds bulletins by their documents.
  const index = withDocuments(root, opened.index, catalog)
  const recoveryRun = createRecoveryRun({ state, recovery, opened, queue, isForeign })
  if (state.isMigrating || recoveryRun.needsRecovery()) {
    const isFirst = (options.recovery ?? 'first') === 'first' || state.isMigrating
    if (isFirst || (await listBulletinFolders(root)).length <= maxFoldersBeforeOpen) await recoveryRun.recover()
  }
  const parts: WriterParts = {
    ...{ root, clock, program, writing, queue, index, catalog, extractAgain, recordEvent },
    folderCheck: createFolderCheck({
      ...{ writing, recovery, catalog },
      index: opened.index,
      state,
    }),
    waitForRecovery: () => recoveryRun.waitForRecovery(),
    async updateRow(folder) {
      const entry = readIndexEntry(root, folder)
      if (entry === null) throw new AppError('write-failed', `index ${folder}: the folder is missing`, { path: folder })
      await index.put(entry)
      return entry.id
    },
  }
  return { options, parts, state, document, recovery, recoveryRun, journal, lock }
}

/** Creates the methods of a library that {@link openWriter} has opened. */
function createWriter({
  options,
  parts,
  state,
  document,
  recovery,
  recoveryRun,
  journal,
  lock,
}: OpenedWriter): Library {
  const { root, writing, queue, index, folderCheck } = parts
  const reader = createLibraryReader(root, index, journal, writing.ownKey)
  /** Reads a bulletin. If it is damaged, rebuilds it and reads it again. */
  const readOrRebuild = async <T>(id: string, read: () => Promise<T>): Promise<T> =>
    read().catch((thrown: unknown) => {
      if (!isDamage(thrown)) throw thrown
      // The second read runs in the write queue, where the bulletin can't move. The bulletin may be undamaged and may
      // only have moved during the first read.
      return queue.enqueue(async () => {
        await folderCheck.requireFolder(id)
        return read()
      })
    })
  let wasSampleAdded = document.sampleAdded ?? false
  return {
    ...reader,
    readOnly: false,
    refusal: null,
    needsRecovery: () => recoveryRun.needsRecovery(),
    async reindex(fillOptions) {
      await recovery.mergeDuplicates(index, queue.enqueue)
      return index.rebuild(fillOptions)
    },
    recover: (fillOptions) => recoveryRun.recover(fillOptions),
    get: (id, revision) =>
      readOrRebuild(id, async () => {
        const folder = await requirePath(root, index, id)
        return withBulletinId(id, () => readBulletin(folder, parts.writing.sanitize, revision))
      }),
    revisions: (id) => readOrRebuild(id, () => reader.revisions(id)),
    diff: (id, from, to) => readOrRebuild(id, () => reader.diff(id, from, to)),
    findByOrigin: (origin) => findByOrigin(root, index, origin),
    ...createAdditions(parts),
    ...createStatusChanges(parts),
    ...createTrashChanges(parts),
    ...createRevisions(parts),
    sourceStore: createSourceStore({
      ...{ root, writing, ownKey: writing.ownKey },
      exclusive: queue.enqueue,
      log: options.ports.log,
    }),
    batch: (work) => index.batch(work),
    wasSampleAdded: () => wasSampleAdded,
    recordSampleAdded: () =>
      queue.enqueue(async () => {
        wasSampleAdded = true
        await writing.writeDocument(join(root, 'library.json'), { ...document, sampleAdded: true })
      }),
    close: () => closeLibrary({ writing, state, queue, index, journal, lock }),
  }
}
