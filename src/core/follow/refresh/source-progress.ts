import type { SourceRefresh } from '../../../shared/refresh'
import { emptyCounts } from '../../../shared/refresh-counts'
import type { Source } from '../../../shared/source'
import type { FinishedPage } from '../../library/sources/refresh-documents'

/**
 * Maximum number of failures that the progress of a source lists. The number of failures and a retry include all of
 * them.
 */
const maxListedFailures = 100

/** Creates the progress of a source whose refresh has not started. */
export function createSourceRefresh({ id, name }: Pick<Source, 'id' | 'name'>): SourceRefresh {
  return { ...emptyCounts, id, name, state: 'waiting', current: null, error: null, failures: [] }
}

/** Returns the progress of a source after one more finished page. */
export function addFinishedPage<T extends SourceRefresh>(
  progress: T,
  { outcome, error, bytes, url, title }: FinishedPage,
): T {
  const counted = outcome === 'deleted' ? 'unchanged' : outcome
  const isListed = error !== null && progress.failures.length < maxListedFailures
  return {
    ...progress,
    [counted]: progress[counted] + 1,
    done: progress.done + 1,
    bytes: progress.bytes + bytes,
    failures: isListed ? [...progress.failures, { ...error, url, title }] : progress.failures,
  }
}
