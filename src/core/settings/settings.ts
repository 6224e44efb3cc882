import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { AppError } from '../../shared/errors'
import { readSettings } from '../../shared/settings/read-settings'
import { type Settings, type SettingsChange, settingsSchema } from '../../shared/settings/settings'
import { asWriteError, moveDurably, randomName } from '../files'
import { createDocumentWriter } from '../document-writer'
import type { Ports } from '../ports'
import { removeOldStagedFiles } from '../temporary-folders'

/**
 * The settings of the user. The file `settings.json` in the config folder contains the settings. A library never
 * contains settings.
 */
export interface SettingsStore {
  get(): Settings
  /**
   * Waits for all pending changes and then returns the settings. A permission that the user has just withdrawn is
   * therefore no longer in the result.
   */
  flush(): Promise<Settings>
  /**
   * Saves a change and returns all settings. Throws the same errors as a write. After an error, the old settings stay.
   */
  change(change: SettingsChange): Promise<Settings>
  /**
   * Returns the settings as text in {@link settingsFormat}. The text includes settings of a newer version that this
   * version does not know.
   */
  exportText(now: Date): string
  /**
   * Imports a text in {@link settingsFormat}. Takes over each known setting that has a valid value, and each unknown
   * setting unchanged. Returns the names of known settings that have an invalid value. Throws `not-settings` and
   * `settings-newer`, and also every error of a write.
   */
  importText(text: string): Promise<{ settings: Settings; ignored: string[] }>
}

/** The format of a settings file. A higher minor version of the format only adds settings. */
const settingsFormat = 'bantin-settings/1.0'

/**
 * Opens the settings. If the file is missing or damaged, every setting has its default. If one value in the file is
 * invalid, only the setting with this value has its default. The first change renames a damaged file to
 * `settings-damaged-….json`.
 */
export async function openSettings(ports: Pick<Ports, 'openStore' | 'paths' | 'log'>): Promise<SettingsStore> {
  const { config } = ports.paths
  const path = join(config, 'settings.json')
  const writeDocument = createDocumentWriter(ports.openStore, join(config, 'staging'))
  void removeOldStagedFiles(join(config, 'staging')).catch((thrown: unknown) =>
    ports.log.warn('open settings: old staged files stay', thrown),
  )
  let isDamaged = false
  let stored = await readStored(path).catch((thrown: unknown) => {
    ports.log.warn('open settings: the file is damaged, using the defaults', thrown)
    isDamaged = true
    return {}
  })
  let settings = readSettings(stored)
  let lastWrite: Promise<unknown> = Promise.resolve()
  const change = (values: Record<string, unknown>): Promise<Settings> => {
    const write = async (): Promise<Settings> => {
      // The written file keeps settings and values that this version does not know, because a newer version may have
      // written them.
      const next = { ...settings, ...stored, ...values }
      try {
        await mkdir(config, { recursive: true })
        if (isDamaged) await moveDurably(path, join(config, `settings-damaged-${randomName()}.json`))
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
    exportText: (now) =>
      `${JSON.stringify({ format: settingsFormat, exported: now.toISOString(), settings: { ...settings, ...stored } }, null, 2)}\n`,
    async importText(text) {
      const values = valuesOf(text)
      const ignored = Object.keys(values).filter((name) => !isUsable(name, values[name]))
      const usable = Object.fromEntries(Object.entries(values).filter(([name]) => !ignored.includes(name)))
      return { settings: await change(usable), ignored }
    },
  }
}

/** Reads the settings from the text of a settings file. Throws `not-settings` and `settings-newer`. */
function valuesOf(text: string): Record<string, unknown> {
  const file = settingsFileSchema.safeParse(parsed(text))
  const major = Number(/^bantin-settings\/(\d+)\.\d+$/.exec(file.data?.format ?? '')?.[1] ?? 0)
  if (file.data === undefined || major === 0) throw new AppError('not-settings', 'import settings: not a settings file')
  const { format, settings } = file.data
  if (major > 1) throw new AppError('settings-newer', `import settings: ${format}`, { format })
  return settings
}

/** Parses only the format of the file, because a higher major version may change everything else in the file. */
const settingsFileSchema = z.object({
  format: z.string(),
  settings: z._default(z.record(z.string(), z.unknown()), {}),
})

function parsed(text: string): unknown {
  try {
    // Editors on Windows put a byte order mark before the text.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (thrown) {
    throw new AppError('not-settings', 'import settings: not JSON', {}, { cause: thrown })
  }
}

/** Tells whether this version understands the value, or does not know the setting at all. */
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
