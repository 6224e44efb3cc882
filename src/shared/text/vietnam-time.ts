/** How far Vietnam's clocks are ahead of UTC, in ms: one zone, and no summer time since 1975. */
export const vietnamOffsetMs = 7 * 3_600_000

/** An instant on Vietnam's clocks, written without its zone: 2026-11-25T10:15:00.000Z stands for 10:15 in Hà Nội. */
function localOf(instant: Date): string {
  return new Date(instant.getTime() + vietnamOffsetMs).toISOString()
}

/** The day (YYYY-MM-DD) that Vietnam's calendars show at an instant. */
export function dayInVietnam(instant: Date): string {
  return localOf(instant).slice(0, 10)
}

/** Clock and day of an instant (UTC, with Z) in Vietnam: 09:12 and 08/09/2020. */
export function vietnamClock(instant: string): { time: string; day: string } {
  const local = localOf(new Date(instant))
  return { time: local.slice(11, 16), day: local.slice(0, 10).split('-').reverse().join('/') }
}
