const vietnamMs = 7 * 3600_000

/** An instant as Vietnam's clocks show it: 10:15 ngày 24/11/2026 is "10:15 24/11/2026". */
export function vietnamTime(instant: string): string {
  const local = new Date(Date.parse(instant) + vietnamMs).toISOString()
  return `${local.slice(11, 16)} ${local.slice(0, 10).split('-').reverse().join('/')}`
}
