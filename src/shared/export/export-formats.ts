// No zod here: the renderer takes these values at run time, and zod stays out of the renderer.

/** What bulletins can be handed on as, in the order of the dialog. */
export const exportFormats = ['html', 'epub', 'text', 'markdown', 'json'] as const
/** One of {@link exportFormats}. */
export type ExportFormat = (typeof exportFormats)[number]

/** What a file may hold beside the text. */
export const exportSwitches = ['pictures', 'marks', 'sourceBox'] as const
/** One of {@link exportSwitches}. */
export type ExportSwitch = (typeof exportSwitches)[number]

/** What goes into the files: pictures; the reader's highlights and notes; address, captures and hash after the text. */
export type ExportOptions = Record<ExportSwitch, boolean>

/** What a reader has who never changed anything: his own notes stay with him. */
export const exportDefaults: Readonly<ExportOptions> = { pictures: true, marks: false, sourceBox: true }

/** The ending of each format's file, and which switches mean anything for it. */
export const exportKinds: Readonly<Record<ExportFormat, { extension: string; switches: readonly ExportSwitch[] }>> = {
  html: { extension: 'html', switches: exportSwitches },
  epub: { extension: 'epub', switches: exportSwitches },
  text: { extension: 'txt', switches: ['marks', 'sourceBox'] },
  markdown: { extension: 'md', switches: exportSwitches },
  json: { extension: 'json', switches: ['marks'] },
}
