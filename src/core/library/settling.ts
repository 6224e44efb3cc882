import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import type { Ports } from '../ports'
import { readIndexEntry } from './bulletin-folder'
import { recoverFolder, type Writing } from './commit'
import type { LoggedEvent } from './event-log'
import type { Reread } from './additions'
import { mendBulletin } from './mend'
import type { FillOptions, KeptIndex } from './search-index/keeper'
import { refreshIndex } from './search-index/refresh'
import type { IndexEntry } from './search-index/search-index'
import { settleTombstones } from './trash'
import { bulletinFolders } from './verify'

/** How a writer brings a library to rest that a crash or a disk has touched. */
export interface Settling {
  /** After a crash: finishes or undoes every cut-off change, finishes every deletion. Others may write meanwhile. */
  recoverAll(options: SettleOptions): Promise<void>
  /** Brings the index up to date with the documents (see {@link refreshIndex}); what is damaged is mended. */
  refresh(index: KeptIndex, options: SettleOptions): Promise<number>
  /** Sets a damaged bulletin aside and rebuilds it; null where that was not possible. Throws what is no damage. */
  mend(folder: string, thrown: unknown): Promise<IndexEntry | null>
  /** The same, but one bad bulletin never stops the start: null also where it can't be mended now (a full disk). */
  mendOrSkip(folder: string, thrown: unknown): Promise<IndexEntry | null>
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
  const mend: Settling['mend'] = async (folder, thrown) => {
    if (!(thrown instanceof AppError && thrown.code === 'bulletin-damaged')) throw thrown
    log.warn(`library: ${folder} is damaged`, thrown)
    const mended = await mendBulletin(writing, folder, reread, clock())
    const outcome = mended.folder === null ? 'failure' : 'success'
    note({ type: 'recovery', object: folder, outcome, detail: `set aside: ${mended.setAside}` })
    return mended.folder === null ? null : readIndexEntry(root, mended.folder)
  }
  const mendOrSkip: Settling['mendOrSkip'] = (folder, thrown) =>
    mend(folder, thrown).catch((failure: unknown) => {
      log.warn(`library: ${folder} is left out`, failure)
      return null
    })
  const readOrMend = async (folder: string): Promise<IndexEntry | null> => {
    try {
      return readIndexEntry(root, folder)
    } catch (thrown) {
      return mendOrSkip(folder, thrown)
    }
  }
  const recover = async (folder: string): Promise<void> => {
    const recovery = await recoverFolder(join(root, folder)).catch((thrown: unknown) => {
      log.warn(`recover: ${folder} is damaged`, thrown)
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
