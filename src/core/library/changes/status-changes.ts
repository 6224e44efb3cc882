import { join } from 'node:path'
import type { Status } from '../../../shared/bulletin'
import { requireFolder } from '../find-bulletin'
import type { Library, StatusChange } from '../library'
import { names, readStatus, readStatusDocument } from '../store/bulletin-folder'
import type { WriterParts } from '../writer-parts'
import { applyMarksChange } from './marks'

/**
 * Creates the methods that change a bulletin's `status.json`: read, starred, tags, folder, highlights, notes and
 * position.
 */
export function createStatusChanges(parts: WriterParts): Pick<Library, 'mark' | 'keepMarks' | 'keepPosition'> {
  const { queue, index } = parts
  return {
    mark: (ids, change) =>
      queue.enqueue(async () => {
        for (const id of ids) await requireFolder(index, id)
        const changed: string[] = []
        for (const id of ids)
          if (await changeStatus(parts, id, (status) => applyStatusChange(status, change))) changed.push(id)
        return changed
      }),
    keepMarks: (id, change) =>
      queue.enqueue(() => changeStatus(parts, id, (status) => applyMarksChange(status, change))),
    keepPosition: (id, position) =>
      queue.enqueue(async () => {
        let wasStarted = false
        await changeStatus(parts, id, (status) => {
          wasStarted = status.position !== null
          return { ...status, position }
        })
        return wasStarted !== (position !== null)
      }),
  }
}

/**
 * Applies `change` to the status of a bulletin and writes the values that differ. Returns whether any value differs.
 */
async function changeStatus(
  { root, writing, folderCheck, updateRow }: WriterParts,
  id: string,
  change: (status: Status) => Status,
): Promise<boolean> {
  const folder = await folderCheck.requireFolder(id)
  const status = await readStatus(join(root, folder))
  const before = new Map<string, unknown>(Object.entries(status))
  // Only the changed values are written, because a newer version of the program may have stored more in the other
  // values than this version understands.
  const changes = Object.entries(change(status)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)),
  )
  if (changes.length === 0) return false
  await writing.writeDocument(join(root, folder, names.status), {
    ...(await readStatusDocument(join(root, folder))),
    ...Object.fromEntries(changes),
  })
  await updateRow(folder)
  return true
}

function applyStatusChange(
  status: Status,
  { read, starred, addTags = [], removeTags = [], folder }: StatusChange,
): Status {
  const remaining = status.tags.filter((tag) => !removeTags.includes(tag))
  return {
    ...status,
    read: read ?? status.read,
    starred: starred ?? status.starred,
    tags: [...new Set([...remaining, ...addTags])],
    folder: folder === undefined ? status.folder : folder,
  }
}
