import { defaultSettings } from './default-settings'
import { type Settings, settingsSchema } from './settings'

/**
 * Reads the content of a settings file. Takes each value that is valid, and the default for all others, so that one
 * damaged value never affects the rest.
 */
export function readSettings(stored: unknown): Settings {
  const source: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {}
  const valid = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(source[name])
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return { ...defaultSettings, ...Object.fromEntries(valid) }
}
