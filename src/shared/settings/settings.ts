import * as z from 'zod/mini'
import { exportFormats } from '../export/export-formats'
import { exportOptionsSchema } from '../export/export-options'
import { printTemplates } from '../print/print-option-values'
import { storedPrintOptionsSchema } from '../print/print-options'
import { languages, readingFonts, speechRates, textSizes, themes } from './setting-values'

/** The reader's settings, one per user and machine; never part of a library. */
export const settingsSchema = z.object({
  language: z.enum(languages),
  /** `system`: paper or night, as the system says, until the reader chooses. */
  theme: z.enum(['system', ...themes]),
  textSize: z.literal(textSizes),
  font: z.enum(readingFonts),
  lineHeight: z.enum(['tight', 'normal', 'loose']),
  columnWidth: z.enum(['narrow', 'normal', 'wide']),
  alignment: z.enum(['start', 'justify']),
  /** Widths in CSS px of the rail and the list, and whether the reader folded them. */
  railWidth: z.int().check(z.gte(180), z.lte(360)),
  listWidth: z.int().check(z.gte(280), z.lte(560)),
  railFolded: z.boolean(),
  listFolded: z.boolean(),
  /** Single-letter keys (j, k, s, …); can be switched off (WCAG 2.1.4). */
  letterKeys: z.boolean(),
  /** Hosts whose certificate or old protocol the reader accepts as it is. */
  acceptedHosts: z.array(z.string().check(z.maxLength(255))).check(z.maxLength(500)),
  /** The template the reader printed with last, and what he changed in each. */
  printTemplate: z.enum(printTemplates),
  printOptions: storedPrintOptionsSchema,
  /** How printed and exported files are named: `{date}`, `{source}` and `{title}` are filled. */
  printFileName: z.string().check(z.minLength(1), z.maxLength(200)),
  /** How this machine's printer turns a stack put back by hand, and whether a test has shown it. */
  printTurn: z.object({ isReversed: z.boolean(), isUpsideDown: z.boolean(), isTested: z.boolean() }),
  /** What the reader exported last, and what went with it. */
  exportFormat: z.enum(exportFormats),
  exportOptions: exportOptionsSchema,
  speechRate: z.literal(speechRates),
  /** The voice its reader chose, by its address; null: the first Vietnamese one of this machine. One that works online is used only when chosen. */
  voice: z.nullable(z.string().check(z.maxLength(300))),
})
/** See {@link settingsSchema}. */
export type Settings = z.infer<typeof settingsSchema>

/** A change to some of the settings. */
export type SettingsChange = Partial<Settings>

/** A {@link SettingsChange} from outside: an unknown name is refused, an undefined value is no change. */
export const settingsChangeSchema = z.pipe(
  z.partial(z.strictObject(settingsSchema.shape)),
  // What is left after the filter has every value defined.
  z.transform(
    (change) => Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as SettingsChange,
  ),
)
