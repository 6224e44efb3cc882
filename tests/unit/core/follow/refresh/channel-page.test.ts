import { describe, expect, it } from 'vitest'
import type { FetchResult, FetchOptions } from '../../../../../src/core/fetch/fetch-result'
import { fetchChannelPage } from '../../../../../src/core/follow/refresh/channel-page'
import type { CrawlState } from '../../../../../src/core/library/sources/refresh-documents'

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
