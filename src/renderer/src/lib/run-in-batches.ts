import { maxIds } from '../../../shared/max-ids'

/**
 * Works on bulletins, as many at once as a call takes; `work` answers null where it failed. Ids of those that changed:
 * what was done before one failed is done. Null where nothing was.
 */
export async function runInBatches(
  ids: readonly string[],
  work: (part: string[]) => Promise<{ changed: string[] } | null>,
): Promise<string[] | null> {
  const changed: string[] = []
  for (let at = 0; at < ids.length; at += maxIds) {
    const answer = await work(ids.slice(at, at + maxIds))
    if (answer === null) return at === 0 ? null : changed
    changed.push(...answer.changed)
  }
  return changed
}
