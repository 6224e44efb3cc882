import { describe, expect, it } from 'vitest'
import type { FetchResult, FetchOptions } from '../../../../../src/core/fetch/fetch-result'
import { fetchChannelPage } from '../../../../../src/core/follow/refresh/channel-page'
import type { CrawlState } from '../../../../../src/core/library/sources/refresh-documents'
import { createParsing } from '../../../../../src/core/parsing/create-parsing'

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
  // fetchChannelPage reads nothing from `facts`.
  facts: {} as FetchResult['facts'],
  ...given,
})
const emptyCrawlState = (): CrawlState => ({ pages: {}, entries: {}, isWhole: false })

describe('fetchChannelPage', () => {
  it('fetchChannelPage sends the stored validators, and returns the stored entries for an unchanged page', async () => {
    const crawlState = emptyCrawlState()
    const requests: FetchOptions[] = []
    const fetchPage = (fetched: FetchResult): ReturnType<typeof fetchChannelPage> =>
      fetchChannelPage({ kind: 'feed' }, 'https://a.gov.vn/rss', crawlState, {
        typed: undefined,
        signal: new AbortController().signal,
        onBytes: () => undefined,
        runTask: createParsing(null).run,
        fetchAddress(_address, options) {
          requests.push(options)
          return Promise.resolve(fetched)
        },
      })
    const first = await fetchPage(answer({}))
    const second = await fetchPage(answer({ status: 304, bytes: Buffer.of(), received: Buffer.of() }))
    expect(requests.map(({ validators }) => validators)).toEqual([undefined, { etag: '"1"', lastModified: null }])
    expect(second.entries.map(({ url, title, publishedAt }) => ({ url, title, publishedAt }))).toEqual(
      first.entries.map(({ url, title, publishedAt }) => ({ url, title, publishedAt })),
    )
    expect(first.entries).toHaveLength(1)
  })
})
