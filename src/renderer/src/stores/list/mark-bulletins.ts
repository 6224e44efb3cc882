import type { Input } from '../../../../shared/contract/api'
import { callHost } from '../../bridge'
import { runInBatches } from '../../lib/run-in-batches'
import { attempt } from '../report-error'

/** A change of the status of bulletins. */
export type Marking = Omit<Input<'markBulletins'>, 'ids'>

/** Changes the status of bulletins. Returns the ids of those that changed; null, after a message, if none could be. */
export function markBulletins(ids: readonly string[], marking: Marking): Promise<string[] | null> {
  return runInBatches(ids, (batch) => attempt(() => callHost('markBulletins', { ids: batch, ...marking })))
}
