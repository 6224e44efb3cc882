import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../../ports'
import type { Pack } from './pack'

/**
 * Caches the packs of a folder. The returned function reads the packs at the first call, and again after a file was
 * added, changed or removed. The errors of the files are logged each time the packs are read.
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

/**
 * Returns the names, sizes and modification times of the pack files in a folder, as one text. The text is empty if the
 * folder cannot be read.
 */
async function readFolderState(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []) // `readUserPacks` reports a folder that cannot be read
  const files = names.filter((name) => name.toLowerCase().endsWith('.json')).sort()
  const states = files.map(async (name) => {
    // The file may have been removed after the folder was listed. The state of such a file has size 0 and time 0.
    const found = await stat(join(folder, name)).catch(() => null)
    return `${name}:${found?.size ?? 0}:${found?.mtimeMs ?? 0}`
  })
  return (await Promise.all(states)).join('|')
}
