import type { BulletinSource, BulletinText, RepairName } from '../../shared/bulletin'
import type { Encoding } from '../text/encoding/legacy-encodings'
import type { PageMedia } from './page-media'
import type { Pack } from './portals/pack'
import type { Removal } from './removals/removal-log'

/** A page as received, with the facts that are known about it. */
export interface ReceivedPage {
  bytes: Uint8Array
  /** File name as the user knows it. */
  name: string
  /** Charset of the Content-Type header, as the server sent it. */
  declaredCharset?: string | null
  /** Encoding that the user chose. If it is absent or `auto`, the content decides. */
  encoding?: Encoding
  /** Repairs that the user undid. */
  undone?: readonly RepairName[]
  /** Address that the bytes came from, after redirects; null for files. */
  address?: string | null
  /**
   * References to files beside the page and absolute addresses in its archive, if they were saved with the page. Absent
   * if nothing is known.
   */
  savedReferences?: readonly string[]
  /** The user's own packs. They come before the built-in packs. */
  packs?: readonly Pack[]
}

/** The result of an extraction: the text of a revision, its pictures and files, and its origin. */
export interface Extraction {
  text: BulletinText
  /** Canonical http(s) address of the page, or null if it is not known. */
  address: string | null
  source: BulletinSource
  /** Only for an exported bulletin: sha256 of its original page. It identifies a bulletin that has no address. */
  origin?: string | null
  charset: { name: string; bom: boolean }
  media: PageMedia
  /** Pieces that were left out of the page, with the step and the reason. */
  log: readonly Removal[]
  /** `pack`: id and version of the pack that was used (`liferay/1`), or null if no pack matched. */
  extractor: { name: 'page-dump' | 'simple-html' | 'own-document'; version: number; pack: string | null }
}
