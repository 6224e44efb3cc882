// This file must not load zod, because the renderer runs it.

/** The print templates. */
export const printTemplates = ['a4', 'large', 'booklet', 'digest', 'script'] as const
/** One of {@link printTemplates}. */
export type PrintTemplate = (typeof printTemplates)[number]

/** Paper sizes. A page of a booklet is half of a sheet. */
export const papers = ['A4', 'A5', 'A3', 'Letter'] as const
/** One of {@link papers}. */
export type Paper = (typeof papers)[number]

/** Named margins. `template` means the margins of the template. */
export const marginNames = ['template', 'narrow', 'normal', 'wide'] as const
/** The ways of printing pictures. */
export const pictureModes = ['colour', 'grey', 'none'] as const
/** Positions of page numbers on a page. */
export const pageNumberPlaces = ['top', 'bottom', 'none'] as const
/**
 * The ways of printing sheets: on one side, on both sides by the printer, or on both sides after the user has turned
 * the stack by hand.
 */
export const sidesModes = ['one', 'auto', 'hand'] as const
/** One of {@link sidesModes}. */
export type SidesMode = (typeof sidesModes)[number]
/** The options of the print dialog that are either on or off. */
export const printSwitches = ['runningLine', 'sourceBox', 'qr', 'notes', 'highlights', 'contents'] as const
/** One of {@link printSwitches}. */
export type PrintSwitch = (typeof printSwitches)[number]

/** Minimum and maximum size of the text, in pt. */
export const printSizes = { min: 8, max: 40 } as const
/** Minimum text size of a notice that must fit on one page, in pt. */
export const minFittedPt = 14
/** Limit on bulletins in one file. A longer edition is split into parts. */
export const maxBulletinsPerPart = 200
/** Limit on bulletins in a preview. */
export const maxPreviewBulletins = 20
/** Default speed of an announcer, in syllables a minute. */
export const defaultReadingRate = 130
/** Default template of file names. */
export const defaultFileName = '{date} - {source} - {title}'

/** Width and height of a sheet in portrait orientation, in mm. */
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
