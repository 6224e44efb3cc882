import { maxIds } from '../../../shared/max-ids'

/**
 * Works on bulletins in batches of the largest size that one call accepts. If `work` returns null, the batch has failed
 * and the run ends. Returns the ids that had changed until then, or null if the first batch failed.
 */
export async function runInBatches(
  ids: readonly string[],
  work: (batch: string[]) => Promise<{ changed: string[] } | null>,
): Promise<string[] | null> {
  const changed: string[] = []
  for (let at = 0; at < ids.length; at += maxIds) {
    const answer = await work(ids.slice(at, at + maxIds))
    if (answer === null) return at === 0 ? null : changed
    changed.push(...answer.changed)
  }
  return changed
}
