import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import type { Ports } from '../../ports'
import type { ExtractAgain } from '../changes/addition'
import { finishDeletions } from '../changes/trash'
import { type IndexEntry, readIndexEntry } from '../search/index-entry'
import type { LibraryIndex } from '../search/library-index'
import type { FillOptions } from '../search/search-index'
import { updateIndex } from '../search/update-index'
import { listBulletinFolders } from '../store/bulletin-folders'
import type { Catalog } from '../store/catalog'
import { recoverFolder, renewPage, type WriteContext } from '../store/commit'
import { renewReadme } from '../store/library-document'
import type { LoggedEvent } from '../store/journal'
import { rebuildBulletin } from './rebuild'

/** The functions that recover a library from a crash and from damage on the disk. */
export interface LibraryRecovery {
  /**
   * Finishes or undoes every change and finishes every deletion that a crash interrupted. Other writes may run between
   * two bulletins.
   */
  recoverAll(options: RecoveryOptions): Promise<void>
  /**
   * Replaces `README.txt` and the `index.html` of every bulletin if they differ from the files that the program makes
   * now. Another person may have made the stored files.
   */
  renewPages(options: RecoveryOptions): Promise<void>
  /**
   * Updates the index from the documents (see {@link updateIndex}). Rebuilds damaged bulletins. Returns the number of
   * index rows written.
   */
  updateIndex(index: LibraryIndex, options: RecoveryOptions): Promise<number>
  /**
   * Moves a damaged bulletin to `damaged/` and rebuilds it. `thrown` is the error of the read that failed. `id` is the
   * id in the bulletin's index row. Returns the new index entry, or null if the bulletin can't be rebuilt. Throws
   * `thrown` again if that error does not report damage.
   */
  rebuild(folder: string, thrown: unknown, id?: string): Promise<IndexEntry | null>
  /**
   * Does the same as `rebuild`, but returns null after any failure. It is used while the library opens, because one
   * bulletin must not prevent the library from opening.
   */
  rebuildOrSkip(folder: string, thrown: unknown, id?: string): Promise<IndexEntry | null>
  /** Merges all folders of one bulletin into one folder and returns this folder. See {@link mergeFolders}. */
  mergeFolders(id: string, folders: readonly string[]): Promise<string>
  /**
   * Merges the folders of every bulletin that is stored more than once, and writes the index rows of these bulletins.
   */
  mergeDuplicates(index: Pick<LibraryIndex, 'put'>, exclusive: RecoveryOptions['exclusive']): Promise<void>
}

/**
 * The options of a recovery. `exclusive` runs work while nothing else writes. A recovery throws the abort reason of
 * `signal`.
 */
export interface RecoveryOptions extends FillOptions {
  exclusive<T>(work: () => Promise<T>): Promise<T>
}

/** The dependencies of recovery. `recordEvent` adds an event to the journal. */
export interface RecoveryParts extends Pick<Ports, 'clock' | 'log'> {
  writing: WriteContext
  catalog: Pick<Catalog, 'findFolders' | 'listDuplicates'>
  extractAgain: ExtractAgain
  recordEvent(event: LoggedEvent): void
}

/** Creates the recovery of the library that `writing` writes to. */
export function createLibraryRecovery({
  writing,
  catalog,
  extractAgain,
  clock,
  log,
  recordEvent,
}: RecoveryParts): LibraryRecovery {
  const { root } = writing
  const rebuild: LibraryRecovery['rebuild'] = async (folder, thrown, id) => {
    if (!isDamage(thrown)) throw thrown
    log.warn(`library: ${folder} is damaged`, thrown)
    const rebuilt = await rebuildBulletin(writing, folder, { extractAgain, now: clock(), knownId: id ?? null })
    const outcome = rebuilt.folder === null ? 'failure' : 'success'
    recordEvent({ type: 'recovery', object: folder, outcome, detail: `set aside: ${rebuilt.setAside}` })
    return rebuilt.folder === null ? null : readIndexEntry(root, rebuilt.folder)
  }
  const rebuildOrSkip: LibraryRecovery['rebuildOrSkip'] = (folder, thrown, id) =>
    rebuild(folder, thrown, id).catch((failure: unknown) => {
      log.warn(`library: ${folder} is left out`, failure)
      return null
    })
  const mergeAll = async (id: string, folders: readonly string[]): Promise<string> => {
    const { mergeFolders } = await import('./merge-folders')
    const { folder, setAside } = await mergeFolders(writing, { id, folders, now: clock() })
    log.warn(`library: ${id} was stored in ${folders.length} folders`)
    for (const path of setAside)
      recordEvent({ type: 'recovery', object: id, outcome: 'success', detail: `merged, set aside: ${path}` })
    return folder
  }
  const readOrRebuild = async (folder: string, id?: string): Promise<IndexEntry | null> => {
    try {
      return readIndexEntry(root, folder)
    } catch (thrown) {
      return rebuildOrSkip(folder, thrown, id)
    }
  }
  const recoverOne = async (folder: string): Promise<void> => {
    const outcome = await recoverFolder(writing, join(root, folder)).catch(async (thrown: unknown) => {
      // The rebuilt bulletin gets no index row here, because `updateIndex` writes the row later.
      await rebuildOrSkip(folder, thrown)
      return 'intact' as const
    })
    if (outcome !== 'intact') recordEvent({ type: 'recovery', object: folder, outcome: 'success', detail: outcome })
  }
  return {
    async recoverAll({ exclusive, onProgress, signal }) {
      const folders = await listBulletinFolders(root)
      await exclusive(() => finishDeletions(writing, folders))
      for (const [done, folder] of folders.entries()) {
        signal?.throwIfAborted()
        if (done % 50 === 0) onProgress?.(done, folders.length, folder)
        await exclusive(() => recoverOne(folder))
      }
    },
    async renewPages({ exclusive, onProgress, signal }) {
      const folders = await listBulletinFolders(root)
      const warn = (path: string) => (thrown: unknown) => void log.warn(`library: ${path} is not made again`, thrown)
      await exclusive(() => renewReadme(writing).catch(warn('README.txt')))
      for (const [done, folder] of folders.entries()) {
        signal?.throwIfAborted()
        if (done % 50 === 0) onProgress?.(done, folders.length, folder)
        await exclusive(() => renewPage(writing, join(root, folder)).catch(warn(folder)))
      }
    },
    updateIndex: async (index, options) =>
      updateIndex(index, { ...options, root, folders: await listBulletinFolders(root), read: readOrRebuild }),
    rebuild,
    rebuildOrSkip,
    mergeFolders: mergeAll,
    async mergeDuplicates(index, exclusive) {
      for (const { id } of await catalog.listDuplicates())
        await exclusive(async () => {
          // The folders are read again, because other writes may have changed them before this work began.
          const folders = await catalog.findFolders(id)
          if (folders.length < 2) return
          const entry = readIndexEntry(root, await mergeAll(id, folders))
          if (entry !== null) await index.put(entry)
        }).catch((thrown: unknown) => log.warn(`library: the folders of ${id} are not merged`, thrown))
    },
  }
}

/** Whether an error means that the documents of a bulletin are damaged. */
export function isDamage(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'bulletin-damaged'
}
