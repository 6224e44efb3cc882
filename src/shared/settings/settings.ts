import * as z from 'zod/mini'
import { exportFormats } from '../export/export-formats'
import { exportOptionsSchema } from '../export/export-options'
import { printTemplates } from '../print/print-option-values'
import { storedPrintOptionsSchema } from '../print/print-options'
import { languages, readingFonts, speechRates, textSizes, themes } from './setting-values'

/** The user's settings. Each user has one set of settings on each machine. The settings are not part of a library. */
export const settingsSchema = z.object({
  language: z.enum(languages),
  /** The reading theme. With `system`, the system decides between paper and night until the user chooses a theme. */
  theme: z.enum(['system', ...themes]),
  textSize: z.literal(textSizes),
  font: z.enum(readingFonts),
  lineHeight: z.enum(['tight', 'normal', 'loose']),
  columnWidth: z.enum(['narrow', 'normal', 'wide']),
  alignment: z.enum(['start', 'justify']),
  /** The widths of the rail and of the list in CSS px, and whether the user has folded the rail or the list. */
  railWidth: z.int().check(z.gte(180), z.lte(360)),
  listWidth: z.int().check(z.gte(280), z.lte(560)),
  railFolded: z.boolean(),
  listFolded: z.boolean(),
  /**
   * Whether the single-letter shortcuts (j, k, s, …) are on. WCAG 2.1.4 requires that the user can turn such shortcuts
   * off.
   */
  letterKeys: z.boolean(),
  /** The hosts whose invalid certificate or old protocol the user accepts. */
  acceptedHosts: z.array(z.string().check(z.maxLength(255))).check(z.maxLength(500)),
  /** The template of the last print, and the changed options of each template. */
  printTemplate: z.enum(printTemplates),
  printOptions: storedPrintOptionsSchema,
  /**
   * The template of the names of printed and exported files, with the placeholders `{date}`, `{source}` and `{title}`.
   */
  printFileName: z.string().check(z.minLength(1), z.maxLength(200)),
  /**
   * The way in which the printer turns a stack of paper that the user puts back by hand. `isTested` tells whether the
   * duplex test has confirmed this way.
   */
  printTurn: z.object({ isReversed: z.boolean(), isUpsideDown: z.boolean(), isTested: z.boolean() }),
  /** The format and the options of the last export. */
  exportFormat: z.enum(exportFormats),
  exportOptions: exportOptionsSchema,
  speechRate: z.literal(speechRates),
  /**
   * The `voiceURI` of the voice that the user chose. The value null stands for the first Vietnamese voice of this
   * machine. The program uses an online voice only if the user chose this voice.
   */
  voice: z.nullable(z.string().check(z.maxLength(300))),
  /** Whether the desktop program draws without the graphics card. It takes effect at the next start. */
  softwareRendering: z.boolean(),
  /** The ids of the sources whose new bulletins the desktop program announces. */
  notifiedSources: z.array(z.string().check(z.maxLength(16))).check(z.maxLength(5000)),
  /** Whether the desktop program stays in the notification area without a window, and refreshes sources there. */
  keepsRunning: z.boolean(),
  /** Whether the desktop program starts when the user logs in. */
  startsAtLogin: z.boolean(),
  /** Whether the program checks once a week for a new version. */
  checksForUpdates: z.boolean(),
})
/** The type of the values that {@link settingsSchema} accepts. */
export type Settings = z.infer<typeof settingsSchema>

/** A change of some settings. */
export type SettingsChange = Partial<Settings>

/**
 * Parses a {@link SettingsChange} that comes from outside the program. The schema refuses unknown names and ignores
 * undefined values.
 */
export const settingsChangeSchema = z.pipe(
  z.partial(z.strictObject(settingsSchema.shape)),
  // The cast is correct, because no value is undefined after the filter.
  z.transform(
    (change) => Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as SettingsChange,
  ),
)
