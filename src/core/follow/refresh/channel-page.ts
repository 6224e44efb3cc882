import type { Source } from '../../../shared/source'
import type { FetchAddress } from '../../fetch/fetch-result'
import type { TypedHost } from '../../fetch/ssrf-guard'
import { shortAddress } from '../../fetch/url'
import type { ChannelPage, CrawlState } from '../../library/sources/refresh-documents'
import type { RunTask } from '../../threads/task'
import { endLongTurn } from '../../threads/event-loop'
import { channelPageTask } from '../follow-tasks'
import type { ChannelPageContent, PageEntry } from '../read-channel-page'

/** A feed, listing or sitemap from which a refresh learns the pages of a source. */
export type FollowedChannel = Source['channels'][number]

/** The dependencies of {@link fetchChannelPage}. */
export interface FetchChannelPageParts {
  fetchAddress: FetchAddress
  runTask: RunTask
  typed: TypedHost | undefined
  signal: AbortSignal
  /** Called with the number of bytes of each response. */
  onBytes(count: number): void
}

/**
 * Fetches a page of a channel. Records the page and its entries in `crawlState`. If the server reports that the page is
 * unchanged, returns the recorded entries. Throws the errors of {@link FetchAddress} and {@link channelPageTask}.
 */
export async function fetchChannelPage(
  { kind }: Pick<FollowedChannel, 'kind'>,
  url: string,
  crawlState: CrawlState,
  { fetchAddress, runTask, typed, signal, onBytes }: FetchChannelPageParts,
): Promise<ChannelPageContent> {
  const known = crawlState.pages[url]
  const fetched = await fetchAddress(url, {
    signal,
    accept: kind === 'feed' ? 'feed' : 'page',
    ...(typed === undefined ? {} : { typed }),
    ...(known === undefined ? {} : { validators: { etag: known.etag, lastModified: known.lastModified } }),
  })
  onBytes(fetched.received.byteLength)
  if (fetched.status === 304 && known !== undefined) return restorePage(known, crawlState)
  const { address, bytes, charset } = fetched
  const page = await runTask(
    channelPageTask,
    { kind, address, bytes, charset },
    { name: shortAddress(address), signal },
  )
  const { etag, lastModified } = fetched.validators
  const keys = page.entries.map(({ key }) => key)
  crawlState.pages[url] = { ...known, etag, lastModified, entries: keys, next: page.next, parts: page.parts }
  for (const entry of page.entries) {
    recordEntry(crawlState, entry)
    await endLongTurn()
  }
  return page
}

function restorePage({ entries, next, parts }: ChannelPage, crawlState: CrawlState): ChannelPageContent {
  const known = entries.flatMap((key) => {
    const entry = crawlState.entries[key]
    return entry === undefined ? [] : [{ ...entry, key, summary: null }]
  })
  return { entries: known, next, parts }
}

function recordEntry(crawlState: CrawlState, { key, url, title, publishedAt }: PageEntry): void {
  const known = crawlState.entries[key]
  crawlState.entries[key] = {
    id: null,
    etag: null,
    lastModified: null,
    checkedAt: null,
    goneAt: null,
    unlistedAt: null,
    ...known,
    // The new address replaces the recorded one, because a page may have moved between http and https.
    url,
    title: title ?? known?.title ?? null,
    publishedAt: known?.publishedAt ?? publishedAt,
  }
}
