/**
 * The left and the right page on one side of a folded sheet, as page indexes from 0. The value null stands for an empty
 * page.
 */
export type SheetSide = readonly [left: number | null, right: number | null]

/**
 * Returns the sheet sides of a booklet. The outer sheet comes first, and the front comes before the back. The sheets
 * are printed on both sides, flipped on the short edge, folded and stapled in the middle. Empty pages at the end fill
 * the last sheet.
 */
export function arrangeBookletSides(pages: number): SheetSide[] {
  const padded = Math.ceil(pages / 4) * 4
  const pageOrBlank = (page: number): number | null => (page < pages ? page : null)
  return Array.from({ length: padded / 4 }, (_, sheet): SheetSide[] => [
    [pageOrBlank(padded - 1 - 2 * sheet), pageOrBlank(2 * sheet)],
    [pageOrBlank(2 * sheet + 1), pageOrBlank(padded - 2 - 2 * sheet)],
  ]).flat()
}

/**
 * The way in which a printer turns a stack that the user puts back by hand. The duplex test determines these facts once
 * for each printer.
 */
export interface ManualDuplex {
  /** Whether the printer takes in the last printed sheet first. */
  isReversed: boolean
  /** Whether the back of a sheet comes out upside down compared with the front. */
  isUpsideDown: boolean
}

/**
 * Returns the fronts and the backs of a manual duplex job, as indexes of the sides that the job prints. A side is a
 * page, or a sheet side of a booklet. Every front has a back. If the number of sides is odd, the last back is empty
 * (null).
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
