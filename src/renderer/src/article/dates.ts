/** dd/mm/yyyy of a plain date or an instant in +07:00; mm/yyyy of a month. */
export function vietnamDate(value: string): string {
  return value.slice(0, 10).split('-').reverse().join('/')
}

/** An instant (UTC) as Vietnam's clocks show it: 24/11/2026, 10:15. */
export function vietnamTime(instant: string): string {
  const local = new Date(Date.parse(instant) + 7 * 3600_000).toISOString()
  return `${vietnamDate(local)}, ${local.slice(11, 16)}`
}

/** 412 KB, 1,5 MB. */
export function fileSize(bytes: number, language: string): string {
  const format = (value: number): string => value.toLocaleString(language, { maximumFractionDigits: 1 })
  return bytes < 1024 ** 2 ? `${format(Math.max(1, Math.round(bytes / 1024)))} KB` : `${format(bytes / 1024 ** 2)} MB`
}

/**
 * Minutes to read a text in silence: Vietnamese is counted in syllables, which are its written words; 240 a minute
 * is a calm adult's pace (the 130 of a loudspeaker is another matter).
 */
export function minutesToRead(text: string): number {
  const syllables = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  return Math.max(1, Math.round(syllables / 240))
}
