import { describe, expect, it } from 'vitest'
import { relativeTime, timeAndAgo, vietnamDay } from '../../../../src/renderer/src/lib/format'

const now = Date.parse('2026-11-25T03:00:00Z')
const minutes = 60_000
const hours = 60 * minutes
const days = 24 * hours

describe('times', () => {
  it.each<[string, number, string, string]>([
    ['minutes ago', -5 * minutes, '5 phút trước', '5 minutes ago'],
    ['hours ago, whole ones', -2.9 * hours, '2 giờ trước', '2 hours ago'],
    ['a day ago', -30 * hours, 'Hôm qua', 'yesterday'],
    ['days ago', -6 * days, '6 ngày trước', '6 days ago'],
    ['to come', 3 * hours, 'sau 3 giờ nữa', 'in 3 hours'],
    ['a week and more ago: the day, as Vietnam has it', -7 * days, '18/11/2026', '18/11/2026'],
  ])('%s', (_name, away, vi, en) => {
    expect(relativeTime(now + away, now, 'vi').toLowerCase()).toBe(vi.toLowerCase())
    expect(relativeTime(now + away, now, 'en')).toBe(en)
  })

  it('are exact where they are evidence, and say how long ago while that helps', () => {
    expect(timeAndAgo('2026-11-25T01:00:00Z', 'vi', now)).toBe('25/11/2026, 08:00 (2 giờ trước)')
    expect(timeAndAgo('2026-11-01T01:00:00Z', 'vi', now)).toBe('01/11/2026, 08:00')
  })

  it('late in the evening by UTC it is tomorrow in Vietnam', () => {
    expect(vietnamDay('2026-11-24T18:30:00Z')).toBe('25/11/2026')
  })
})
