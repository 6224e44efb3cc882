import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { AppError } from '../../shared/errors'
import { type Settings, type SettingsChange, settingsSchema } from '../../shared/settings/settings'
import { readSettings } from '../../shared/settings/read-settings'
import { asWriteError, randomName } from '../files'
import { documentWriter } from '../library/store/documents'
import type { Ports } from '../ports'

/** The reader's settings: `settings.json` in the user's config folder, never in the library. */
export interface SettingsStore {
  get(): Settings
  /** The settings once every change that was asked for is written: what was taken back a moment ago holds no more. */
  flush(): Promise<Settings>
  /** Saves a change at once and returns all settings. Throws as writes do; the old settings then stay. */
  change(change: SettingsChange): Promise<Settings>
  /** The settings as a text of {@link settingsFormat}, what a newer version put beside them too. */
  exported(now: Date): string
  /**
   * Takes over the settings of such a text: each known value that is valid, everything unknown as it is. Returns the
   * names of the known ones that are not valid here. Throws `not-settings`, `settings-newer`, and as writes do.
   */
  importText(text: string): Promise<{ settings: Settings; ignored: string[] }>
}

/** The format of a settings file; a higher minor version adds settings. */
const settingsFormat = 'bantin-settings/1.0'

/**
 * Opens the settings; a missing or damaged file gives the defaults, and each value that is still valid. A damaged file
 * is set aside (`settings-damaged-….json`) when the first change is written.
 */
export async function openSettings(ports: Pick<Ports, 'openStore' | 'paths' | 'log'>): Promise<SettingsStore> {
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
  const change = (values: Record<string, unknown>): Promise<Settings> => {
    const write = async (): Promise<Settings> => {
      // Settings and values of a newer version, which this one does not know, are kept.
      const next = { ...settings, ...stored, ...values }
      try {
        await mkdir(config, { recursive: true })
        if (isDamaged) await rename(path, join(config, `settings-damaged-${randomName()}.json`))
        isDamaged = false
        await writeDocument(path, next)
      } catch (thrown) {
        throw asWriteError(thrown, 'write settings', path)
      }
      stored = next
      settings = readSettings(next)
      return settings
    }
    const result = lastWrite.then(write, write)
    lastWrite = result
    return result
  }
  return {
    get: () => settings,
    flush: () =>
      lastWrite.then(
        () => settings,
        () => settings,
      ),
    change,
    exported: (now) =>
      `${JSON.stringify({ format: settingsFormat, exported: now.toISOString(), settings: { ...settings, ...stored } }, null, 2)}\n`,
    async importText(text) {
      const values = valuesOf(text)
      const ignored = Object.keys(values).filter((name) => !isUsable(name, values[name]))
      const usable = Object.fromEntries(Object.entries(values).filter(([name]) => !ignored.includes(name)))
      return { settings: await change(usable), ignored }
    },
  }
}

/** The settings in the text of a file. Throws `not-settings`, `settings-newer`. */
function valuesOf(text: string): Record<string, unknown> {
  const file = settingsFileSchema.safeParse(parsed(text))
  const major = Number(/^bantin-settings\/(\d+)\.\d+$/.exec(file.data?.format ?? '')?.[1] ?? 0)
  if (file.data === undefined || major === 0) throw new AppError('not-settings', 'import settings: no settings file')
  const { format, settings } = file.data
  if (major > 1) throw new AppError('settings-newer', `import settings: ${format}`, { format })
  return settings
}

/** Of a higher major version nothing but the format is sure. */
const settingsFileSchema = z.object({
  format: z.string(),
  settings: z._default(z.record(z.string(), z.unknown()), {}),
})

function parsed(text: string): unknown {
  try {
    // Editors on Windows put a byte order mark before the text.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (thrown) {
    throw new AppError('not-settings', 'import settings: no JSON', {}, { cause: thrown })
  }
}

/** Whether a setting has a value this version understands, or is one it does not know at all. */
function isUsable(name: string, value: unknown): boolean {
  const schema = Object.entries(settingsSchema.shape).find(([known]) => known === name)?.[1]
  return schema === undefined || schema.safeParse(value).success
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
