import { join } from 'node:path'
import { AppError } from '../../../shared/errors'
import type { Ports } from '../../ports'
import { readIndexEntry } from '../store/bulletin-folder'
import { recoverFolder, type Writing } from '../store/commit'
import type { LoggedEvent } from '../store/journal'
import type { Reread } from '../changes/add-bulletin'
import { mendBulletin } from './repair'
import type { FillOptions, KeptIndex } from '../search/library-index'
import { refreshIndex } from '../search/update-index'
import type { IndexEntry } from '../search/search-index'
import { settleTombstones } from '../changes/trash'
import { bulletinFolders } from './verify'

/** How a writer brings a library to rest that a crash or a disk has touched. */
export interface Settling {
  /** After a crash: finishes or undoes every cut-off change, finishes every deletion. Others may write meanwhile. */
  recoverAll(options: SettleOptions): Promise<void>
  /** Brings the index up to date with the documents (see {@link refreshIndex}); what is damaged is mended. */
  refresh(index: KeptIndex, options: SettleOptions): Promise<number>
  /**
   * Sets a damaged bulletin aside and rebuilds it, under the `id` it is known by; null where that was not possible.
   * Throws what is no damage.
   */
  mend(folder: string, thrown: unknown, id?: string): Promise<IndexEntry | null>
  /** The same, but one bad bulletin never stops the start: null also where it can't be mended now (a full disk). */
  mendOrSkip(folder: string, thrown: unknown, id?: string): Promise<IndexEntry | null>
}

/** How a library is settled; `exclusive` lets one piece of work write at a time. Ends with what `signal` was aborted with. */
export interface SettleOptions extends FillOptions {
  exclusive<T>(work: () => Promise<T>): Promise<T>
}

/** What settling works with; `note` writes to the journal. */
export interface SettlingParts extends Pick<Ports, 'clock' | 'log'> {
  writing: Writing
  reread: Reread
  note(event: LoggedEvent): void
}

/** Settling of the library that `writing` writes to. */
export function createSettling({ writing, reread, clock, log, note }: SettlingParts): Settling {
  const { root } = writing
  const mend: Settling['mend'] = async (folder, thrown, id) => {
    if (!isDamage(thrown)) throw thrown
    log.warn(`library: ${folder} is damaged`, thrown)
    const mended = await mendBulletin(writing, folder, { reread, now: clock(), knownId: id ?? null })
    const outcome = mended.folder === null ? 'failure' : 'success'
    note({ type: 'recovery', object: folder, outcome, detail: `set aside: ${mended.setAside}` })
    return mended.folder === null ? null : readIndexEntry(root, mended.folder)
  }
  const mendOrSkip: Settling['mendOrSkip'] = (folder, thrown, id) =>
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
      const folders = await bulletinFolders(root)
      await exclusive(() => settleTombstones(writing, folders))
      for (const [done, folder] of folders.entries()) {
        signal?.throwIfAborted()
        if (done % 50 === 0) onProgress?.(done, folders.length, folder)
        await exclusive(() => recover(folder))
      }
    },
    refresh: async (index, options) =>
      refreshIndex(index, { ...options, root, folders: await bulletinFolders(root), read: readOrMend }),
    mend,
    mendOrSkip,
  }
}

/** Whether something was thrown because a bulletin's own documents are not what they should be. */
export function isDamage(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'bulletin-damaged'
}
