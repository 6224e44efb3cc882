import type { ImportPart } from './saved-page-parts'

/** A file to import. */
export interface ImportItem {
  /** The path or name that the user gave. The result of the import shows this text. */
  path: string
  /** Reads the file, up to {@link ./uploads.maxImportBytes}. Throws `unreadable`, `too-large`. */
  read(): Promise<Uint8Array>
  /** The files that a browser saved together with the page. */
  parts?: readonly ImportPart[]
  /** The address from which the page was saved, according to the archive. Null or absent if unknown. */
  savedFrom?: string | null
  /**
   * Finds the file for a reference in the page. Searches the imported folder or archive. Returns null if it has no such file.
   */
  find?(reference: string): ImportPart | null
}
