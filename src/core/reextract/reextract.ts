import type { AdditionFile } from '../library/store/captures'
import { extractWithChoices, isSameReading, type ReextractParts, reviseStoredPage } from './revise-stored-page'

/**
 * Extracts the stored page of a bulletin again with the current extractor. If the text changes, creates a revision
 * (`re-extracted`). Returns the number of the current revision. Throws every error of {@link reviseStoredPage} and of
 * an extraction.
 */
export async function reextractBulletin(parts: ReextractParts, id: string): Promise<number> {
  return addMissingFiles(parts, id, [])
}

/**
 * Extracts the stored page of a bulletin again, so that the text keeps everything that the page shows, or only the
 * article. If the text changes, creates a revision (`re-extracted`). Returns the number of the current revision. Throws
 * every error of {@link reviseStoredPage} and of an extraction.
 */
export async function setKeepsAll(
  { library, extract }: ReextractParts,
  id: string,
  keepsAll: boolean,
): Promise<number> {
  const { number } = await reviseStoredPage(library, id, async (page) => {
    if ((page.revision.keepsAll === true) === keepsAll) return null
    const addition = await extractWithChoices(page, { keepsAll }, extract)
    const detail = keepsAll ? 'parts of the page brought back' : 'only the article kept'
    return { addition, files: [], cause: 're-extracted', detail }
  })
  return number
}

/**
 * Stores pictures and files that were missing until now, and extracts the stored page again with these files. If there
 * are new files or the text changes, creates a revision (`re-extracted`). Returns the number of the current revision.
 * Throws every error of {@link reviseStoredPage} and of an extraction.
 */
export async function addMissingFiles(
  { library, extract }: ReextractParts,
  id: string,
  files: readonly AdditionFile[],
): Promise<number> {
  const { number } = await reviseStoredPage(library, id, async (page) => {
    const addition = await extractWithChoices(page, { files }, extract)
    const hasNewFiles = files.some(({ file }) => !page.fileNames.has(file))
    if (!hasNewFiles && isSameReading(addition.text, page.revision)) return null
    const detail = files.length === 0 ? 'extracted again' : `${files.length} missing files added`
    return { addition, files, cause: 're-extracted', detail }
  })
  return number
}
