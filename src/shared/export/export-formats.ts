// The renderer runs this file, and the renderer must not load zod (docs/architecture.md).

/** The export formats, in the order of the export dialog. */
export const exportFormats = ['html', 'epub', 'text', 'markdown', 'json'] as const
/** One entry of {@link exportFormats}. */
export type ExportFormat = (typeof exportFormats)[number]

/** The optional parts of an exported file. */
export const exportSwitches = ['pictures', 'marks', 'sourceBox'] as const
/** One entry of {@link exportSwitches}. */
export type ExportSwitch = (typeof exportSwitches)[number]

/**
 * Switches for the optional parts of exported files. The optional parts are the pictures, the user's highlights and
 * notes, and the source box. The source box shows the address, the captures and the hash after the text.
 */
export type ExportOptions = Record<ExportSwitch, boolean>

/** The default options of an export, without the user's highlights and notes. */
export const exportDefaults: Readonly<ExportOptions> = { pictures: true, marks: false, sourceBox: true }

/** The file extension of each format, and the switches that apply to the format. */
export const exportKinds: Readonly<Record<ExportFormat, { extension: string; switches: readonly ExportSwitch[] }>> = {
  html: { extension: 'html', switches: exportSwitches },
  epub: { extension: 'epub', switches: exportSwitches },
  text: { extension: 'txt', switches: ['marks', 'sourceBox'] },
  markdown: { extension: 'md', switches: exportSwitches },
  json: { extension: 'json', switches: ['marks'] },
}
