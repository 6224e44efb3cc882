import type { RepairName } from '../../shared/bulletin'
import type { RereadResult } from '../../shared/contract/api'
import { type Encoding, encodings } from '../../shared/text/encodings'
import { digestOf } from '../library/store/digest'
import { extractWithChoices, type ReextractParts, reviseStoredPage } from './revise-stored-page'

/**
 * Decodes the stored page of a bulletin in another encoding and stores the result as a revision (`re-decoded`). Repairs
 * of legacy encodings are made again, even if the user has undone them. Other repairs that the user has undone stay
 * undone. Writes nothing if the text and the chosen encoding stay the same. Throws every error of {@link
 * reviseStoredPage} and of an extraction.
 */
export async function redecodeBulletin(
  { library, extract }: ReextractParts,
  id: string,
  encoding: Encoding,
): Promise<RereadResult> {
  let title = ''
  const { number, isChanged } = await reviseStoredPage(library, id, async (page) => {
    const { revision } = page
    const undone = revision.repairs.filter((repair) => repair.undone && !isOfEncoding(repair))
    const addition = await extractWithChoices(page, { encoding, undone }, extract)
    title = addition.text.title
    if (digestOf(addition.text) === revision.digest && encoding === page.encoding) return null
    return { addition, files: [], cause: 're-decoded', detail: `re-decoded: ${encoding}` }
  })
  return { id, title, revision: number, changed: isChanged }
}

function isOfEncoding({ kind }: RepairName): boolean {
  return kind === 'double-utf-8' || encodings.some((encoding) => encoding === kind)
}
