import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSettings } from '../shared/settings/read-settings'
import type { Settings } from '../shared/settings/settings'

/** Reads the settings before the library is open. Uses the defaults if the file is missing or damaged. */
export function readStoredSettings(userData: string): Settings {
  try {
    return readSettings(JSON.parse(readFileSync(join(userData, 'settings.json'), 'utf8')))
  } catch {
    return readSettings({})
  }
}
