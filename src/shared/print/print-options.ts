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

/** Everything that decides how an edition looks (PRINT, Options). */
export const printOptionsSchema = z.strictObject({
  template: z.enum(printTemplates),
  paper: z.enum(papers),
  orientation: z.enum(['portrait', 'landscape']),
  /** By name, or top, bottom, left, right in mm. */
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
  /** A contents page before the bulletins, where there are several. */
  contents: z.boolean(),
  /** Whether each bulletin begins a page of its own. */
  newPages: z.boolean(),
  /** Heading of a notice: who posts it; empty for none. */
  office: z.string().check(z.maxLength(200)),
  /** "Niêm yết từ ngày … đến ngày …" of a notice. */
  postedFrom: z.nullable(z.iso.date()),
  postedUntil: z.nullable(z.iso.date()),
  /** `large`: set smaller, but never under 14 pt, so that it fits one page. */
  fitsOnePage: z.boolean(),
  /** `script`: how fast the announcer reads, syllables a minute. */
  readingRate: z.int().check(z.gte(40), z.lte(400)),
  /** Which pages of the edition: "1-3, 5"; empty for all. */
  pages: z.string().check(z.maxLength(200), z.regex(/^[\d\s,-]*$/)),
  /** How sheets get their second side; by hand makes two files, fronts and backs. */
  sides: z.enum(sidesModes),
})
/** See {@link printOptionsSchema}. */
export type PrintOptions = z.infer<typeof printOptionsSchema>

/** Options that a reader changed, kept per template. */
export const storedPrintOptionsSchema = z.partialRecord(
  z.enum(printTemplates),
  z.partial(z.omit(printOptionsSchema, { template: true, pages: true, postedFrom: true, postedUntil: true })),
)
/** See {@link storedPrintOptionsSchema}. */
export type StoredPrintOptions = z.infer<typeof storedPrintOptionsSchema>
