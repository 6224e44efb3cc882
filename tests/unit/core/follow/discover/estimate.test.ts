import { describe, expect, it } from 'vitest'
import { createEstimate } from '../../../../../src/core/follow/discover/estimate'
import type { Entry } from '../../../../../src/shared/source'

const now = new Date('2026-11-24T00:00:00Z')
const dated = (...dates: (string | null)[]): Entry[] =>
  dates.map((publishedAt, at) => ({ url: `https://x.vn/${at}`, title: 'Tin', publishedAt, summary: null }))

describe('the estimate of the bulletins of a channel', () => {
  it.each<[string, Entry[], number | null]>([
    ['counts the last month if the dates reach back that far', dated('2026-11-20', '2026-11-01', '2026-09-01'), 2],
    [
      'extrapolates the last month if the dates do not reach back that far',
      dated('2026-11-23', '2026-11-21', '2026-11-19', '2026-11-18'),
      20,
    ],
    ['does not extrapolate from one entry', dated('2026-11-23'), 1],
    ['counts no entry of a channel without recent entries', dated('2020-09-08', '2020-09-01'), 0],
    ['returns null for the last month if no entry has a date', dated(null, null), null],
    ['ignores dates in the future', dated('2099-01-01', '2026-11-20', '2020-01-01'), 1],
  ])('createEstimate %s', (_name, entries, lastMonth) => {
    expect(createEstimate(entries, null, now).lastMonth).toBe(lastMonth)
  })

  it('createEstimate returns the newest and the oldest date, and the number of entries', () => {
    const { newest, oldest, seen } = createEstimate(dated('2026-11-01', null, '2026-11-20T08:00:00+07:00'), null, now)
    expect([newest, oldest, seen]).toEqual(['2026-11-20T08:00:00+07:00', '2026-11-01', 3])
  })
})
