import { describe, expect, it } from 'vitest'
import { fetchChannelPage } from '../../../../src/core/follow/refresh/channel-page'
import { checkOf, chosenChannels, foundSourceOf, createRescueGrid } from '../../../../src/core/follow/sources'
import type { Discovery } from '../../../../src/core/follow/discover/discover'
import type { FetchResult, FetchOptions } from '../../../../src/core/fetch/fetch-result'
import type { CrawlState, KnownEntry } from '../../../../src/core/library/sources/refresh-documents'
import type { SourceKind } from '../../../../src/shared/source'

const rss =
  '<rss><channel><title>Tin</title><item><title>Bài một</title><link>https://a.gov.vn/1</link><pubDate>Tue, 24 Nov 2026 01:00:00 GMT</pubDate></item></channel></rss>'
const answer = (given: Partial<FetchResult>): FetchResult => ({
  address: 'https://a.gov.vn/rss',
  status: 200,
  bytes: Buffer.from(rss),
  received: Buffer.from(rss),
  mediaType: 'application/rss+xml',
  charset: 'utf-8',
  fileName: null,
  validators: { etag: '"1"', lastModified: null },
  // What a page of a channel is read from needs none of them.
  facts: {} as FetchResult['facts'],
  ...given,
})
const nothing = (): CrawlState => ({ pages: {}, entries: {}, isWhole: false })

describe('a page of a feed', () => {
  it('that has not changed gives the entries it gave, asked for with what its server gave', async () => {
    const knowledge = nothing()
    const asked: FetchOptions[] = []
    const look = (fetched: FetchResult): ReturnType<typeof fetchChannelPage> =>
      fetchChannelPage({ kind: 'feed' }, 'https://a.gov.vn/rss', knowledge, {
        typed: undefined,
        signal: new AbortController().signal,
        onBytes: () => undefined,
        fetchAddress(_address, options) {
          asked.push(options)
          return Promise.resolve(fetched)
        },
      })
    const first = await look(answer({}))
    const second = await look(answer({ status: 304, bytes: Buffer.of(), received: Buffer.of() }))
    expect(asked.map(({ validators }) => validators)).toEqual([undefined, { etag: '"1"', lastModified: null }])
    expect(second.entries.map(({ url, title, publishedAt }) => ({ url, title, publishedAt }))).toEqual(
      first.entries.map(({ url, title, publishedAt }) => ({ url, title, publishedAt })),
    )
    expect(first.entries).toHaveLength(1)
  })
})

const estimate = { seen: 0, total: null, lastMonth: null, bytes: 0, newest: null, oldest: null }
const channel = (kind: Exclude<SourceKind, 'portal'>, reachesBack = false): Discovery['channels'][number] => ({
  kind,
  url: `https://a.gov.vn/${kind}`,
  title: null,
  entries: [{ url: 'https://a.gov.vn/1', title: 'Bài một', publishedAt: null, summary: null }],
  total: null,
  reachesBack,
  samples: [],
  estimate,
})
const found = (kind: Discovery['kind'], ...channels: Discovery['channels']): Discovery => ({
  kind,
  address: 'https://a.gov.vn/',
  title: 'Trang chủ - Cổng Sơn Khê',
  channels,
  failed: [],
  estimate,
  isCut: false,
})

describe('what was found at an address', () => {
  it.each<[string, Discovery, string[]]>([
    ['a feed is followed alone', found('feed', channel('feed'), channel('listing')), ['feed']],
    ['of a bulletin nothing is', found('bulletin', channel('feed')), []],
    [
      'of a portal whose lists reach back its sitemaps are not',
      found('portal', channel('feed'), channel('sitemap', true), channel('listing', true)),
      ['feed', 'listing'],
    ],
    [
      'of a portal whose lists do not, they are',
      found('portal', channel('sitemap', true), channel('listing')),
      ['sitemap', 'listing'],
    ],
  ])('%s', (_name, discovery, kinds) => {
    expect(chosenChannels(discovery).map(({ kind }) => kind)).toEqual(kinds)
    const chosen = foundSourceOf(discovery).channels.filter(({ isChosen }) => isChosen)
    expect(chosen.map(({ kind }) => kind)).toEqual(kinds)
  })

  it('is called by the name of the site, and gives each entry once', () => {
    const discovery = found('portal', channel('feed'), channel('listing', true))
    expect(foundSourceOf(discovery).title).toBe('Cổng Sơn Khê')
    expect(checkOf(discovery).entries).toEqual([{ url: 'https://a.gov.vn/1', title: 'Bài một', publishedAt: null }])
  })
})

describe('the rescue grid', () => {
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

  it('counts by month, the undated by themselves, what was gone before it was kept, and not what its reader deleted', () => {
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
