import { AppError } from '../../shared/errors'

/**
 * Returns the page indexes (from 0) in a range such as "1-3, 5", in the order of the range. Each index is returned
 * once. An empty range means all `count` pages. Throws `wrong-pages` if the text is not a range or contains no existing
 * page.
 */
export function parsePageRange(range: string, count: number): number[] {
  const all = Array.from({ length: count }, (_, at) => at)
  if (range.trim() === '') return all
  const wrong = (): AppError =>
    new AppError('wrong-pages', `print: read page range ${range} of ${count} pages`, { range, count })
  const pages = range.split(',').flatMap((part) => {
    const match = /^\s*(\d{1,6})?\s*(-)?\s*(\d{1,6})?\s*$/.exec(part)
    const [, from, dash, to] = match ?? []
    if (match === null || (from === undefined && to === undefined)) throw wrong()
    const first = Number(from ?? 1)
    const last = dash === undefined ? first : Number(to ?? count)
    return all.slice(Math.max(0, first - 1), Math.max(0, Math.min(last, count)))
  })
  if (pages.length === 0) throw wrong()
  return [...new Set(pages)]
}
