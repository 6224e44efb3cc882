import { describe, expect, it } from 'vitest'
import { relativeTime, timeAndAgo, vietnamDay } from '../../../../src/renderer/src/lib/format'

const now = Date.parse('2026-11-25T03:00:00Z')
const minutes = 60_000
const hours = 60 * minutes
const days = 24 * hours

describe('relativeTime', () => {
  it.each<[string, number, string, string]>([
    ['counts minutes within the last hour', -5 * minutes, '5 phút trước', '5 minutes ago'],
    ['counts whole hours', -2.9 * hours, '2 giờ trước', '2 hours ago'],
    ['names yesterday', -30 * hours, 'Hôm qua', 'yesterday'],
    ['counts days within the last week', -6 * days, '6 ngày trước', '6 days ago'],
    ['says how far away a time in the future is', 3 * hours, 'sau 3 giờ nữa', 'in 3 hours'],
    ['shows the date in Vietnam for a time that is a week or more away', -7 * days, '18/11/2026', '18/11/2026'],
  ])('relativeTime %s', (_name, away, vi, en) => {
    expect(relativeTime(now + away, now, 'vi').toLowerCase()).toBe(vi.toLowerCase())
    expect(relativeTime(now + away, now, 'en')).toBe(en)
  })
})

describe('timeAndAgo', () => {
  it('timeAndAgo adds how long ago the time was only if the time is in the last week', () => {
    expect(timeAndAgo('2026-11-25T01:00:00Z', 'vi', now)).toBe('25/11/2026, 08:00 (2 giờ trước)')
    expect(timeAndAgo('2026-11-01T01:00:00Z', 'vi', now)).toBe('01/11/2026, 08:00')
  })
})

describe('vietnamDay', () => {
  it('vietnamDay returns the next day for a late evening in UTC', () => {
    expect(vietnamDay('2026-11-24T18:30:00Z')).toBe('25/11/2026')
  })
})
