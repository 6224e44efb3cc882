import type { BulletinSource, BulletinText, RepairName } from '../../shared/bulletin'
import type { Encoding } from '../text/encoding/legacy-encodings'
import type { PageMedia } from './page-media'
import type { Pack } from './portals/pack'
import type { Removal } from './removals/removal-log'

/** A page as received. */
export interface ReceivedPage {
  bytes: Uint8Array
  /** File name as the reader knows it. */
  name: string
  /** Charset of the Content-Type header, as sent. */
  declaredCharset?: string | null
  /** Chosen by the reader; absent or `auto`: decided by content. */
  encoding?: Encoding
  /** Repairs its reader does not want. */
  undone?: readonly RepairName[]
  /** Address the bytes came from, after redirects; null for files. */
  address?: string | null
  /** What was saved with it: references beside it, absolute addresses in its archive. Absent: nothing is known. */
  carried?: readonly string[]
  /** The reader's own packs; they come before the program's. */
  packs?: readonly Pack[]
}

/** What a page says: the text of a revision and where it comes from. */
export interface Extraction {
  text: BulletinText
  /** Canonical http(s) address the page names for itself, else null. */
  address: string | null
  source: BulletinSource
  /** Of a document of ours: sha256 of the page it was made from, which identifies a bulletin without an address. */
  origin?: string | null
  charset: { name: string; bom: boolean }
  media: PageMedia
  /** What was left out of the page, by which step and why. */
  log: readonly Removal[]
  /** `pack`: id and version of the pack that read the page (`liferay/1`), null where none fits. */
  extractor: { name: 'page-dump' | 'simple-html' | 'own-document'; version: number; pack: string | null }
}
