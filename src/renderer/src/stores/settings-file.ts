import { callHost } from '../bridge'
import { attempt } from './report-error'
import { saveText } from './save-files'
import { useSettings } from './settings'
import { useToasts } from './toasts'

/**
 * The maximum number of bytes that are read from a settings file. The host refuses a larger file, so the rest is not
 * needed.
 */
const maxBytes = 200_000

/** Saves all settings as a file. */
export async function exportSettings(): Promise<void> {
  const settings = useSettings()
  // Waits for running changes, so that the file contains what the user has just changed.
  await settings.waitForChanges()
  await attempt(async () => {
    const { name, text } = await callHost('exportSettings', {})
    await saveText(name, text)
  })
}

/** Replaces the settings with the settings of a file, and shows how many settings of the file were ignored. */
export async function importSettings(file: Blob): Promise<void> {
  const settings = useSettings()
  const imported = await attempt(async () => callHost('importSettings', { text: await file.slice(0, maxBytes).text() }))
  if (imported === null) return
  settings.settings = imported.settings
  const count = imported.ignored.length
  useToasts().show(count === 0 ? settings.say('ui.settings-imported') : settings.say('ui.settings-ignored', { count }))
}
