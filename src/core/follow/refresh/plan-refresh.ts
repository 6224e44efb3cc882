import { AppError } from '../../../shared/errors'
import type { Refresh } from '../../../shared/refresh'
import type { Source } from '../../../shared/source'
import { fatalErrorCodes } from '../../fatal-errors'
import type { Library } from '../../library/library'
import {
  type CrawlState,
  isSince,
  type KnownEntry,
  type PlannedPage,
  type RefreshPlan,
} from '../../library/sources/refresh-documents'
import { endLongTurn } from '../../threads/event-loop'
import { type FetchChannelPageParts, fetchChannelPage, type FollowedChannel } from './channel-page'
import type { ChannelPageContent } from '../read-channel-page'

/** Maximum number of pages of one channel (feed, listing or sitemap) that a refresh reads. Real channels have fewer. */
const maxChannelPages = 10_000
/**
 * Maximum number of pages in the crawl state of a source (what refreshes have found) for which a refresh reads every
 * page of each channel. Above this number, it stops at the first page without a new entry.
 */
const maxPagesToRevisit = 50
/** Maximum number of stored pages that one refresh checks for changes. Those whose last check is oldest come first. */
const maxRechecks = 500
/**
 * The time, in milliseconds, for which a page is not requested again after the server answered that it does not exist.
 */
const notFoundRecheckMs = 7 * 24 * 3_600_000

/** The dependencies of {@link planRefresh}. */
export interface PlanRefreshParts extends FetchChannelPageParts {
  library: Pick<Library, 'findByOrigin'>
  now: Date
  wanted: Pick<Refresh, 'reason' | 'since' | 'max' | 'month'>
  onFound(count: number): void
}

/**
 * Makes the plan of a refresh: the list of pages that the refresh will request. The new pages come first, sorted from
 * the newest to the oldest. The stored pages that may have changed follow.
 * Records the entries of the channels in `crawlState`. Skips a channel that fails. If all channels fail, throws the
 * error of the first one. Throws `cancelled`, `offline`, and the errors that concern the whole library.
 */
export async function planRefresh(
  source: Source,
  crawlState: CrawlState,
  parts: PlanRefreshParts,
): Promise<RefreshPlan> {
  const isRescue = parts.wanted.reason === 'rescue'
  // The first day of the source applies if the refresh has none. A rescue, in which the user asks for missing bulletins
  // of the past, has no first day.
  const since = parts.wanted.since ?? (isRescue ? null : (source.since ?? null))
  const wanted = { ...parts.wanted, since }
  // A rescue reads the channels only if no earlier refresh has read them to their end. A rescue whose month is
  // `nothing` always reads the channels and requests no bulletin.
  const isKnown = isRescue && crawlState.isWhole && wanted.month !== 'nothing'
  const seen = isKnown ? new Set(Object.keys(crawlState.entries)) : new Set<string>()
  if (seen.size === 0) await followChannels(source.channels, crawlState, seen, { ...parts, wanted })
  const fresh: PlannedPage[] = []
  const stored: KnownEntry[] = []
  for (const [key, entry] of Object.entries(crawlState.entries)) {
    if (!isWanted(entry, wanted)) continue
    await endLongTurn()
    const { id, isDeleted } = await parts.library.findByOrigin(entry.id === null ? { address: key } : { id: entry.id })
    if (isDeleted || (id === null && entry.isDeleted === true)) continue
    if (id !== null) {
      entry.id = id
      stored.push(entry)
    } else if (entry.goneAt === null || isRecheckDue(entry, parts.now)) fresh.push(entry)
  }
  // The sort is stable. Entries without a date keep the order in which they were found.
  fresh.sort((a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''))
  const rechecks = isRescue ? [] : chooseRechecks(stored, parts.now)
  const maxPages = wanted.max ?? Infinity
  const entries = [...fresh.slice(0, maxPages), ...rechecks.slice(0, maxPages)]
  return {
    found: seen.size,
    entries: entries.map(({ url, title, publishedAt }) => ({ url, title, publishedAt })),
  }
}

