import type { BulletinSource, BulletinText, RepairName } from '../../shared/bulletin'
import type { Encoding } from '../text/encoding/legacy-encodings'
import type { PageMedia } from './page-media'
import type { Pack } from './portals/pack'
import type { PageAccount } from './removals/page-account'
import type { Removal } from './removals/removal-log'

/** The bytes of a page, and what is known about the page. */
export interface ReceivedPage {
  bytes: Uint8Array
  /** Name of the file, as the user sees it. */
  name: string
  /** Charset of the Content-Type header, as the server sent it. */
  declaredCharset?: string | null
  /** Encoding that the user chose. If the value is absent or `auto`, the encoding is detected from the content. */
  encoding?: Encoding
  /** Repairs that the user undid. */
  undone?: readonly RepairName[]
  /** Address that the bytes came from, after redirects. Null for files. */
  address?: string | null
  /** Whether a page that only lists bulletins is refused with `page-of-links`. False if absent. */
  refusesLists?: boolean
  /**
   * Address that a saved page came from, if the folder or the archive with the page names that address. Absent
   * otherwise.
   */
  savedFrom?: string | null
  /**
   * What was saved together with the page: relative references to files beside the page, and absolute addresses of
   * files in the archive of the page. Absent if this is not known.
   */
  savedReferences?: readonly string[]
  /** Whether the text keeps everything that the page shows, without looking for an article. False if absent. */
  keepsAll?: boolean
  /** The user's own packs, which are tried before the built-in packs. */
  packs?: readonly Pack[]
  /** Whether the bytes may be a web archive with a page inside. */
  mayBeArchive?: boolean
}

/** A picture or file of a web archive. `fileName` is the last part of its address. */
export interface ArchivedFile {
  bytes: Uint8Array
  fileName: string | null
}

/** The result of an extraction: the text of a revision, its pictures and files, and its origin. */
export interface Extraction {
  text: BulletinText
  /** Canonical http(s) address of the page, or null if it is not known. */
  address: string | null
  source: BulletinSource
  /**
   * The sha256 of the original page, only for an exported bulletin. The hash identifies a bulletin without an address.
   */
  origin?: string | null
  charset: { name: string; bom: boolean }
  media: PageMedia
  /** The addresses of the further pages of an article that is split into several pages. See `takeMorePages`. */
  morePages: readonly string[]
  /** The files of a web archive that the page shows, by the addresses in `media`. Absent for any other file. */
  archived?: ReadonlyMap<string, ArchivedFile>
  /**
   * The parts of the page that the extraction removed. Each entry contains the reason and the number of the step that
   * removed the part.
   */
  log: readonly Removal[]
  /**
   * How many characters of the page were kept and removed. Null for a text dump, a text in the metadata and an exported
   * bulletin.
   */
  account: PageAccount | null
  /** `pack`: id and version of the pack that was used (`liferay/1`), or null if no pack matched. */
  extractor: { name: 'page-dump' | 'simple-html' | 'own-document'; version: number; pack: string | null }
}
