import type { Bulletin } from '../../shared/bulletin'
import { minFittedPt, paperSizes } from '../../shared/print/print-option-values'
import type { PrintOptions } from '../../shared/print/print-options'
import { createEdition } from './edition'
import type { EditionOptions } from './edition-options'
import { arrangeBookletSides, arrangeManualDuplex, type ManualDuplex } from './sheet-sides'
import { parsePageRange } from './page-range'
import { countPdfPages } from './count-pdf-pages'

/** One file of an edition, made. */
export interface GeneratedPdf {
  bytes: Uint8Array
  /** Pages of the file. */
  pages: number
  side: 'all' | 'front' | 'back'
}

/** A part of an edition on paper. */
export interface GeneratedPart {
  files: GeneratedPdf[]
  /** Pages of the text, before they are placed on sheets. */
  pages: number
}

/** Makes a PDF of an edition's HTML. */
export type Print = (html: string) => Promise<Uint8Array>

/** A contents page is true when a pass finds the numbers it was given; each pass but the first can only settle it. */
const maxPasses = 4

/**
 * The PDF of one part: as many passes as its contents page and its fitting need, then the pages asked for, on the
 * sheets asked for. Throws `wrong-pages`, and as `print` does.
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
  const bytes = await printUntilStable(bulletins.length, fitted, print, write)
  return placeOnSheets(bytes, options, turn)
}

type Write = (found: Pick<EditionOptions, 'firstPages' | 'fittedPt'>) => string

/** The largest size in which a notice fits one page; the smallest allowed where it fits in none. */
async function findFittingSize({ sizePt }: PrintOptions, print: Print, write: Write): Promise<{ fittedPt?: number }> {
  const fits = async (fittedPt: number): Promise<boolean> =>
    countPdfPages(await print(write({ firstPages: null, fittedPt }))) <= 1
  if (sizePt <= minFittedPt || (await fits(sizePt))) return {}
  // Half points: a bisection of at most six passes.
  let [largestFitting, smallestTooLarge] = [minFittedPt, sizePt]
  while (smallestTooLarge - largestFitting > 0.5) {
    const middle = Math.round(largestFitting + smallestTooLarge) / 2
    if (await fits(middle)) largestFitting = middle
    else smallestTooLarge = middle
  }
  return { fittedPt: largestFitting }
}

/** Prints until the numbers of the contents page are those of the pages. */
async function printUntilStable(
  count: number,
  fitted: { fittedPt?: number },
  print: Print,
  write: Write,
): Promise<Uint8Array> {
  const first = write({ firstPages: null, ...fitted })
  let bytes = await print(first)
  if (!first.includes('class="contents"')) return bytes
  const { findDestinationPages: destinationPages, openPdf } = await import('./pdf')
  let known: number[] | null = null
  for (let pass = 1; pass < maxPasses; pass++) {
    const pages = destinationPages(await openPdf(bytes))
    const found = Array.from({ length: count }, (_, at) => pages.get(`b${at}`) ?? 0)
    if (known?.every((page, at) => page === found[at]) === true) return bytes
    known = found
    bytes = await print(write({ firstPages: found, ...fitted }))
    // Numbers take a place of their own width: nothing has moved, unless there are more than 999 pages.
    if (countPdfPages(bytes) < 1000) return bytes
  }
  return bytes
}

const pointsPerMm = 72 / 25.4

async function placeOnSheets(bytes: Uint8Array, options: PrintOptions, turn: ManualDuplex): Promise<GeneratedPart> {
  const total = countPdfPages(bytes)
  const wantedPages = parsePageRange(options.pages, total)
  const isWhole = wantedPages.length === total
  const isBooklet = options.template === 'booklet'
  if (isWhole && !isBooklet && options.sides !== 'hand')
    return { files: [{ bytes, pages: total, side: 'all' }], pages: total }
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
    return { files: [{ bytes: await writePdf(pdf), pages: sides, side: 'all' }], pages: wantedPages.length }
  const { fronts, backs } = arrangeManualDuplex(sides, turn)
  const file = async (side: 'front' | 'back', picked: (number | null)[], isTurned: boolean): Promise<GeneratedPdf> => ({
    ...{ bytes: await writePdf(await pickSides(pdf, picked, isTurned)), pages: picked.length, side },
  })
  return {
    files: [await file('front', fronts, false), await file('back', backs, turn.isUpsideDown)],
    pages: wantedPages.length,
  }
}
