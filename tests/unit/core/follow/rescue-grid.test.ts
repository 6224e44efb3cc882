import { describe, expect, it } from 'vitest'
import { createRescueGrid } from '../../../../src/core/follow/rescue-grid'
import type { KnownEntry } from '../../../../src/core/library/sources/refresh-documents'

describe('the counts of a source by month', () => {
  const entry = (given: Partial<KnownEntry>): KnownEntry => ({
    url: '',
    title: null,
    publishedAt: null,
    id: null,
    etag: null,
    lastModified: null,
    checkedAt: null,
    goneAt: null,
    unlistedAt: null,
    ...given,
  })

  it('createRescueGrid counts found, stored and removed entries, and does not count deleted bulletins', () => {
    const entries = {
      a: entry({ publishedAt: '2019-03-05', id: 'x' }),
      b: entry({ publishedAt: '2019-03-31T08:00:00+07:00' }),
      c: entry({ publishedAt: '2018-12' }),
      d: entry({}),
      e: entry({ publishedAt: '2019-03-01', isDeleted: true }),
      f: entry({ publishedAt: '2019-03-02', goneAt: '2026-11-24T00:00:00.000Z' }),
      g: entry({ publishedAt: '2019-03-04', id: 'y', goneAt: '2026-11-24T00:00:00.000Z' }),
      h: entry({ goneAt: '2026-11-24T00:00:00.000Z' }),
    }
    expect(createRescueGrid({ pages: {}, entries, isWhole: true })).toEqual({
      months: [
        { month: '2018-12', found: 1, kept: 0, gone: 0 },
        { month: '2019-03', found: 4, kept: 2, gone: 1 },
      ],
      undated: { found: 2, kept: 0, gone: 1 },
      isWhole: true,
    })
  })
})
