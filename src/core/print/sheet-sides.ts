/** Places of one side of a folded sheet: page numbers from 0, null for an empty one. */
export type SheetSide = readonly [left: number | null, right: number | null]

/**
 * The sides of a booklet's sheets, outer sheet first, front before back: printed on both sides and turned over the
 * short edge, folded and stapled in the middle, its pages follow each other. Padded to a multiple of four at the end.
 */
export function arrangeBookletSides(pages: number): SheetSide[] {
  const padded = Math.ceil(pages / 4) * 4
  const pageOrBlank = (page: number): number | null => (page < pages ? page : null)
  return Array.from({ length: padded / 4 }, (_, sheet): SheetSide[] => [
    [pageOrBlank(padded - 1 - 2 * sheet), pageOrBlank(2 * sheet)],
    [pageOrBlank(2 * sheet + 1), pageOrBlank(padded - 2 - 2 * sheet)],
  ]).flat()
}

/** How a printer turns the stack that is put back by hand; learned once by a test of two pages. */
export interface ManualDuplex {
  /** Whether the sheet that was printed last is fed first. */
  isReversed: boolean
  /** Whether the second side comes out upside down against the first. */
  isUpsideDown: boolean
}

/**
 * Fronts and backs of a job that is turned by hand, as indexes of its sides (pages, or a booklet's sheet sides): every
 * front has a back, an empty one (null) where pages are odd.
 */
export function arrangeManualDuplex(
  sides: number,
  { isReversed }: ManualDuplex,
): { fronts: number[]; backs: (number | null)[] } {
  const sheets = Math.ceil(sides / 2)
  const fronts = Array.from({ length: sheets }, (_, sheet) => sheet * 2)
  const backs = fronts.map((front) => (front + 1 < sides ? front + 1 : null))
  return { fronts, backs: isReversed ? backs.reverse() : backs }
}
