import type { AppEvent } from '../shared/contract/api'
import type { Extraction, ReceivedPage } from './extract/extraction'
import type { Jobs } from './jobs'
import type { Library } from './library/library'
import type { Ports } from './ports'
import type { SettingsStore } from './settings/settings'
import type { RunTask } from './threads/task'

/**
 * Extracts one page in a thread, with the user's portal packs. Throws `cancelled` and all errors of `extractBulletin`.
 */
export type ExtractPage = (page: ReceivedPage, signal?: AbortSignal) => Promise<Extraction>

/** The values that all features of one running program share. */
export interface FeatureParts {
  ports: Ports
  library: Library
  settings: SettingsStore
  jobs: Jobs
  emit(event: AppEvent): void
  extract: ExtractPage
  /** Runs a task in a thread of the pool that parses bytes from outside (files, downloads). */
  runTask: RunTask
}
