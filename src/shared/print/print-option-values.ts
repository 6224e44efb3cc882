// No zod here: the renderer takes these values at run time, and zod stays out of the renderer.

/** Layouts on paper (PRINT, Templates). */
export const printTemplates = ['a4', 'large', 'booklet', 'digest', 'script'] as const
/** One of {@link printTemplates}. */
export type PrintTemplate = (typeof printTemplates)[number]

/** Sheets a printer takes; a booklet's pages are half of one. */
export const papers = ['A4', 'A5', 'A3', 'Letter'] as const
/** One of {@link papers}. */
export type Paper = (typeof papers)[number]

/** Margins by name; `template` are the template's own. */
export const marginNames = ['template', 'narrow', 'normal', 'wide'] as const
/** How pictures are printed. */
export const pictureModes = ['colour', 'grey', 'none'] as const
/** Where page numbers stand. */
export const pageNumberPlaces = ['top', 'bottom', 'none'] as const
/** How sheets get their second side: none, by the printer itself, by hand. */
export const sidesModes = ['one', 'auto', 'hand'] as const
/** One of {@link sidesModes}. */
export type SidesMode = (typeof sidesModes)[number]
/** What is seen at a glance in the dialog and on by default in most templates. */
export const printSwitches = ['runningLine', 'sourceBox', 'qr', 'notes', 'highlights', 'contents'] as const
/** One of {@link printSwitches}. */
export type PrintSwitch = (typeof printSwitches)[number]

/** Smallest and largest size of the text, pt. */
export const printSizes = { min: 8, max: 40 } as const
/** A notice that must fit one page is never set smaller than this (PRINT, large). */
export const minFittedPt = 14
/** Bulletins of one file; more are split into parts (PRINT, Rules). */
export const maxBulletinsPerPart = 200
/** The preview shows at most this many bulletins of a long edition. */
export const maxPreviewBulletins = 20
/** How fast an announcer reads to begin with, syllables a minute. */
export const defaultReadingRate = 130
/** How files are named to begin with; the places are filled by the edition. */
export const defaultFileName = '{date} - {source} - {title}'

/** Width and height of a sheet in portrait, mm. */
export const paperSizes: Readonly<Record<Paper, readonly [width: number, height: number]>> = {
  A3: [297, 420],
  A4: [210, 297],
  A5: [148, 210],
  Letter: [215.9, 279.4],
}

/** Sheets of paper that this many pages need. */
export function countSheets(pages: number, { template, sides }: { template: PrintTemplate; sides: SidesMode }): number {
  const perSheet = template === 'booklet' ? 4 : sides === 'one' ? 1 : 2
  return Math.ceil(pages / perSheet)
}
