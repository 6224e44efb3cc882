import { linkFramedFiles } from '../fields/attachments'
import { cleanWordPaste } from '../html/clean-word-paste'
import { convertPictureTables } from '../html/picture-tables'
import { preparePictures } from '../html/prepare-pictures'
import { createSavedWithPageCheck } from '../html/saved-with-page'
import { splitInlineText } from '../html/split-inline-text'
import type { PageContext } from '../page-parts'
import { nameEmbeddedMedia } from './embedded-media'
import { separateFootnoteMarks } from './footnote-marks'
import { writeFormulas } from './math-text'

/**
 * Prepares the content of a page before another step removes anything. Pictures and framed files get their real
 * addresses. Films and maps become lines, and formulas become text. Text that only a style separates moves to a
 * separate line.
 */
export function prepareContent(body: Element, { savedReferences, address }: PageContext): void {
  preparePictures(body, createSavedWithPageCheck(savedReferences, address))
  convertPictureTables(body)
  linkFramedFiles(body)
  nameEmbeddedMedia(body)
  writeFormulas(body)
  cleanWordPaste(body)
  separateFootnoteMarks(body)
  splitInlineText(body)
}
