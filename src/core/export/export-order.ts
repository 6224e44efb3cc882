import type { Bulletin } from '../../shared/bulletin'
import type { ExportResult } from '../../shared/contract/results'
import type { ExportFormat, ExportOptions } from '../../shared/export/export-formats'
import type { Language } from '../../shared/settings/setting-values'

/** What is to be exported. */
export interface ExportOrder {
  ids: readonly string[]
  /** Older revisions that are meant, by id. */
  revisions: Readonly<Record<string, number>>
  format: ExportFormat
  options: ExportOptions
  /** Template of the files' names. */
  fileName: string
  language: Language
}

/** What a job works with. */
export interface ExportTools {
  get(id: string, revision?: number): Promise<Bulletin>
  readFile(id: string, name: string): Promise<Uint8Array>
  /** Keeps a made file until it is handed over; `drop` takes all of this job back. */
  jobFiles: { put(name: string, bytes: Uint8Array): Promise<ExportResult['files'][number]>; drop(): Promise<void> }
  stylesheet: string
  now: Date
  signal: AbortSignal
  /** `current` is the title being worked on. */
  onProgress(done: number, total: number, current: string): void
  /** Others only in tests. */
  limits?: ExportLimits
}

/** What is held in memory at once: a file that grows larger ends, and the next begins. */
export interface ExportLimits {
  partBytes: number
  /** Pictures of one bulletin; those beyond are left out. A text can't be longer than half a gigabyte (V8). */
  pictureBytes: number
}
