import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../../ports'
import type { Pack } from './pack'

/**
 * Caches the packs of a folder. The returned function reads them at its first call, and again if a file was added,
 * changed or removed. Errors in a file are logged once for each change.
 */
export function createUserPackCache(folder: string, log: Log): () => Promise<readonly Pack[]> {
  let known: { state: string; packs: readonly Pack[] } = { state: '', packs: [] }
  return async () => {
    const state = await readFolderState(folder)
    if (known.state !== state) {
      const { readUserPacks } = await import('./user-packs')
      const { packs, failed } = await readUserPacks(folder)
      for (const error of failed) log.warn('read packs: a pack is not used', error)
      known = { state, packs }
    }
    return known.packs
  }
}

/** Returns names, sizes and times of the files in a folder. The result is empty if there is no folder. */
async function readFolderState(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []) // a folder that cannot be read is reported when the packs are read
  const files = names.filter((name) => name.toLowerCase().endsWith('.json')).sort()
  const states = files.map(async (name) => {
    // If the file was removed in between, reading it reports the error.
    const found = await stat(join(folder, name)).catch(() => null)
    return `${name}:${found?.size ?? 0}:${found?.mtimeMs ?? 0}`
  })
  return (await Promise.all(states)).join('|')
}
