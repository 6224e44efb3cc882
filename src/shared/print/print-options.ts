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
  /** The margins: either the name of a set of margins, or the sizes at the top, bottom, left and right in mm. */
  margins: z.union([z.enum(marginNames), z.tuple([millimetres, millimetres, millimetres, millimetres])]),
  sizePt: z.number().check(z.gte(printSizes.min), z.lte(printSizes.max)),
  pictures: z.enum(pictureModes),
  pageNumbers: z.enum(pageNumberPlaces),
  /** Whether the foot of each page shows the line "source · date · title". */
  runningLine: z.boolean(),
  /** Whether the address, the captures and the hash stand after the text. */
  sourceBox: z.boolean(),
  /** Whether the address is also printed as a QR code. */
  qr: z.boolean(),
  notes: z.boolean(),
  highlights: z.boolean(),
  /** Whether a contents page precedes the bulletins, if there are several bulletins. */
  contents: z.boolean(),
  /** Whether each bulletin begins on a new page. */
  newPages: z.boolean(),
  /** The name of the office that posts a notice, printed as the heading. An empty text prints no office. */
  office: z.string().check(z.maxLength(200)),
  /** The first and the last day of posting in the heading of a notice: "Niêm yết từ ngày … đến ngày …". */
  postedFrom: z.nullable(z.iso.date()),
  postedUntil: z.nullable(z.iso.date()),
  /**
   * Whether the text is reduced until the bulletin fits on one page, but not below {@link minFittedPt}. The option
   * applies only to the template `large`.
   */
  fitsOnePage: z.boolean(),
  /** The speed of the announcer, in syllables a minute. The option applies only to the template `script`. */
  readingRate: z.int().check(z.gte(40), z.lte(400)),
  /** The pages to print, such as "1-3, 5". An empty text prints all pages. */
  pages: z.string().check(z.maxLength(200), z.regex(/^[\d\s,-]*$/)),
  /** The way of printing sheets. `hand` produces two files, one with the fronts and one with the backs. */
  sides: z.enum(sidesModes),
})
/** The type of the values that {@link printOptionsSchema} accepts. */
export type PrintOptions = z.infer<typeof printOptionsSchema>

/** The options that the user changed, by template. */
export const storedPrintOptionsSchema = z.partialRecord(
  z.enum(printTemplates),
  z.partial(z.omit(printOptionsSchema, { template: true, pages: true, postedFrom: true, postedUntil: true })),
)
/** The type of the values that {@link storedPrintOptionsSchema} accepts. */
export type StoredPrintOptions = z.infer<typeof storedPrintOptionsSchema>
