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

/** What an export job works with. */
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
  /** Only tests set other limits. */
  limits?: ExportLimits
}

/** How much the job holds in memory. */
export interface ExportLimits {
  /** A file that reaches this size is finished, and the job begins another one. */
  partBytes: number
  /** Limit on the total size of one bulletin's pictures. Others are left out. V8 limits a string to half a gigabyte. */
  pictureBytes: number
}
