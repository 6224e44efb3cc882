import type { Refresh, SourceRefresh } from '../../../shared/refresh'
import type { Source } from '../../../shared/source'
import type { Extraction, ReceivedPage } from '../../extract/extraction'
import type { Politeness } from '../../fetch/politeness/politeness'
import type { Library } from '../../library/library'
import type { RunTask } from '../../threads/task'

/** The dependencies of a refresh of one source. */
export interface RefreshSourceParts {
  library: Pick<Library, 'addAutomatically' | 'findByOrigin' | 'recordAvailability' | 'readStoredPage' | 'sourceStore'>
  politeness: Politeness
  extract(page: ReceivedPage, signal: AbortSignal): Promise<Extraction>
  runTask: RunTask
  /**
   * Finds the channels (feeds, listings, sitemaps) of a source if the user chose none. Throws the errors of a fetch.
   */
  discoverChannels(source: Source, politeness: Politeness, signal: AbortSignal): Promise<Source['channels']>
  clock(): Date
  /**
   * Waits until the network may be available again. Returns false if this takes too long. If the signal aborts, returns
   * true, and the next request then throws `cancelled`.
   */
  waitForNetwork(refresh: Refresh, signal: AbortSignal): Promise<boolean>
  onStored(id: string): void
}

/** The refresh of one source, as a part of a running refresh. */
export interface SourceRun extends RefreshSourceParts {
  refresh: Refresh
  source: Source
  signal: AbortSignal
  /** Called at every change of the source's progress. */
  onProgress(progress: SourceRefresh): void
}

/** Replaces the given values in the progress of a source. */
export type UpdateProgress = (changes: Partial<SourceRefresh>) => void
