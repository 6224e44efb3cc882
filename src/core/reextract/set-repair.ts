import { join } from 'node:path'
import { isSameRepair, type RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { type Reread, revisionOf, withReasons } from '../library/changes/add-bulletin'
import { readFolder, revisionPath } from '../library/store/bulletin-folder'
import { commitChange, type WriteContext } from '../library/store/commit'
import { readStoredPage } from '../library/store/stored-page'

/**
 * Takes a repair of a bulletin's current text back, or makes it again: the kept page is extracted anew without it, as a
 * new revision. Returns the number of the current revision; nothing changes where it was so already. Throws
 * `repair-not-found`, `bulletin-damaged`, and as writes do.
 */
export async function setRepair(
  writing: WriteContext,
  folder: string,
  { name, isUndone }: { name: RepairName; isUndone: boolean },
  { reread, now }: { reread: Reread; now: Date },
): Promise<number> {
  const path = join(writing.root, folder)
  const content = await readFolder(path)
  const { document, revision } = content
  const repair = revision.repairs.find((each) => isSameRepair(each, name))
  if (repair === undefined) throw new AppError('repair-not-found', `repair ${name.rule}: not there`, { ...name })
  if (repair.undone === isUndone) return document.revision
  const undone = revision.repairs.filter((each) => (each === repair ? isUndone : each.undone))
  const addition = await reread({ ...(await readStoredPage(path, content)), undone })
  const number = document.revision + 1
  const cause = isUndone ? 'repair-undone' : 're-extracted'
  await commitChange(writing, path, {
    files: new Map(),
    documents: new Map([
      [
        revisionPath(number),
        revisionOf({ ...addition, text: withReasons(addition.text, revision) }, number, cause, revision.capture, now),
      ],
    ]),
    bulletin: { ...document, revision: number },
  })
  return number
}
