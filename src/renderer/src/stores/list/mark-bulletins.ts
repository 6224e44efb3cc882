import type { Input } from '../../../../shared/contract/api'
import { callHost } from '../../bridge'
import { runInBatches } from '../../lib/run-in-batches'
import { attempt } from '../report-error'

/** A change of the status of bulletins. */
export type Marking = Omit<Input<'markBulletins'>, 'ids'>

/**
 * Changes the status of bulletins and returns the ids that changed. Reports an error, and returns null if the first
 * batch failed.
 */
export function markBulletins(ids: readonly string[], marking: Marking): Promise<string[] | null> {
  return runInBatches(ids, (batch) => attempt(() => callHost('markBulletins', { ids: batch, ...marking })))
}
