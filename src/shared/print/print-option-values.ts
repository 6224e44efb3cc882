// The renderer runs this file, and the renderer must not load zod (docs/architecture.md).

/** The print templates. */
export const printTemplates = ['a4', 'large', 'booklet', 'digest', 'script'] as const
/** One entry of {@link printTemplates}. */
export type PrintTemplate = (typeof printTemplates)[number]

/** The paper sizes. A page of a booklet is half of a sheet. */
export const papers = ['A4', 'A5', 'A3', 'Letter'] as const
/** One entry of {@link papers}. */
export type Paper = (typeof papers)[number]

/** The named margins. `template` means the margins of the print template. */
export const marginNames = ['template', 'narrow', 'normal', 'wide'] as const
/** The ways of printing pictures. */
export const pictureModes = ['colour', 'grey', 'none'] as const
/** The positions of page numbers on a page. */
export const pageNumberPlaces = ['top', 'bottom', 'none'] as const
/**
 * The ways of printing sheets. `one` prints on one side. `auto` lets the printer print on both sides. `hand` prints on
 * both sides after the user has turned the stack by hand.
 */
export const sidesModes = ['one', 'auto', 'hand'] as const
/** One entry of {@link sidesModes}. */
export type SidesMode = (typeof sidesModes)[number]
/** The options of the print dialog that are either on or off. */
export const printSwitches = ['runningLine', 'sourceBox', 'qr', 'notes', 'highlights', 'contents'] as const
/** One entry of {@link printSwitches}. */
export type PrintSwitch = (typeof printSwitches)[number]

/** The minimum and maximum size of the text, in pt. */
export const printSizes = { min: 8, max: 40 } as const
/** The minimum text size of a notice that must fit on one page, in pt. */
export const minFittedPt = 14
/** The maximum number of bulletins in one file. A longer edition is split into parts. */
export const maxBulletinsPerPart = 200
/** The maximum number of bulletins in a preview. */
export const maxPreviewBulletins = 20
/** The default speed of an announcer, in syllables a minute. */
export const defaultReadingRate = 130
/** The default template of file names. */
export const defaultFileName = '{date} - {source} - {title}'

/** The width and height of a sheet in portrait orientation, in mm. */
export const paperSizes: Readonly<Record<Paper, readonly [width: number, height: number]>> = {
  A3: [297, 420],
  A4: [210, 297],
  A5: [148, 210],
  Letter: [215.9, 279.4],
}

/** Returns the number of sheets of paper that a number of pages needs. */
export function countSheets(pages: number, { template, sides }: { template: PrintTemplate; sides: SidesMode }): number {
  const perSheet = template === 'booklet' ? 4 : sides === 'one' ? 1 : 2
  return Math.ceil(pages / perSheet)
}
