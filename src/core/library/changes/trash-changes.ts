import { join } from 'node:path'
import { requireFolder } from '../find-bulletin'
import type { Library } from '../library'
import { isInTrash, names } from '../store/bulletin-folder'
import { listTrashFolders } from '../store/bulletin-folders'
import type { WriteContext } from '../store/commit'
import { bulletinDocument, readDocument } from '../store/documents'
import { placeDetails } from '../store/journal'
import type { WriterParts } from '../writer-parts'
import { removeTombstone } from './tombstones'
import { deleteForGood, moveToTrash, restoreFromTrash } from './trash'

/** Creates the methods that move bulletins to the trash and back, and that delete them for good. */
export function createTrashChanges(parts: WriterParts): Pick<Library, 'trash' | 'restore' | 'emptyTrash'> {
  const { root, queue, writing, index, folderCheck, catalog, clock, recordEvent } = parts
  /** Lists the bulletins in the trash. The id of a damaged bulletin is taken from its index row. */
  const listTrash = async (): Promise<{ id: string; folder: string }[]> => {
    const rows = new Map((await index.folders()).map(({ id, folder }) => [folder, id]))
    const found: { id: string; folder: string }[] = []
    for (const folder of await listTrashFolders(root)) {
      const document = await readDocument(join(root, folder, names.bulletin), bulletinDocument).catch(() => null)
      const id = document?.id ?? rows.get(folder)
      if (id !== undefined) found.push({ id, folder })
    }
    return found
  }
  return {
    trash: (ids) =>
      queue.enqueue(() =>
        moveAll(parts, ids, {
          isMoved: isInTrash,
          move: moveToTrash,
          moveBack: restoreFromTrash,
          detail: placeDetails.trashed,
        }),
      ),
    restore: (ids) =>
      queue.enqueue(() =>
        moveAll(parts, ids, {
          isMoved: (folder) => !isInTrash(folder),
          move: restoreFromTrash,
          moveBack: moveToTrash,
          // Removes the tombstone, the record of a deletion, if there is one. A crash may have interrupted a deletion
          // after it wrote the tombstone, so that the bulletin is still in the trash.
          afterMove: (id) => removeTombstone(writing, id),
          detail: placeDetails.restored,
        }),
      ),
    emptyTrash: (ids) =>
      queue.enqueue(async () => {
        for (const id of ids ?? []) await requireFolder(index, id)
        const deleted: string[] = []
        for (const { id, folder: found } of await listTrash()) {
          if (deleted.includes(id) || !(ids?.includes(id) ?? true)) continue
          // A duplicate (a bulletin that is stored both in the trash and outside it) is deleted only if the user's last
          // decision was to move the bulletin to the trash.
          const isDuplicate = (await catalog.findFolders(id)).length > 1
          const folder = isDuplicate ? await folderCheck.requireFolder(id) : found
          if (!isInTrash(folder)) continue
          await deleteForGood(writing, { id, folder }, 'emptied-trash', clock())
          await index.remove(id)
          deleted.push(id)
          recordEvent({ type: 'deletion', object: id, outcome: 'success', detail: 'emptied from the trash' })
        }
        return deleted
      }),
  }
}

interface Move {
  isMoved(folder: string): boolean
  move(writing: WriteContext, folder: string): Promise<string>
  moveBack(writing: WriteContext, folder: string): Promise<string>
  afterMove?(id: string): Promise<void>
  detail: string
}

/**
 * Moves each bulletin for which `isMoved` is false. Throws before the first move if one of the bulletins does not
 * exist. If the disk is full and the index can't record a move, moves the bulletin back and throws `disk-full`.
 */
async function moveAll(
  { writing, index, folderCheck, updateRow, recordEvent }: WriterParts,
  ids: readonly string[],
  { isMoved, move, moveBack, afterMove, detail }: Move,
): Promise<string[]> {
  for (const id of ids) await requireFolder(index, id)
  const changed: string[] = []
  for (const id of new Set(ids)) {
    const folder = await folderCheck.requireFolder(id)
    if (isMoved(folder)) continue
    const moved = await move(writing, folder)
    await updateRow(moved)
    await index.flush().catch(async (thrown: unknown) => {
      // If the move back fails too, the bulletin stays at its new place. The index records the new place when the disk
      // has space again.
      await updateRow(await moveBack(writing, moved))
      throw thrown
    })
    await afterMove?.(id)
    changed.push(id)
    recordEvent({ type: 'modification', object: id, outcome: 'success', detail })
  }
  return changed
}
