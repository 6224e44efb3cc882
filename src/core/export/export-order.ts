import type { Bulletin } from '../../shared/bulletin'
import type { ExportResult } from '../../shared/contract/results'
import type { ExportFormat, ExportOptions } from '../../shared/export/export-formats'
import type { Language } from '../../shared/settings/setting-values'

/** The order of an export job. */
export interface ExportOrder {
  ids: readonly string[]
  /** Numbers of older revisions to export, by bulletin id. */
  revisions: Readonly<Record<string, number>>
  format: ExportFormat
  options: ExportOptions
  /** Template of the file names. */
  fileName: string
  language: Language
}

/** The dependencies of an export job. */
export interface ExportTools {
  get(id: string, revision?: number): Promise<Bulletin>
  readFile(id: string, name: string): Promise<Uint8Array>
  /** Stores the files of the job until the user saves them. `drop` deletes all of them. */
  jobFiles: { put(name: string, bytes: Uint8Array): Promise<ExportResult['files'][number]>; drop(): Promise<void> }
  stylesheet: string
  now: Date
  signal: AbortSignal
  /**
   * Reports progress. `done` and `total` count bulletins. `current` is the title of the bulletin that is being
   * exported.
   */
  onProgress(done: number, total: number, current: string): void
  /** Memory limits of the job. Only tests set this field. Otherwise the default limits apply. */
  limits?: ExportLimits
}

/** The limits on the memory that a job uses. */
export interface ExportLimits {
  /** Size at which the job finishes a file and begins another one. */
  partBytes: number
  /**
   * Limit on the total size of one bulletin's pictures. Pictures beyond this limit are left out, because V8 limits a
   * string to half a gigabyte.
   */
  pictureBytes: number
}
