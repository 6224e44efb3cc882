const vietnamMs = 7 * 3600_000

/** Clock and day of an instant in Vietnam, which has one zone: 09:12 and 08/09/2020. */
export function vietnamClock(instant: string): { time: string; day: string } {
  const local = new Date(Date.parse(instant) + vietnamMs).toISOString()
  return { time: local.slice(11, 16), day: local.slice(0, 10).split('-').reverse().join('/') }
}
