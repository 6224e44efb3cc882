/**
 * The offset of Vietnam's time from UTC, in ms. Vietnam has one time zone, and has had no daylight saving time since
 * 1975.
 */
export const vietnamOffsetMs = 7 * 3_600_000

/**
 * Converts an instant to a date whose UTC fields show the local time in Vietnam. For example, 2026-11-25T10:15:00.000Z
 * then stands for 10:15 in Hà Nội.
 */
function toLocalTime(instant: Date): string {
  return new Date(instant.getTime() + vietnamOffsetMs).toISOString()
}

/** Returns the day (YYYY-MM-DD) in Vietnam at an instant. */
export function dayInVietnam(instant: Date): string {
  return toLocalTime(instant).slice(0, 10)
}

/** Formats an instant (UTC, with Z) as the time and the day in Vietnam, such as 09:12 and 08/09/2020. */
export function vietnamClock(instant: string): { time: string; day: string } {
  const local = toLocalTime(new Date(instant))
  return { time: local.slice(11, 16), day: local.slice(0, 10).split('-').reverse().join('/') }
}
