// This file must not load zod, because the renderer runs it.

/** The export formats, in the order of the dialog. */
export const exportFormats = ['html', 'epub', 'text', 'markdown', 'json'] as const
/** One of {@link exportFormats}. */
export type ExportFormat = (typeof exportFormats)[number]

/** The optional parts of an exported file. */
export const exportSwitches = ['pictures', 'marks', 'sourceBox'] as const
/** One of {@link exportSwitches}. */
export type ExportSwitch = (typeof exportSwitches)[number]

/**
 * Switches for the optional parts of exported files. These parts are the pictures, the user's highlights and notes, and
 * a source box with the address, captures and hash after the text.
 */
export type ExportOptions = Record<ExportSwitch, boolean>

/** The default options. They leave out the user's own highlights and notes. */
export const exportDefaults: Readonly<ExportOptions> = { pictures: true, marks: false, sourceBox: true }

/** The file extension of each format, and the switches that apply to it. */
export const exportKinds: Readonly<Record<ExportFormat, { extension: string; switches: readonly ExportSwitch[] }>> = {
  html: { extension: 'html', switches: exportSwitches },
  epub: { extension: 'epub', switches: exportSwitches },
  text: { extension: 'txt', switches: ['marks', 'sourceBox'] },
  markdown: { extension: 'md', switches: exportSwitches },
  json: { extension: 'json', switches: ['marks'] },
}
