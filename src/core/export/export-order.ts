import type { Bulletin } from '../../shared/bulletin'
import type { ExportResult } from '../../shared/contract/results'
import type { ExportFormat, ExportOptions } from '../../shared/export/export-formats'
import type { Language } from '../../shared/settings/setting-values'

/** The order of an export job. */
export interface ExportOrder {
  ids: readonly string[]
  /** The numbers of the older revisions to export, by bulletin id. */
  revisions: Readonly<Record<string, number>>
  format: ExportFormat
  options: ExportOptions
  /** The template of the file names. */
  fileName: string
  language: Language
}

/** The dependencies of an export job. */
export interface ExportTools {
  get(id: string, revision?: number): Promise<Bulletin>
  readFile(id: string, name: string): Promise<Uint8Array>
  /** Stores the files of the job until the user saves them. `drop` deletes all these files. */
  jobFiles: { put(name: string, bytes: Uint8Array): Promise<ExportResult['files'][number]>; drop(): Promise<void> }
  stylesheet: string
  now: Date
  signal: AbortSignal
  /**
   * Reports the progress of the job. `done` and `total` count bulletins. `current` is the title of the bulletin that is
   * being exported.
   */
  onProgress(done: number, total: number, current: string): void
  /** The memory limits of the job. Only tests set this field. If the field is absent, the default limits apply. */
  limits?: ExportLimits
}

/** The limits on the memory that a job uses. */
export interface ExportLimits {
  /** The size in bytes at which the job finishes a file and begins another file. */
  partBytes: number
  /**
   * The maximum total size of one bulletin's pictures, in bytes. Pictures beyond this limit are left out, because V8
   * limits a string to half a gigabyte.
   */
  pictureBytes: number
}
