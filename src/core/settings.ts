import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSettings, type Settings, type SettingsChange } from '../shared/settings'
import { documentWriter } from './library/documents'
import type { Ports } from './ports'

/** The reader's settings: `settings.json` in the user's config folder, never in the library. */
export interface SettingsKeeper {
  get(): Settings
  /** Saves a change at once and returns all settings. Throws as writes do; the old settings then stay. */
  change(change: SettingsChange): Promise<Settings>
}

/** Opens the settings; a missing or damaged file gives the defaults, and each value that is still valid. */
export async function openSettings(ports: Pick<Ports, 'openStore' | 'paths' | 'log'>): Promise<SettingsKeeper> {
  const { config } = ports.paths
  const path = join(config, 'settings.json')
  const writeDocument = documentWriter(ports.openStore, join(config, 'staging'))
  let stored = await readStored(path).catch((thrown: unknown) => {
    ports.log.warn('settings: the file is damaged; taking the defaults', thrown)
    return {}
  })
  let settings = readSettings(stored)
  let lastWrite: Promise<unknown> = Promise.resolve()
  return {
    get: () => settings,
    change(change) {
      const write = async (): Promise<Settings> => {
        // Settings of a newer version, which this one does not know, are kept.
        const next = { ...stored, ...settings, ...change }
        await mkdir(config, { recursive: true })
        await writeDocument(path, next)
        stored = next
        settings = readSettings(next)
        return settings
      }
      const result = lastWrite.then(write, write)
      lastWrite = result
      return result
    },
  }
}

async function readStored(path: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return {}
    throw thrown
  }
}
