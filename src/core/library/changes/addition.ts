import type { BulletinSource, BulletinText, RepairName } from '../../../shared/bulletin'
import type { AdditionFile, NetworkPage } from '../store/captures'
import { idOf, sha256 } from '../store/identity'
import type { StoredPage } from '../store/stored-page'

/** A received page and its extracted text, ready to be stored. */
export interface Addition {
  bytes: Uint8Array
  /** File name that the user knows. */
  name: string
  /** Canonical address; null if the page has none. */
  address: string | null
  source: BulletinSource
  /**
   * For an exported bulletin document: sha256 of the page that it was made from. Absent if `bytes` are the page itself.
   */
  origin?: string | null
  text: BulletinText
  charset: string
  extractor: { name: string; version: number; pack?: string | null }
  /** Facts of the download. Absent for a file that the user imported. */
  network?: NetworkPage
  /** Pictures and attached files that `text` refers to. Some may be stored already. */
  files?: readonly AdditionFile[]
}

/** The result of an addition. `revised`: the text differs from the stored one. `unchanged`: it was stored before. */
export interface StoredAddition {
  outcome: 'added' | 'revised' | 'unchanged'
  id: string
  title: string
  /** The bulletin's folder below the library. */
  folder: string
}

/** A page to extract again, with the choices of the user and the files that are stored with it. */
export interface PageToExtract
  extends
    Pick<StoredPage, 'bytes' | 'name' | 'address' | 'declaredCharset' | 'encoding' | 'readFileByAddress'>,
    Partial<Pick<StoredPage, 'savedReferences'>> {
  /** Repairs that the user has undone. */
  undone: readonly RepairName[]
}

/**
 * Extracts a page again and puts the stored pictures and files in their places. This is the only way in which the
 * library calls extraction. `docs/notes/2026-12-01-extraction-above-storage.md` gives the reason. Throws the errors of
 * an extraction.
 */
export type ExtractAgain = (page: PageToExtract) => Promise<Addition>

/** The id of an addition, unless another bulletin was found at the same address before. */
export function idOfAddition({ address, bytes, origin }: Pick<Addition, 'address' | 'bytes' | 'origin'>): string {
  return idOf(address === null ? { fileSha256: origin ?? sha256(bytes) } : { address })
}
