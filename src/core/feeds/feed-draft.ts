import type { Entry } from '../../shared/source'
import { type DateOrder, dateOrderOf, readFeedDate } from './feed-dates'
import { resolveLink } from './resolve-link'

/** A channel or an entry while it is read. */
export interface Draft {
  title: string | null
  summary: string | null
  /** As written; which one is an entry's date is told by rank. */
  dates: { published: string | null; updated: string | null }
  /** The address of a guid, an id or an attribute, where no link gives one. */
  fallbackUrl: string | null
  next: string | null
  addLink(rel: string, url: string | null, type: string): void
  addText(name: string, text: string | null, base: string): void
  /** The address of its page. */
  url(): string | null
}

const longestTitle = 1_000
const longestSummary = 5_000

const published = new Set(['pubdate', 'published', 'issued', 'created', 'date'])
const updated = new Set(['updated', 'modified', 'lastbuilddate'])
/** The lead stands in the first of these that is there; the others hold the whole text. */
const summaryRanks = ['description', 'summary', 'abstract', 'encoded', 'content', 'body']

/** An empty {@link Draft}. */
export function createDraft(): Draft {
  let link: string | null = null
  let alternate: { url: string; isPage: boolean } | null = null
  let summaryRank = summaryRanks.length
  return {
    title: null,
    summary: null,
    dates: { published: null, updated: null },
    fallbackUrl: null,
    next: null,
    addLink(rel, url, type) {
      if (rel === 'next' || rel === 'prev-archive') this.next ??= url
      if (rel !== 'alternate' || url === null) return
      const isPage = type === '' || /html/i.test(type)
      if (alternate === null || (isPage && !alternate.isPage)) alternate = { url, isPage }
    },
    addText(name, text, base) {
      if (text === null) return
      if (name === 'title') this.title ??= text.slice(0, longestTitle)
      if (name === 'link') link ??= resolveLink(text, base)
      if (name === 'guid' || name === 'id') this.fallbackUrl ??= /^https?:/i.test(text) ? resolveLink(text, base) : null
      if (published.has(name)) this.dates.published ??= text
      if (updated.has(name)) this.dates.updated ??= text
      const rank = summaryRanks.indexOf(name)
      if (rank < 0 || rank >= summaryRank) return
      summaryRank = rank
      this.summary = text.slice(0, longestSummary)
    },
    url: () => alternate?.url ?? link,
  }
}

/** The drafts as entries; the order of day and month is told from all their dates together. */
export function entriesOf(drafts: readonly Draft[]): Entry[] {
  const order = dateOrderOf(
    drafts.flatMap(({ dates }) => [dates.published, dates.updated].filter((date) => date !== null)),
  )
  return drafts.map((draft) => ({
    url: draft.url() ?? draft.fallbackUrl,
    title: draft.title,
    publishedAt: firstDate([draft.dates.published, draft.dates.updated], order),
    summary: draft.summary,
  }))
}

function firstDate(dates: readonly (string | null)[], order: DateOrder): string | null {
  for (const date of dates) {
    const value = date === null ? null : readFeedDate(date, order)
    if (value !== null) return value
  }
  return null
}
