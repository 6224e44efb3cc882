import { restoreBackup } from '../backup/restore-backup'
import type { Library } from '../library'
import { isInTrash } from '../store/bulletin-folder'
import type { WriteContext } from '../store/commit'
import type { WriterParts } from '../writer-parts'
import { storeAddition } from './add-bulletin'
import { type Addition, idOfAddition, type StoredAddition } from './addition'
import { recordAvailability } from './page-availability'
import { isDeletedForGood, removeTombstone } from './tombstones'
import { restoreFromTrash } from './trash'

/** Creates the methods that add bulletins: for the user, for refreshes and from backups. */
export function createAdditions(
  parts: WriterParts,
): Pick<Library, 'add' | 'addAutomatically' | 'recordAvailability' | 'restoreBackup'> {
  const { root, writing, queue, index, folderCheck, updateRow, recordEvent, waitForRecovery } = parts
  const store = (addition: Addition, isAutomatic: boolean): Promise<StoredAddition> =>
    storeAddition(writing, folderCheck.findFolder, addition, {
      now: parts.clock(),
      program: parts.program,
      extractAgain: parts.extractAgain,
      findByDigest: (digest) => index.findByDigest(digest),
      isAutomatic,
    })
  const recordAdded = async (added: StoredAddition): Promise<StoredAddition> => {
    await updateRow(added.folder)
    recordEvent({ type: 'ingestion', object: added.id, outcome: 'success', detail: added.outcome })
    return added
  }
  return {
    async add(addition) {
      await waitForRecovery()
      return queue.enqueue(async () => recordAdded(await undelete(writing, await store(addition, false))))
    },
    async addAutomatically(addition) {
      await waitForRecovery()
      return queue.enqueue(async () => {
        if (isDeletedForGood(root, idOfAddition(addition))) return null
        const added = await store(addition, true)
        return added.outcome === 'unchanged' && added.isOtherAddress !== true ? added : recordAdded(added)
      })
    },
    recordAvailability: (id, url, since) =>
      queue.enqueue(async () => {
        const folder = await folderCheck.requireFolder(id)
        if (!(await recordAvailability(writing, folder, url, since))) return
        await updateRow(folder)
        const detail = since === null ? 'on its portal again' : 'no longer on its portal'
        recordEvent({ type: 'validation', object: id, outcome: since === null ? 'success' : 'failure', detail })
      }),
    async restoreBackup(file, { onStored, ...options }) {
      await waitForRecovery()
      return index.batch(() =>
        restoreBackup(file, {
          ...options,
          writing,
          exclusive: queue.enqueue,
          findFolder: folderCheck.findFolder,
          async onStored(folder) {
            const id = await updateRow(folder)
            onStored(id)
            recordEvent({ type: 'ingestion', object: id, outcome: 'success', detail: 'restored from a backup' })
          },
        }),
      )
    },
  }
}

/**
 * Undoes a deletion when the user adds the same bulletin again. Moves the bulletin back if it is in the trash. Removes
 * its tombstone, the record of a deletion, if it was deleted for good and is now stored as new.
 */
async function undelete(writing: WriteContext, added: StoredAddition): Promise<StoredAddition> {
  if (added.outcome === 'added') await removeTombstone(writing, added.id)
  if (!isInTrash(added.folder)) return added
  return { ...added, folder: await restoreFromTrash(writing, added.folder), outcome: 'added' }
}
