import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import type { Ports } from '../../ports'
import { readIndexEntry } from '../store/bulletin-folder'
import { recoverFolder, type WriteContext } from '../store/commit'
import type { LoggedEvent } from '../store/journal'
import type { Reread } from '../changes/add-bulletin'
import { repairBulletin } from './rebuild'
import type { FillOptions, LibraryIndex } from '../search/library-index'
import { updateIndex } from '../search/update-index'
import type { IndexEntry } from '../search/search-index'
import { finishDeletions } from '../changes/trash'
import { listBulletinFolders } from './verify'

/** How a writer brings a library to rest that a crash or a disk has touched. */
export interface LibraryRecovery {
  /** After a crash: finishes or undoes every cut-off change, finishes every deletion. Others may write meanwhile. */
  recoverAll(options: RecoveryOptions): Promise<void>
  /** Brings the index up to date with the documents (see {@link updateIndex}); what is damaged is mended. */
  updateIndex(index: LibraryIndex, options: RecoveryOptions): Promise<number>
  /**
   * Sets a damaged bulletin aside and rebuilds it, under the `id` it is known by; null where that was not possible.
   * Throws what is no damage.
   */
  repair(folder: string, thrown: unknown, id?: string): Promise<IndexEntry | null>
  /** The same, but one bad bulletin never stops the start: null also where it can't be mended now (a full disk). */
  repairOrSkip(folder: string, thrown: unknown, id?: string): Promise<IndexEntry | null>
}

/** How a library is settled; `exclusive` lets one piece of work write at a time. Ends with what `signal` was aborted with. */
export interface RecoveryOptions extends FillOptions {
  exclusive<T>(work: () => Promise<T>): Promise<T>
}

/** What settling works with; `note` writes to the journal. */
export interface RecoveryParts extends Pick<Ports, 'clock' | 'log'> {
  writing: WriteContext
  reread: Reread
  note(event: LoggedEvent): void
}

/** Settling of the library that `writing` writes to. */
export function createLibraryRecovery({ writing, reread, clock, log, note }: RecoveryParts): LibraryRecovery {
  const { root } = writing
  const mend: LibraryRecovery['repair'] = async (folder, thrown, id) => {
    if (!isDamage(thrown)) throw thrown
    log.warn(`library: ${folder} is damaged`, thrown)
    const mended = await repairBulletin(writing, folder, { reread, now: clock(), knownId: id ?? null })
    const outcome = mended.folder === null ? 'failure' : 'success'
    note({ type: 'recovery', object: folder, outcome, detail: `set aside: ${mended.setAside}` })
    return mended.folder === null ? null : readIndexEntry(root, mended.folder)
  }
  const mendOrSkip: LibraryRecovery['repairOrSkip'] = (folder, thrown, id) =>
    mend(folder, thrown, id).catch((failure: unknown) => {
      log.warn(`library: ${folder} is left out`, failure)
      return null
    })
  const readOrMend = async (folder: string, id?: string): Promise<IndexEntry | null> => {
    try {
      return readIndexEntry(root, folder)
    } catch (thrown) {
      return mendOrSkip(folder, thrown, id)
    }
  }
  const recover = async (folder: string): Promise<void> => {
    const recovery = await recoverFolder(join(root, folder)).catch(async (thrown: unknown) => {
      await mendOrSkip(folder, thrown) // its row is made when the index is brought up to date
      return 'intact' as const
    })
    if (recovery !== 'intact') note({ type: 'recovery', object: folder, outcome: 'success', detail: recovery })
  }
  return {
    async recoverAll({ exclusive, onProgress, signal }) {
      const folders = await listBulletinFolders(root)
      await exclusive(() => finishDeletions(writing, folders))
      for (const [done, folder] of folders.entries()) {
        signal?.throwIfAborted()
        if (done % 50 === 0) onProgress?.(done, folders.length, folder)
        await exclusive(() => recover(folder))
      }
    },
    updateIndex: async (index, options) =>
      updateIndex(index, { ...options, root, folders: await listBulletinFolders(root), read: readOrMend }),
    repair: mend,
    repairOrSkip: mendOrSkip,
  }
}

/** Whether something was thrown because a bulletin's own documents are not what they should be. */
export function isDamage(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'bulletin-damaged'
}
