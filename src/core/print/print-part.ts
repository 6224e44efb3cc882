import type { Bulletin } from '../../shared/bulletin'
import { minFittedPt, paperSizes } from '../../shared/print/print-option-values'
import type { PrintOptions } from '../../shared/print/print-options'
import { createEdition } from './edition'
import type { EditionOptions } from './edition-options'
import { arrangeBookletSides, arrangeManualDuplex, type ManualDuplex } from './sheet-order'
import { parsePageRange } from './page-range'
import { countPdfPages } from './count-pdf-pages'

/** A PDF file of an edition. */
export interface GeneratedPdf {
  bytes: Uint8Array
  /** The number of pages of the file. */
  pages: number
  side: 'all' | 'front' | 'back'
  /** The page that this file is the print of. Null if its pages were selected or placed on sheets afterwards. */
  edition: string | null
}

/** The PDF files of one part of an edition. */
export interface GeneratedPart {
  files: GeneratedPdf[]
  /** The number of pages of the text, counted before the pages are placed on sheet sides. */
  pages: number
}

/** A function that prints the HTML of an edition to a PDF. */
export type Print = (html: string) => Promise<Uint8Array>

/**
 * The maximum number of passes. Printing stops earlier if the bulletins begin on the page numbers that the contents
 * page of the same pass shows.
 */
const maxPasses = 4

/**
 * Prints one part in several passes. The passes end when the contents page shows the right numbers and a notice fits on
 * one page. Then the function selects the pages of the page range and places these pages on sheets. Throws
 * `wrong-pages`, and also every error of `print`.
 */
export async function printPart(
  bulletins: readonly Bulletin[],
  edition: Omit<EditionOptions, 'firstPages' | 'fittedPt' | 'printButton'>,
  { print, turn }: { print: Print; turn: ManualDuplex },
): Promise<GeneratedPart> {
  const write = (found: Pick<EditionOptions, 'firstPages' | 'fittedPt'>): string =>
    createEdition(bulletins, { ...edition, ...found, printButton: false })
  const { options } = edition
  const fitted = options.template === 'large' && options.fitsOnePage ? await findFittingSize(options, print, write) : {}
  const printed = await printUntilStable(bulletins.length, fitted, print, write)
  return placeOnSheets(printed, options, turn)
}

type Write = (found: Pick<EditionOptions, 'firstPages' | 'fittedPt'>) => string

/** Returns the largest text size at which a notice fits on one page, or {@link minFittedPt} if no size fits. */
async function findFittingSize({ sizePt }: PrintOptions, print: Print, write: Write): Promise<{ fittedPt?: number }> {
  const fits = async (fittedPt: number): Promise<boolean> =>
    countPdfPages(await print(write({ firstPages: null, fittedPt }))) <= 1
  if (sizePt <= minFittedPt || (await fits(sizePt))) return {}
  // The search for the size is a binary search in steps of half a point, which needs at most six passes.
  let [largestFitting, smallestTooLarge] = [minFittedPt, sizePt]
  while (smallestTooLarge - largestFitting > 0.5) {
    const middle = Math.round(largestFitting + smallestTooLarge) / 2
    if (await fits(middle)) largestFitting = middle
    else smallestTooLarge = middle
  }
  return { fittedPt: largestFitting }
}

/** A PDF and the page that it is the print of. */
interface PrintedEdition {
  bytes: Uint8Array
  html: string
}

/** Prints until the contents page shows the real first pages of the bulletins. */
async function printUntilStable(
  count: number,
  fitted: { fittedPt?: number },
  print: Print,
  write: Write,
): Promise<PrintedEdition> {
  let html = write({ firstPages: null, ...fitted })
  let bytes = await print(html)
  if (!html.includes('class="contents"')) return { bytes, html }
  const { findDestinationPages: destinationPages, openPdf } = await import('./pdf')
  let known: number[] | null = null
  for (let pass = 1; pass < maxPasses; pass++) {
    const pages = destinationPages(await openPdf(bytes))
    const found = Array.from({ length: count }, (_, at) => pages.get(`b${at}`) ?? 0)
    if (known?.every((page, at) => page === found[at]) === true) return { bytes, html }
    known = found
    html = write({ firstPages: found, ...fitted })
    bytes = await print(html)
    // Page numbers up to 999 have the same width in all passes. In shorter documents, new page numbers therefore do not
    // move the text.
    if (countPdfPages(bytes) < 1000) return { bytes, html }
  }
  return { bytes, html }
}

const pointsPerMm = 72 / 25.4

async function placeOnSheets(
  { bytes, html }: PrintedEdition,
  options: PrintOptions,
  turn: ManualDuplex,
): Promise<GeneratedPart> {
  const total = countPdfPages(bytes)
  const wantedPages = parsePageRange(options.pages, total)
  const isWhole = wantedPages.length === total
  const isBooklet = options.template === 'booklet'
  if (isWhole && !isBooklet && options.sides !== 'hand')
    return { files: [{ bytes, pages: total, side: 'all', edition: html }], pages: total }
  const { openPdf, writePdf } = await import('./pdf')
  const { imposeOnSheets, pickSides } = await import('./impose-on-sheets')
  const opened = await openPdf(bytes)
  const pdf = isWhole ? opened : await pickSides(opened, wantedPages, false)
  if (isBooklet) {
    const [short, long] = paperSizes[options.paper]
    await imposeOnSheets(pdf, arrangeBookletSides(wantedPages.length), {
      width: long * pointsPerMm,
      height: short * pointsPerMm,
    })
  }
  const sides = pdf.getPageCount()
  if (options.sides !== 'hand')
    return {
      files: [{ bytes: await writePdf(pdf), pages: sides, side: 'all', edition: null }],
      pages: wantedPages.length,
    }
  const { fronts, backs } = arrangeManualDuplex(sides, turn)
  const file = async (side: 'front' | 'back', picked: (number | null)[], isTurned: boolean): Promise<GeneratedPdf> => ({
    ...{ bytes: await writePdf(await pickSides(pdf, picked, isTurned)), pages: picked.length, side, edition: null },
  })
  return {
    files: [await file('front', fronts, false), await file('back', backs, turn.isUpsideDown)],
    pages: wantedPages.length,
  }
}
