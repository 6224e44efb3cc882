import { defaultSettings } from './default-settings'
import { type Settings, settingsSchema } from './settings'

/**
 * Reads the content of a settings file. Uses the default for each invalid value, so that one damaged value does not
 * affect the others.
 */
export function readSettings(stored: unknown): Settings {
  const source: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {}
  const valid = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(source[name])
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return { ...defaultSettings, ...Object.fromEntries(valid) }
}
