import * as z from 'zod/mini'
import {
  marginNames,
  pageNumberPlaces,
  papers,
  pictureModes,
  printSizes,
  printTemplates,
  sidesModes,
} from './print-option-values'

const millimetres = z.number().check(z.gte(0), z.lte(80))

/** The options that decide how an edition looks. */
export const printOptionsSchema = z.strictObject({
  template: z.enum(printTemplates),
  paper: z.enum(papers),
  orientation: z.enum(['portrait', 'landscape']),
  /** The name of margins, or the margins at the top, bottom, left and right in mm. */
  margins: z.union([z.enum(marginNames), z.tuple([millimetres, millimetres, millimetres, millimetres])]),
  sizePt: z.number().check(z.gte(printSizes.min), z.lte(printSizes.max)),
  pictures: z.enum(pictureModes),
  pageNumbers: z.enum(pageNumberPlaces),
  /** "source · date · title" at the foot of each page. */
  runningLine: z.boolean(),
  /** Address, captures and hash after the text. */
  sourceBox: z.boolean(),
  /** The address as a QR code. */
  qr: z.boolean(),
  notes: z.boolean(),
  highlights: z.boolean(),
  /** A contents page before the bulletins, if there are several. */
  contents: z.boolean(),
  /** Whether each bulletin begins on a new page. */
  newPages: z.boolean(),
  /** The office that posts a notice, as its heading. Empty for none. */
  office: z.string().check(z.maxLength(200)),
  /** First and last day of posting in the heading of a notice: "Niêm yết từ ngày … đến ngày …". */
  postedFrom: z.nullable(z.iso.date()),
  postedUntil: z.nullable(z.iso.date()),
  /**
   * Whether the text is reduced until it fits on one page, but not below {@link minFittedPt}. Only for the template
   * `large`.
   */
  fitsOnePage: z.boolean(),
  /** Speed of the announcer, in syllables a minute. Only for the template `script`. */
  readingRate: z.int().check(z.gte(40), z.lte(400)),
  /** The pages to print, such as "1-3, 5". Empty for all pages. */
  pages: z.string().check(z.maxLength(200), z.regex(/^[\d\s,-]*$/)),
  /** The way of printing sheets. `hand` produces two files, one with the fronts and one with the backs. */
  sides: z.enum(sidesModes),
})
/** See {@link printOptionsSchema}. */
export type PrintOptions = z.infer<typeof printOptionsSchema>

/** The options that the user changed, by template. */
export const storedPrintOptionsSchema = z.partialRecord(
  z.enum(printTemplates),
  z.partial(z.omit(printOptionsSchema, { template: true, pages: true, postedFrom: true, postedUntil: true })),
)
/** See {@link storedPrintOptionsSchema}. */
export type StoredPrintOptions = z.infer<typeof storedPrintOptionsSchema>
