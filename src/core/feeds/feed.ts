import type { Entry } from '../../shared/source'

/** A parsed feed. */
export interface Feed {
  /** The format of the feed. `cdf` is Microsoft's Channel Definition Format, which is older than RSS. */
  format: 'rss' | 'rdf' | 'atom' | 'cdf' | 'json'
  title: string | null
  /** The address of the page to which the feed belongs. */
  home: string | null
  /** The address of the next feed document, which has older entries (RFC 5005, or `next_url` of JSON Feed). */
  next: string | null
  /** The entries in the order of the feed. An entry that occurs twice in the feed is listed twice. */
  entries: Entry[]
  /** Whether entries were left out because a limit was reached. */
  isCut: boolean
}
