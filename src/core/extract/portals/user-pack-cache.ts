import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../../ports'
import type { Pack } from './pack'

/**
 * The packs of a folder as they are now: read when first asked for, and again when a file of it was added, changed or
 * taken away. What is wrong with a file is logged once per change.
 */
export function createUserPackCache(folder: string, log: Log): () => Promise<readonly Pack[]> {
  let known: { state: string; packs: readonly Pack[] } = { state: '', packs: [] }
  return async () => {
    const state = await readFolderState(folder)
    if (known.state !== state) {
      const { readUserPacks } = await import('./user-packs')
      const { packs, failed } = await readUserPacks(folder)
      for (const error of failed) log.warn('packs: not used', error)
      known = { state, packs }
    }
    return known.packs
  }
}

/** Names, sizes and times of a folder's files; empty where there is none. */
async function readFolderState(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []) // no folder, no packs; an unreadable one is named when read
  const files = names.filter((name) => name.toLowerCase().endsWith('.json')).sort()
  const states = files.map(async (name) => {
    const found = await stat(join(folder, name)).catch(() => null) // gone since: its reading says so
    return `${name}:${found?.size ?? 0}:${found?.mtimeMs ?? 0}`
  })
  return (await Promise.all(states)).join('|')
}
