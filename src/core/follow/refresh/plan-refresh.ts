import { AppError } from '../../../shared/errors'
import type { Refresh } from '../../../shared/refresh'
import type { Source } from '../../../shared/source'
import { canonicalAddress } from '../../fetch/url'
import type { Library } from '../../library/library'
import {
  isSince,
  type KnownEntry,
  type CrawlState,
  type RefreshPlan,
  type PlannedPage,
} from '../../library/sources/refresh-documents'
import {
  type FollowedChannel,
  fetchChannelPage,
  type FetchedChannelPage,
  type FetchChannelPageOptions,
} from './channel-page'
import { fatalErrorCodes } from '../../fatal-errors'

/** No list of a portal has so many pages. */
const maxPages = 10_000
/** A source with more list pages than this is not followed to its end again when a page brings nothing new. */
const maxPagesToRevisit = 50
/** So many kept pages are asked for again in one refresh, those that nobody looked at for longest. */
const maxRechecks = 500
/** A page that is gone is asked for again after so long. */
const notFoundRecheckMs = 7 * 24 * 3_600_000

/** What planning needs. */
export interface PlanOptions extends FetchChannelPageOptions {
  library: Pick<Library, 'findByOrigin'>
  now: Date
  wanted: Pick<Refresh, 'reason' | 'since' | 'max' | 'month'>
  onFound(count: number): void
}

/**
 * The pages that a refresh of a source will ask for: what its channels name and is not kept yet, newest first, then kept
 * pages to look whether they changed. What is found is noted in `knowledge`. A channel that can't be had holds up no
 * other; throws what the first failed with where none could be had, `cancelled`, and what concerns the library.
 */
export async function planRefresh(source: Source, knowledge: CrawlState, options: PlanOptions): Promise<RefreshPlan> {
  const isRescue = options.wanted.reason === 'rescue'
  // How far back the reader wants a source goes for every refresh that does not say otherwise; a rescue wants all.
  const since = options.wanted.since ?? (isRescue ? null : (source.since ?? null))
  const wanted = { ...options.wanted, since }
  // What all lists named is known; who only looks wants to know it anew.
  const isKnown = isRescue && knowledge.isWhole && wanted.month !== 'nothing'
  const seen = isKnown ? new Set(Object.keys(knowledge.entries)) : new Set<string>()
  if (seen.size === 0) await followChannels(source.channels, knowledge, seen, { ...options, wanted })
  const fresh: PlannedPage[] = []
  const kept: KnownEntry[] = []
  for (const [key, entry] of Object.entries(knowledge.entries)) {
    if (!isWanted(entry, wanted)) continue
    const { id, isDeleted } = await options.library.findByOrigin(
      entry.id === null ? { address: key } : { id: entry.id },
    )
    if (isDeleted || (id === null && entry.isDeleted === true)) continue
    if (id !== null) entry.id = id
    if (id !== null) kept.push(entry)
    else if (entry.goneAt === null || isRested(entry, options.now)) fresh.push(entry)
  }
  // A stable sort: entries without a date keep the order in which they were found.
  fresh.sort((a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''))
  const again = isRescue ? [] : rechecks(kept, options.now)
  const most = wanted.max ?? Infinity
  const entries = [...fresh.slice(0, most), ...again.slice(0, most)]
  return {
    found: seen.size,
    entries: entries.map(({ url, title, publishedAt }) => ({ url, title, publishedAt })),
  }
}

async function followChannels(
  channels: readonly FollowedChannel[],
  knowledge: CrawlState,
  seen: Set<string>,
  options: PlanOptions,
): Promise<void> {
  const failures: unknown[] = []
  let isToEnd = options.wanted.since === null && options.wanted.max === null
  for (const channel of channels)
    try {
      if (!(await followChannel(channel, knowledge, seen, options))) isToEnd = false
    } catch (thrown) {
      if (thrown instanceof AppError && (fatalErrorCodes.has(thrown.code) || thrown.code === 'offline')) throw thrown
      failures.push(thrown)
      isToEnd = false
    }
  if (failures.length > 0 && failures.length === channels.length) throw failures[0]
  if (!isToEnd) return
  knowledge.isWhole = true
  // A feed lets go of what is old; lists and sitemaps don't.
  const lists = channels.some(({ kind }) => kind !== 'feed')
  for (const [key, entry] of Object.entries(knowledge.entries)) {
    // Listed again: it may be there again.
    if (entry.unlistedAt !== null && entry.goneAt !== null && seen.has(key)) entry.checkedAt = null
    entry.unlistedAt = !lists || seen.has(key) ? null : (entry.unlistedAt ?? options.now.toISOString())
  }
}

/** Follows one channel back; whether its end was reached. */
async function followChannel(
  channel: FollowedChannel,
  knowledge: CrawlState,
  seen: Set<string>,
  options: PlanOptions,
): Promise<boolean> {
  const visited = new Set<string>()
  const waiting = [channel.url]
  const isLong = Object.keys(knowledge.pages).length > maxPagesToRevisit
  const { since, max, reason } = options.wanted
  let fresh = 0
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    if (visited.has(url)) continue
    if (visited.size >= maxPages) return false
    visited.add(url)
    const page = await fetchChannelPage(channel, url, knowledge, options)
    const keys = page.entries.map((entry) => canonicalAddress(entry.url))
    const isNew = keys.filter((key) => knowledge.entries[key]?.id === null && !seen.has(key))
    fresh += isNew.length
    for (const key of keys) seen.add(key)
    options.onFound(seen.size)
    const parts = page.parts.filter(({ changedAt }) => since === null || changedAt === null || changedAt >= since)
    waiting.push(
      ...parts.toSorted((a, b) => (b.changedAt ?? '').localeCompare(a.changedAt ?? '')).map((part) => part.url),
    )
    if (page.next === null) continue
    const isNothingNew = isLong && knowledge.isWhole && isNew.length === 0 && reason !== 'rescue'
    if (isBefore(page, since) || (max !== null && fresh >= max) || isNothingNew) return false
    waiting.push(page.next)
  }
  return since === null
}

/** Whether all of a page's dated entries are older than the day asked for. */
function isBefore({ entries }: FetchedChannelPage, since: string | null): boolean {
  const dated = entries.filter(({ publishedAt }) => publishedAt !== null)
  return dated.length > 0 && !dated.some((entry) => isSince(entry, since))
}

function isWanted(entry: KnownEntry, { since, month }: PlanOptions['wanted']): boolean {
  const { publishedAt } = entry
  if (month === 'nothing') return false
  if (month === 'undated') return publishedAt === null
  if (month !== null) return publishedAt?.startsWith(month) === true
  return isSince(entry, since)
}

function rechecks(kept: KnownEntry[], now: Date): KnownEntry[] {
  const key = ({ unlistedAt, checkedAt }: KnownEntry): string => `${unlistedAt === null ? 1 : 0}${checkedAt ?? ''}`
  return kept
    .filter((entry) => entry.goneAt === null || isRested(entry, now))
    .toSorted((a, b) => key(a).localeCompare(key(b)))
    .slice(0, maxRechecks)
}

function isRested({ checkedAt }: KnownEntry, now: Date): boolean {
  return checkedAt === null || now.getTime() - Date.parse(checkedAt) > notFoundRecheckMs
}
