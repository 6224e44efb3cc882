import { join } from 'node:path'
import { requireFolder, withBulletinId } from '../find-bulletin'
import type { Library } from '../library'
import { readFolder, readStoredFile } from '../store/bulletin-folder'
import { createStoredFileLookup, readStoredPage } from '../store/stored-page'
import type { WriterParts } from '../writer-parts'
import { reviseBulletin } from './revise-bulletin'

/**
 * Creates the method that reads a stored page for a new revision and the method that stores the revision. Both methods
 * run in the write queue. Between the two calls, the caller extracts the page outside the queue.
 */
export function createRevisions({
  root,
  writing,
  queue,
  index,
  folderCheck,
  clock,
  program,
  updateRow,
  recordEvent,
}: WriterParts): Pick<Library, 'readPageForRevision' | 'revise'> {
  return {
    readPageForRevision: (id) =>
      queue.enqueue(async () => {
        const folder = join(root, await folderCheck.requireFolder(id))
        const content = await withBulletinId(id, () => readFolder(folder))
        const findFile = createStoredFileLookup(content.captures)
        return {
          ...(await readStoredPage(folder, content)),
          async readFileByAddress(address) {
            const file = findFile(address)
            if (file === null) return null
            // The file is read in the write queue. Outside the queue, the folder could move to the trash during the
            // read.
            return queue.enqueue(async () => readStoredFile(join(root, await requireFolder(index, id)), file))
          },
        }
      }),
    revise: (id, revision) =>
      queue.enqueue(async () => {
        const folder = await folderCheck.requireFolder(id)
        const number = await reviseBulletin(writing, folder, revision, { now: clock(), program })
        if (number === null) return null
        await updateRow(folder)
        recordEvent({ type: 'modification', object: id, outcome: 'success', detail: revision.detail })
        return number
      }),
  }
}
