import type { Row } from './list-query'

/** The number of rows on one page of the list. */
export const pageSize = 100

/** The pages of the list that are in memory ("held"), by page number. The first page has the number 0. */
export type HeldPages = ReadonlyMap<number, readonly Row[]>

/** Returns the number of the page that contains the row at `index`. */
export function pageOf(index: number): number {
  return Math.floor(index / pageSize)
}

/** Finds the row at an index. Returns null if the row's page is not held, or if the list has no such row. */
export function findHeldRow(pages: HeldPages, index: number): Row | null {
  return pages.get(pageOf(index))?.[index % pageSize] ?? null
}

/** Finds the index of a bulletin in the list. Returns -1 if no held page has the bulletin. */
export function findHeldIndex(pages: HeldPages, id: string): number {
  for (const [page, rows] of pages) {
    const at = rows.findIndex((row) => row.id === id)
    if (at >= 0) return page * pageSize + at
  }
  return -1
}

/** Returns all held rows with their index in the list. */
export function listHeldRows(pages: HeldPages): { index: number; row: Row }[] {
  return [...pages].flatMap(([page, rows]) => rows.map((row, at) => ({ index: page * pageSize + at, row })))
}

/** Returns the numbers of the held pages, the page nearest to `page` first. */
export function pagesByDistance(pages: HeldPages, page: number): number[] {
  return [...pages.keys()].sort((a, b) => Math.abs(a - page) - Math.abs(b - page))
}
