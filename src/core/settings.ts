import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { readSettings, type Settings, type SettingsChange } from '../shared/settings'
import { randomName } from './library/disk'
import { documentWriter } from './library/documents'
import type { Ports } from './ports'

/** The reader's settings: `settings.json` in the user's config folder, never in the library. */
export interface SettingsKeeper {
  get(): Settings
  /** Saves a change at once and returns all settings. Throws as writes do; the old settings then stay. */
  change(change: SettingsChange): Promise<Settings>
}

/**
 * Opens the settings; a missing or damaged file gives the defaults, and each value that is still valid. A damaged file
 * is set aside (`settings-damaged-….json`) when the first change is written.
 */
export async function openSettings(ports: Pick<Ports, 'openStore' | 'paths' | 'log'>): Promise<SettingsKeeper> {
  const { config } = ports.paths
  const path = join(config, 'settings.json')
  const writeDocument = documentWriter(ports.openStore, join(config, 'staging'))
  let isDamaged = false
  let stored = await readStored(path).catch((thrown: unknown) => {
    ports.log.warn('settings: the file is damaged; taking the defaults', thrown)
    isDamaged = true
    return {}
  })
  let settings = readSettings(stored)
  let lastWrite: Promise<unknown> = Promise.resolve()
  return {
    get: () => settings,
    change(change) {
      const write = async (): Promise<Settings> => {
        // Settings and values of a newer version, which this one does not know, are kept.
        const next = { ...settings, ...stored, ...change }
        await mkdir(config, { recursive: true })
        if (isDamaged) await rename(path, join(config, `settings-damaged-${randomName()}.json`))
        isDamaged = false
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
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object')
    return { ...value }
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return {}
    throw thrown
  }
}
