import type { BulletinSource, BulletinText, RepairName } from '../../../shared/bulletin'
import type { AdditionFile, NetworkPage } from '../store/captures'
import { idOf, sha256 } from '../store/identity'
import type { StoredPage } from '../store/stored-page'

/** A received page and its extracted text, ready to be stored. */
export interface Addition {
  bytes: Uint8Array
  /** The name of the file that the user imported, or of the downloaded page. */
  name: string
  /** Canonical address; null if the page has none. */
  address: string | null
  source: BulletinSource
  /**
   * If `bytes` are an exported bulletin document, this is the sha256 of the page that the document was made from.
   * Absent if `bytes` are the page itself.
   */
  origin?: string | null
  text: BulletinText
  charset: string
  extractor: { name: string; version: number; pack?: string | null }
  /** Facts of the download. Absent for a file that the user imported. */
  network?: NetworkPage
  /** Pictures and attached files that `text` refers to. The library may have some of them already. */
  files?: readonly AdditionFile[]
}

/**
 * The result of an addition. `revised` means that the text differs from the stored one. `unchanged` means that the
 * library already had this text.
 */
export interface StoredAddition {
  outcome: 'added' | 'revised' | 'unchanged'
  id: string
  title: string
  /** The bulletin's folder below the library. */
  folder: string
  /** Whether the bulletin was known under another address, with the same text. Both addresses are now stored. */
  isOtherAddress?: boolean
}

/** A page to extract again, with the choices of the user and the files that the library stores with the page. */
export interface PageToExtract
  extends
    Pick<StoredPage, 'bytes' | 'name' | 'address' | 'declaredCharset' | 'encoding' | 'readFileByAddress'>,
    Partial<Pick<StoredPage, 'savedReferences'>> {
  /** Repairs that the user has undone. */
  undone: readonly RepairName[]
  /** Whether the text keeps everything that the page shows. */
  keepsAll?: boolean
}

/**
 * Extracts a page again and puts the stored pictures and files in their places in the text. The library calls
 * extraction only through this function. The reason is in `docs/notes/2026-12-01-extraction-above-storage.md`. Throws
 * the errors of an extraction.
 */
export type ExtractAgain = (page: PageToExtract) => Promise<Addition>

/** Returns the id that an addition gets, unless a bulletin with another id is already stored for the same address. */
export function idOfAddition({ address, bytes, origin }: Pick<Addition, 'address' | 'bytes' | 'origin'>): string {
  return idOf(address === null ? { fileSha256: origin ?? sha256(bytes) } : { address })
}
