import { isSameRepair, type RepairName } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { extractWithChoices, type ReextractParts, reviseStoredPage } from './revise-stored-page'

/**
 * Undoes a repair of a bulletin's current text, or applies an undone repair. The function extracts the stored page with
 * or without the repair and stores the result as a revision. Returns the number of the current revision. Writes nothing
 * if the repair is already in the requested state. Throws `repair-not-found`, and also every error of {@link
 * reviseStoredPage} and of an extraction.
 */
export async function setRepair(
  { library, extract }: ReextractParts,
  id: string,
  name: RepairName,
  isUndone: boolean,
): Promise<number> {
  const { number } = await reviseStoredPage(library, id, async (page) => {
    const { repairs } = page.revision
    const repair = repairs.find((each) => isSameRepair(each, name))
    if (repair === undefined) throw new AppError('repair-not-found', `repair ${name.rule}: not found`, { ...name })
    if (repair.undone === isUndone) return null
    const undone = repairs.filter((each) => (each === repair ? isUndone : each.undone))
    return {
      addition: await extractWithChoices(page, { undone }, extract),
      files: [],
      cause: isUndone ? 'repair-undone' : 're-extracted',
      detail: `${isUndone ? 'undone' : 'made again'}: ${name.rule} in ${name.field}`,
    }
  })
  return number
}
