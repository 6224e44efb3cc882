import { describe, expect, it } from 'vitest'
import { dueAt, startScheduler } from '../../../../src/core/follow/scheduler'
import { createSource } from '../../../../src/core/follow/create-source'
import type { Health, Source } from '../../../../src/shared/source'

const sourceOf = (everyMinutes: number | null, health: Partial<Health> = {}, url = 'https://a.gov.vn/'): Source => {
  const given = { url, name: null, kind: 'portal' as const, channels: [], everyMinutes }
  const source = createSource(given, { now: new Date('2026-11-01T00:00:00Z'), isTyped: true })
  return { ...source, health: { ...source.health, ...health } }
}
const lastError = { code: 'timed-out' as const, message: '', details: {} }
const hoursAfter = (source: Source, from: string): number =>
  ((dueAt(source)?.getTime() ?? Number.NaN) - Date.parse(from)) / 3_600_000

describe('the time of the next refresh of a source', () => {
  const triedAt = '2026-11-20T00:00:00Z'
  it.each<[string, Source, string, number, number]>([
    ['is due at once if it was never refreshed', sourceOf(360), '2026-11-01T00:00:00Z', 0, 0],
    [
      'is due six hours after the last attempt, or a little later',
      sourceOf(360, { lastTriedAt: triedAt }),
      triedAt,
      6,
      6.6,
    ],
    [
      'is due earlier after a failure',
      sourceOf(1440, { lastTriedAt: triedAt, failuresInARow: 1, lastError }),
      triedAt,
      0.5,
      0.55,
    ],
    [
      'is due later after the second failure',
      sourceOf(1440, { lastTriedAt: triedAt, failuresInARow: 2, lastError }),
      triedAt,
      1,
      1.1,
    ],
    [
      'is due by its schedule after many failures',
      sourceOf(1440, { lastTriedAt: triedAt, failuresInARow: 9, lastError }),
      triedAt,
      24,
      26.4,
    ],
  ])('a source %s', (_name, source, from, minHours, maxHours) => {
    expect(hoursAfter(source, from)).toBeGreaterThanOrEqual(minHours)
    expect(hoursAfter(source, from)).toBeLessThanOrEqual(maxHours)
  })

  it('dueAt returns null for a source without a schedule', () => {
    expect(dueAt(sourceOf(null))).toBeNull()
  })

  it('dueAt returns different times for different sources with the same schedule', () => {
    const urls = ['https://a.gov.vn/', 'https://b.gov.vn/', 'https://c.gov.vn/']
    const times = urls.map((url) => dueAt(sourceOf(360, { lastTriedAt: triedAt }, url))?.getTime())
    expect(new Set(times).size).toBe(3)
  })
})

it('the scheduler starts a single refresh of a source that has missed several refreshes', async () => {
  const now = new Date('2026-11-24T00:00:00Z')
  let source = sourceOf(360, { lastTriedAt: '2026-11-01T00:00:00Z' })
  const started: string[][] = []
  const scheduler = startScheduler({
    listSources: () => Promise.resolve([source, sourceOf(null, {}, 'https://b.gov.vn/')]),
    isUnderWay: () => false,
    start(due) {
      started.push(due.map(({ id }) => id))
      source = { ...source, health: { ...source.health, lastTriedAt: now.toISOString() } }
      return Promise.resolve()
    },
    clock: () => now,
    onFailure: (thrown) => {
      throw thrown
    },
  })
  await scheduler.checkDueSources()
  await scheduler.checkDueSources()
  scheduler.stop()
  expect(started).toEqual([[source.id]])
})
