import type { Entry } from '../../shared/source'
import { type DateOrder, dateOrderOf, readFeedDate } from './feed-dates'
import { resolveLink } from './resolve-link'

/** The values of a feed or of one entry, collected while the feed is parsed. */
export interface Draft {
  title: string | null
  summary: string | null
  /**
   * The dates as written in the feed. The entry gets the date in `published` if this is a valid date, or else the date
   * in `updated`.
   */
  dates: { published: string | null; updated: string | null }
  /** The address in a guid, an id or an attribute. It is used if the entry has no link. */
  fallbackUrl: string | null
  /** The address of the next feed document, which has older entries. */
  next: string | null
  addLink(rel: string, url: string | null, type: string): void
  addText(name: string, text: string | null, base: string): void
  /** Returns the address of the entry's page from the links. Returns null if no link leads to a page. */
  url(): string | null
}

const maxTitleLength = 1_000
const maxSummaryLength = 5_000

const publishedNames = new Set(['pubdate', 'published', 'issued', 'created', 'date'])
const updatedNames = new Set(['updated', 'modified', 'lastbuilddate'])
/**
 * The names of the elements that may hold the summary, the preferred element first. The last elements in this list
 * usually hold the whole text.
 */
const summaryNames = ['description', 'summary', 'abstract', 'encoded', 'content', 'body']

/** Creates an empty {@link Draft}. */
export function createDraft(): Draft {
  let link: string | null = null
  let alternate: { url: string; isPage: boolean } | null = null
  let summaryRank = summaryNames.length
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
      if (name === 'title') this.title ??= text.slice(0, maxTitleLength)
      if (name === 'link') link ??= resolveLink(text, base)
      if (name === 'guid' || name === 'id') this.fallbackUrl ??= /^https?:/i.test(text) ? resolveLink(text, base) : null
      if (publishedNames.has(name)) this.dates.published ??= text
      if (updatedNames.has(name)) this.dates.updated ??= text
      const rank = summaryNames.indexOf(name)
      if (rank < 0 || rank >= summaryRank) return
      summaryRank = rank
      this.summary = text.slice(0, maxSummaryLength)
    },
    url: () => alternate?.url ?? link,
  }
}

/** Converts the drafts to entries. The order of day and month is found from the dates of all drafts together. */
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
