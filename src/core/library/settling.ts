import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import type { Ports } from '../ports'
import { indexEntryOf, readFolder } from './bulletin-folder'
import { recoverFolder, type Writing } from './commit'
import type { LoggedEvent } from './event-log'
import { mendBulletin, type Reread } from './mend'
import type { IndexEntry } from './search-index/search-index'
import { settleTombstones } from './trash'
import { bulletinFolders } from './verify'

/** How a writer brings a library to rest that a crash or a disk has touched. */
export interface Settling {
  /** After a crash: finishes or undoes every change, finishes every deletion. */
  settleAll(): Promise<void>
  /** Sets a damaged bulletin aside and rebuilds it; null where that was not possible. Throws what is no damage. */
  mend(folder: string, thrown: unknown): Promise<IndexEntry | null>
  /** The same, but one bad bulletin never stops the start: null also where it can't be mended now (a full disk). */
  mendOrSkip(folder: string, thrown: unknown): Promise<IndexEntry | null>
}

/** What settling works with; `note` writes to the journal. */
export interface SettlingParts extends Pick<Ports, 'clock' | 'log'> {
  writing: Writing
  reread: Reread
  note(event: LoggedEvent): Promise<void>
}

/** Settling of the library that `writing` writes to. */
export function createSettling({ writing, reread, clock, log, note }: SettlingParts): Settling {
  const { root } = writing
  const mend: Settling['mend'] = async (folder, thrown) => {
    if (!(thrown instanceof AppError && thrown.code === 'bulletin-damaged')) throw thrown
    log.warn(`library: ${folder} is damaged`, thrown)
    const mended = await mendBulletin(writing, folder, reread, clock())
    const outcome = mended.folder === null ? 'failure' : 'success'
    await note({ type: 'recovery', object: folder, outcome, detail: `set aside: ${mended.setAside}` })
    return mended.folder === null ? null : indexEntryOf(mended.folder, await readFolder(join(root, mended.folder)))
  }
  return {
    async settleAll() {
      const folders = await bulletinFolders(root)
      for (const folder of folders) {
        const recovery = await recoverFolder(join(root, folder)).catch((thrown: unknown) => {
          log.warn(`recover: ${folder} is damaged`, thrown)
          return 'intact' as const
        })
        if (recovery !== 'intact')
          await note({ type: 'recovery', object: folder, outcome: 'success', detail: recovery })
      }
      await settleTombstones(writing, folders)
    },
    mend,
    mendOrSkip: (folder, thrown) =>
      mend(folder, thrown).catch((failure: unknown) => {
        log.warn(`library: ${folder} is left out`, failure)
        return null
      }),
  }
}
