import { requireFolder } from '../find-bulletin'
import type { Library } from '../library'
import { isInTrash } from '../store/bulletin-folder'
import type { WriteContext } from '../store/commit'
import type { WriterParts } from '../writer-parts'
import { removeTombstone } from './tombstones'
import { deleteForGood, moveToTrash, restoreFromTrash } from './trash'

/** Moves bulletins to the trash and back, and deletes them for good. */
export function createTrashChanges(parts: WriterParts): Pick<Library, 'trash' | 'restore' | 'emptyTrash'> {
  const { queue, writing, index, clock, recordEvent } = parts
  return {
    trash: (ids) =>
      queue.enqueue(() => moveAll(parts, ids, { isMoved: isInTrash, move: moveToTrash, detail: 'moved to the trash' })),
    restore: (ids) =>
      queue.enqueue(() =>
        moveAll(parts, ids, {
          isMoved: (folder) => !isInTrash(folder),
          move: restoreFromTrash,
          // If a crash interrupted a deletion, the bulletin may still be in the trash although its tombstone was
          // written.
          afterMove: (id) => removeTombstone(writing, id),
          detail: 'restored from the trash',
        }),
      ),
    emptyTrash: (ids) =>
      queue.enqueue(async () => {
        for (const id of ids ?? []) await requireFolder(index, id)
        const inTrash = (await index.folders()).filter(
          ({ id, folder }) => isInTrash(folder) && (ids?.includes(id) ?? true),
        )
        for (const { id, folder } of inTrash) {
          await deleteForGood(writing, { id, folder }, 'emptied-trash', clock())
          await index.remove(id)
          recordEvent({ type: 'deletion', object: id, outcome: 'success', detail: 'emptied from the trash' })
        }
        return inTrash.map(({ id }) => id)
      }),
  }
}

interface Move {
  isMoved(folder: string): boolean
  move(writing: WriteContext, folder: string): Promise<string>
  afterMove?(id: string): Promise<void>
  detail: string
}

/**
 * Moves each bulletin for which `isMoved` is false. Throws before the first move if one of the bulletins does not
 * exist.
 */
async function moveAll(
  { writing, index, folderCheck, updateRow, recordEvent }: WriterParts,
  ids: readonly string[],
  { isMoved, move, afterMove, detail }: Move,
): Promise<string[]> {
  for (const id of ids) await requireFolder(index, id)
  const changed: string[] = []
  for (const id of new Set(ids)) {
    const folder = await folderCheck.requireFolder(id)
    if (isMoved(folder)) continue
    await updateRow(await move(writing, folder))
    await afterMove?.(id)
    changed.push(id)
    recordEvent({ type: 'modification', object: id, outcome: 'success', detail })
  }
  return changed
}
