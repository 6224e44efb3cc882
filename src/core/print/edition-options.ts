import type { Bulletin } from '../../shared/bulletin'
import type { PrintOptions } from '../../shared/print/print-options'
import type { Language } from '../../shared/settings/setting-values'
import type { Say } from '../outputs/say'
import type { PageBox } from './page-rules'

/** The options for rendering an edition. */
export interface EditionOptions {
  language: Language
  options: PrintOptions
  /** Addresses of the stylesheets (the article's own, with print rules). */
  stylesheets: readonly string[]
  /** The address from which a picture of a bulletin is loaded. */
  mediaPath(id: string, file: string): string
  /** Whether the page has a button that opens the print dialog. */
  printButton: boolean
  /** First page of each bulletin, found in an earlier pass. Null in the first pass. */
  firstPages: readonly number[] | null
  /** The part of a job that makes several files. Null if the edition is the whole job. */
  part: { number: number; of: number } | null
  /** Size of the text in pt, if it was reduced to fit one page. */
  fittedPt?: number
}

/** The inputs for the HTML of one bulletin in an edition. */
export interface SectionParts {
  bulletin: Bulletin
  /** Index of the bulletin in the edition, from 0. */
  at: number
  edition: EditionOptions
  options: PrintOptions
  box: PageBox
  say: Say
  /** The verification code, printed after the text if bulletins share pages. Null if the page foot holds it. */
  endCode: string | null
}
