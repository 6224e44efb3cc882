import type { Bulletin } from '../../shared/bulletin'
import type { PrintOptions } from '../../shared/print/print-options'
import type { Language } from '../../shared/settings/setting-values'
import type { Say } from '../outputs/say'
import type { PageBox } from './page-rules'

/** The options for rendering an edition. */
export interface EditionOptions {
  language: Language
  options: PrintOptions
  /** The addresses of the article's stylesheets, which include the rules for print. */
  stylesheets: readonly string[]
  /** Returns the address from which a page loads a picture of a bulletin. */
  mediaPath(id: string, file: string): string
  /** Whether the page has a button that opens the print dialog. */
  printButton: boolean
  /** The first page of each bulletin, found in an earlier pass. The value is null in the first pass. */
  firstPages: readonly number[] | null
  /**
   * The number of the part and of all parts, if the job makes several files. The value is null if the edition is the
   * whole job.
   */
  part: { number: number; of: number } | null
  /** The text size in pt, if the text was reduced to fit on one page. Otherwise the field is absent. */
  fittedPt?: number
}

/** The inputs for rendering one bulletin of an edition. */
export interface SectionParts {
  bulletin: Bulletin
  /** The index of the bulletin in the edition, counted from 0. */
  at: number
  edition: EditionOptions
  options: PrintOptions
  box: PageBox
  say: Say
  /**
   * The verification code that is printed after the text if bulletins share pages. The value is null if the foot of the
   * page shows the code.
   */
  endCode: string | null
}
