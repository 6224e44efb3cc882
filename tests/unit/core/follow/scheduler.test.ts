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

describe('a source is due', () => {
  const tried = '2026-11-20T00:00:00Z'
  it.each<[string, Source, string, number, number]>([
    ['at once when it was never looked at', sourceOf(360), '2026-11-01T00:00:00Z', 0, 0],
    ['six hours after the last try, or a little later', sourceOf(360, { lastTriedAt: tried }), tried, 6, 6.6],
    ['sooner after a failure', sourceOf(1440, { lastTriedAt: tried, failuresInARow: 1, lastError }), tried, 0.5, 0.55],
    ['less soon after the second', sourceOf(1440, { lastTriedAt: tried, failuresInARow: 2, lastError }), tried, 1, 1.1],
    [
      'as its schedule says after many',
      sourceOf(1440, { lastTriedAt: tried, failuresInARow: 9, lastError }),
      tried,
      24,
      26.4,
    ],
  ])('%s', (_name, source, from, least, most) => {
    expect(hoursAfter(source, from)).toBeGreaterThanOrEqual(least)
    expect(hoursAfter(source, from)).toBeLessThanOrEqual(most)
  })

  it('never where it has no schedule', () => {
    expect(dueAt(sourceOf(null))).toBeNull()
  })

  it('not at the very time of its neighbours', () => {
    const urls = ['https://a.gov.vn/', 'https://b.gov.vn/', 'https://c.gov.vn/']
    const times = urls.map((url) => dueAt(sourceOf(360, { lastTriedAt: tried }, url))?.getTime())
    expect(new Set(times).size).toBe(3)
  })
})

it('times that were missed are made up for once', async () => {
  const now = new Date('2026-11-24T00:00:00Z')
  let source = sourceOf(360, { lastTriedAt: '2026-11-01T00:00:00Z' })
  const started: string[][] = []
  const schedules = startScheduler({
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
  await schedules.checkDueSources()
  await schedules.checkDueSources()
  schedules.stop()
  expect(started).toEqual([[source.id]])
})
