import { AppError } from '../../shared/errors'

/**
 * The pages "1-3, 5" names out of `count`, from 0, in the order given, each once; all of them where nothing is named.
 * Throws `wrong-pages` where it is no list of pages or names none that is there.
 */
export function parsePageRange(range: string, count: number): number[] {
  const all = Array.from({ length: count }, (_, at) => at)
  if (range.trim() === '') return all
  const wrong = (): AppError => new AppError('wrong-pages', `print: pages ${range} of ${count}`, { range, count })
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
