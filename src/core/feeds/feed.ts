import type { Entry } from '../../shared/source'

/** A parsed feed. */
export interface Feed {
  /** `cdf` is Microsoft's Channel Definition Format, which is older than RSS. */
  format: 'rss' | 'rdf' | 'atom' | 'cdf' | 'json'
  title: string | null
  /** The page that the feed belongs to. */
  home: string | null
  /** The address of the feed document with older entries (RFC 5005, `next_url` of JSON Feed). */
  next: string | null
  /** The entries in the feed's order. An entry that the feed gives twice appears twice. */
  entries: Entry[]
  /** Whether entries were left out because the feed exceeds a limit. */
  isCut: boolean
}
