const vietnamMs = 7 * 3600_000

/** An instant as Vietnam's clocks and calendars show it: "09:12 ngày 08/09/2020", with the word for the day given. */
export function vietnamTime(instant: string, dayWord = 'ngày'): string {
  const local = new Date(Date.parse(instant) + vietnamMs).toISOString()
  return `${local.slice(11, 16)} ${dayWord} ${local.slice(0, 10).split('-').reverse().join('/')}`.replace(/ {2,}/g, ' ')
}
