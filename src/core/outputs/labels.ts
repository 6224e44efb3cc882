import type { Bulletin } from '../../shared/bulletin'
import { vietnamClock } from '../../shared/text/vietnam-time'
import type { Say } from './say'

/**
 * Returns the name of a bulletin's source. If the name is unknown, returns the host of the source. Returns null if
 * neither is known.
 */
export function getSourceName({ source }: Pick<Bulletin, 'source'>): string | null {
  return source.name ?? source.host
}

/**
 * Returns the publication date as dd/mm/yyyy, or as mm/yyyy if only the month is known. Returns null if the date is
 * unknown.
 */
export function formatPublicationDay({ publishedAt }: Pick<Bulletin, 'publishedAt'>): string | null {
  return publishedAt === null ? null : formatDay(publishedAt)
}

/** Converts a plain date (YYYY-MM-DD) to the form that is usual in Vietnam, such as 08/09/2020. */
export function formatDay(date: string): string {
  return date.slice(0, 10).split('-').reverse().join('/')
}

/** Returns the running line "source · date · title" of a printed page. Unknown values are left out. */
export function getRunningLine(bulletin: Bulletin): string {
  return [getSourceName(bulletin), formatPublicationDay(bulletin), bulletin.title]
    .filter((part) => part !== null)
    .join(' · ')
}

/** Returns the first and the last publication date of these bulletins as one text. Returns null if no day is known. */
export function formatPeriod(bulletins: readonly Pick<Bulletin, 'publishedAt'>[]): string | null {
  const days = bulletins.flatMap(({ publishedAt }) => (publishedAt === null ? [] : [publishedAt.slice(0, 10)])).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return null
  return first === last ? formatDay(first) : `${formatDay(first)} – ${formatDay(last)}`
}

/**
 * Returns the rows of the source box as pairs of label and value. The rows are the address or file name, the first
 * capture and the hash.
 */
export function getOriginRows({ url, captures, revision }: Bulletin, say: Say): [label: string, value: string][] {
  const first = captures[0]
  const captured = vietnamClock(first?.capturedAt ?? revision.capturedAt)
  const rows: [string, string | null | undefined][] = [
    [say('print.address'), url],
    [say('print.file'), url === null ? first?.originalFileName : null],
    [say('print.captured'), `${captured.time} ${captured.day}`],
    ['SHA-256', first?.sha256],
  ]
  return rows.flatMap(([label, value]): [string, string][] => (value == null ? [] : [[label, value]]))
}
