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

describe('isPlanned', () => {
  it.each([
    ['false while a source still looks for its pages', [source('done', 12), source('running', 0)], false],
    ['false while a source waits', [source('running', 12), source('waiting', 0)], false],
    ['true if every source knows its pages', [source('running', 12), source('running', 300)], true],
    [
      'true if the sources without pages have ended',
      [source('running', 12), source('failed', 0), source('done', 0)],
      true,
    ],
  ])('isPlanned returns %s', (_when, sources, isKnown) => {
    expect(isPlanned({ sources })).toBe(isKnown)
  })
})
