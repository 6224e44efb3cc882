import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { AppError } from '../../shared/errors'
import type { Ports } from '../ports'
import { readIndexEntry, stampOf } from './bulletin-folder'
import { recoverFolder, type Writing } from './commit'
import type { LoggedEvent } from './journal'
import type { Reread } from './additions'
import { mendBulletin } from './mend'
import type { FillOptions, KeptIndex } from './search-index/keeper'
import type { IndexEntry } from './search-index/search-index'
import { settleTombstones } from './trash'
import { bulletinFolders } from './verify'

/** How a writer brings a library to rest that a crash or a disk has touched. */
export interface Settling {
  /** After a crash: finishes or undoes every cut-off change, finishes every deletion. Others may write meanwhile. */
  recoverAll(options: SettleOptions): Promise<void>
  /**
   * Brings the index up to date with the documents, reading only those that changed since their rows were made.
   * Others may write meanwhile. Returns how many rows it made.
   */
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

/** After so many folders others have their turn. */
const foldersAtOnce = 50

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
    async refresh(index, { exclusive, onProgress, signal }) {
      const folders = await bulletinFolders(root)
      const rows = await index.folders()
      const known = new Map(rows.map((row) => [row.folder, row]))
      let count = 0
      const putIfChanged = async (folder: string): Promise<void> => {
        const stamp = stampOf(join(root, folder))
        if (stamp === null || stamp === known.get(folder)?.stamp) return // gone meanwhile, or as it was
        const entry = await readOrMend(folder, known.get(folder)?.id)
        if (entry === null) return
        await index.put(entry)
        count += 1
      }
      await index.together(async () => {
        for (let at = 0; at < folders.length; at += foldersAtOnce) {
          signal?.throwIfAborted()
          onProgress?.(at, folders.length, folders[at] ?? '')
          for (const folder of folders.slice(at, at + foldersAtOnce)) await exclusive(() => putIfChanged(folder))
          await immediate()
        }
      })
      for (const { id, folder } of rows)
        if (stampOf(join(root, folder)) === null)
          await exclusive(async () => {
            if ((await index.folderOf(id)) === folder) await index.remove(id)
          })
      onProgress?.(folders.length, folders.length, '')
      return count
    },
    mend,
    mendOrSkip,
  }
}

/** Whether something was thrown because a bulletin's own documents are not what they should be. */
export function isDamage(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'bulletin-damaged'
}
