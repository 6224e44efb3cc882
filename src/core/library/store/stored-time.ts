/** Matches a month, a day or a time as this format stores them (`docs/format/library-1.md`). */
const pattern = /^\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?)?$/

/**
 * Returns a stored month, day or time in milliseconds since 1970. A day or month begins at 00:00 +07:00, the only time
 * zone of Vietnam. Returns null for any other value, because a library of somebody else may hold any text.
 */
export function parseStoredTime(value: string): number | null {
  if (!pattern.test(value)) return null
  const day = value.length === 7 ? `${value}-01` : value
  const ms = Date.parse(day.length === 10 ? `${day}T00:00:00+07:00` : day)
  return Number.isFinite(ms) ? ms : null
}
