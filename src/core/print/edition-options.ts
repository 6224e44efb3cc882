import type { Bulletin } from '../../shared/bulletin'
import type { PrintOptions } from '../../shared/print/print-options'
import type { Language } from '../../shared/settings/setting-values'
import type { Say } from '../outputs/say'
import type { PageBox } from './page-rules'

/** How an edition is made. */
export interface EditionOptions {
  language: Language
  options: PrintOptions
  /** Addresses of the stylesheets (the article's own, with print rules). */
  stylesheets: readonly string[]
  /** Where a picture of a bulletin is loaded from. */
  mediaPath(id: string, file: string): string
  /** Whether a person sees it first, with a button to print. */
  printButton: boolean
  /** Pages on which the bulletins begin, as a first pass found them; null while they are not known. */
  firstPages: readonly number[] | null
  /** Which part of a job that makes several files this is; null where it is the whole. */
  part: { number: number; of: number } | null
  /** Size of the text where it was made smaller to fit one page. */
  fittedPt?: number
}

/** What a bulletin's part of an edition is made from. */
export interface SectionParts {
  bulletin: Bulletin
  /** Its place among the bulletins, from 0. */
  at: number
  edition: EditionOptions
  options: PrintOptions
  box: PageBox
  say: Say
  /** The code, where no page foot can hold it because bulletins share pages. */
  endCode: string | null
}
