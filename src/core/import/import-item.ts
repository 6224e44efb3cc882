import type { ImportPart } from './saved-page-parts'

/** A file to import. */
export interface ImportItem {
  /** The path or name as the user gave it. The result names the file by this text. */
  path: string
  /** Reads at most {@link ./uploads.maxImportBytes}. Throws `unreadable`, `too-large`. */
  read(): Promise<Uint8Array>
  /** The files that a browser saved with the page. */
  parts?: readonly ImportPart[]
  /** The address from which the page was saved, as the archive gives it. */
  savedFrom?: string | null
  /** Finds a file of the imported folder or archive by the reference in the page. */
  find?(reference: string): ImportPart | null
}
