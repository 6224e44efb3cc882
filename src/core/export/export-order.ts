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
  /** `done` and `total` count bulletins. `current` is the title of the bulletin that is being exported. */
  onProgress(done: number, total: number, current: string): void
  /** The default limits apply unless a test sets others. */
  limits?: ExportLimits
}

/** The limits on the memory that a job uses. */
export interface ExportLimits {
  /** A file is finished when it reaches this size, and the job begins another file. */
  partBytes: number
  /** Limit on the total size of one bulletin's pictures. Others are left out. V8 limits a string to half a gigabyte. */
  pictureBytes: number
}
