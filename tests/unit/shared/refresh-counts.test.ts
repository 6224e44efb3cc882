import { describe, expect, it } from 'vitest'
import type { RefreshState, SourceRefresh } from '../../../src/shared/refresh'
import { isPlanned, emptyCounts } from '../../../src/shared/refresh-counts'

const source = (state: RefreshState, wanted: number): SourceRefresh => ({
  ...emptyCounts,
  id: '0123456789abcdef',
  name: 'Cổng',
  state,
  wanted,
  current: null,
  error: null,
  failures: [],
})

describe('a refresh of several sources', () => {
  it.each([
    ['while one is still looking what there is', [source('done', 12), source('running', 0)], false],
    ['while one waits for its turn', [source('running', 12), source('waiting', 0)], false],
    ['once each knows', [source('running', 12), source('running', 300)], true],
    ['once those that know nothing are over', [source('running', 12), source('failed', 0), source('done', 0)], true],
  ])('%s', (_when, sources, isKnown) => {
    expect(isPlanned({ sources })).toBe(isKnown)
  })
})
