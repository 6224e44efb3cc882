import { stat } from 'node:fs/promises'
import type { Log } from '../../ports'
import type { Pack } from './pack'

/**
 * The packs of a folder as they are now: read when first asked for, and again when something changed in the folder.
 * What is wrong with a file is logged once per change.
 */
export function createUserPacks(folder: string, log: Log): () => Promise<readonly Pack[]> {
  let known: { changedMs: number; packs: readonly Pack[] } | null = null
  return async () => {
    const changedMs = await stat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    )
    if (changedMs === null) return []
    if (known?.changedMs !== changedMs) {
      const { readUserPacks } = await import('./user-packs')
      const { packs, failed } = await readUserPacks(folder)
      for (const error of failed) log.warn('packs: not used', error)
      known = { changedMs, packs }
    }
    return known.packs
  }
}