/** Reads the channels. Adds to `seen` the keys (canonical addresses) of all entries that the channels list. */
async function followChannels(
  channels: readonly FollowedChannel[],
  crawlState: CrawlState,
  seen: Set<string>,
  parts: PlanRefreshParts,
): Promise<void> {
  const failures: unknown[] = []
  let isWhole = parts.wanted.since === null && parts.wanted.max === null
  for (const channel of channels)
    try {
      if (!(await followChannel(channel, crawlState, seen, parts))) isWhole = false
    } catch (thrown) {
      if (thrown instanceof AppError && (fatalErrorCodes.has(thrown.code) || thrown.code === 'offline')) throw thrown
      failures.push(thrown)
      isWhole = false
    }
  if (failures.length > 0 && failures.length === channels.length) throw failures[0]
  if (!isWhole) return
  crawlState.isWhole = true
  // A feed drops old entries, so an entry that is missing from it may still exist. Listings and sitemaps keep old
  // entries.
  const keepsOldEntries = channels.some(({ kind }) => kind !== 'feed')
  for (const [key, entry] of Object.entries(crawlState.entries)) {
    // If the channels list a removed entry again, its page may exist again. This refresh checks the page.
    if (entry.unlistedAt !== null && entry.goneAt !== null && seen.has(key)) entry.checkedAt = null
    const isListed = !keepsOldEntries || seen.has(key)
    entry.unlistedAt = isListed ? null : (entry.unlistedAt ?? parts.now.toISOString())
  }
}

/** Reads the pages of one channel, starting with the newest page. Returns whether it reached the end of the channel. */
async function followChannel(
  channel: FollowedChannel,
  crawlState: CrawlState,
  seen: Set<string>,
  parts: PlanRefreshParts,
): Promise<boolean> {
  const visited = new Set<string>()
  const waiting = [channel.url]
  const isLong = Object.keys(crawlState.pages).length > maxPagesToRevisit
  const { since, max, reason } = parts.wanted
  let newCount = 0
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    if (visited.has(url)) continue
    if (visited.size >= maxChannelPages) return false
    visited.add(url)
    const page = await fetchChannelPage(channel, url, crawlState, parts)
    const keys = page.entries.map(({ key }) => key)
    const newKeys = keys.filter((key) => crawlState.entries[key]?.id === null && !seen.has(key))
    newCount += newKeys.length
    for (const key of keys) seen.add(key)
    parts.onFound(seen.size)
    const sitemaps = page.parts.filter(({ changedAt }) => since === null || changedAt === null || changedAt >= since)
    const newestFirst = sitemaps.toSorted((a, b) => (b.changedAt ?? '').localeCompare(a.changedAt ?? ''))
    waiting.push(...newestFirst.map((sitemap) => sitemap.url))
    if (page.next === null) continue
    const hasNothingNew = isLong && crawlState.isWhole && newKeys.length === 0 && reason !== 'rescue'
    if (isBefore(page, since) || (max !== null && newCount >= max) || hasNothingNew) return false
    waiting.push(page.next)
  }
  return since === null
}

/** Whether all entries with a date are older than `since`. */
function isBefore({ entries }: ChannelPageContent, since: string | null): boolean {
  const dated = entries.filter(({ publishedAt }) => publishedAt !== null)
  return dated.length > 0 && !dated.some((entry) => isSince(entry, since))
}

function isWanted(entry: KnownEntry, { since, month }: PlanRefreshParts['wanted']): boolean {
  const { publishedAt } = entry
  if (month === 'nothing') return false
  if (month === 'undated') return publishedAt === null
  if (month !== null) return publishedAt?.startsWith(month) === true
  return isSince(entry, since)
}

/**
 * Returns the stored pages to check for changes. Pages that the channels no longer list come first. Within both groups,
 * the page whose last check is oldest comes first.
 */
function chooseRechecks(stored: KnownEntry[], now: Date): KnownEntry[] {
  const rank = ({ unlistedAt, checkedAt }: KnownEntry): string => `${unlistedAt === null ? 1 : 0}${checkedAt ?? ''}`
  return stored
    .filter((entry) => entry.goneAt === null || isRecheckDue(entry, now))
    .toSorted((a, b) => rank(a).localeCompare(rank(b)))
    .slice(0, maxRechecks)
}

function isRecheckDue({ checkedAt }: KnownEntry, now: Date): boolean {
  return checkedAt === null || now.getTime() - Date.parse(checkedAt) > notFoundRecheckMs
}
