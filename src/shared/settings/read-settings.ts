import { defaultSettings } from './default-settings'
import { type Settings, settingsSchema } from './settings'

/**
 * Settings from what a settings file holds: each known value that is valid is taken, the rest are the defaults.
 * One damaged value never costs the others.
 */
export function readSettings(stored: unknown): Settings {
  const source: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {}
  const valid = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(source[name])
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return { ...defaultSettings, ...Object.fromEntries(valid) }
}
