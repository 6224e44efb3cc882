import { dayInVietnam } from '../../shared/text/vietnam-time'
import type { Handlers } from '../dispatch'
import type { FeatureParts } from '../feature'

type SettingsMethod = 'getSettings' | 'changeSettings' | 'exportSettings' | 'importSettings'

/** Creates the methods that read, change, export and import the settings. */
export function createSettingsHandlers({
  ports,
  settings,
  emit,
}: Pick<FeatureParts, 'ports' | 'settings' | 'emit'>): Pick<Handlers, SettingsMethod> {
  return {
    getSettings: () => settings.get(),
    async changeSettings(change) {
      const changed = await settings.change(change)
      emit({ type: 'settings-changed', settings: changed })
      return changed
    },
    exportSettings: () => ({
      name: `ban-tin-cai-dat-${dayInVietnam(ports.clock())}.json`,
      text: settings.exportText(ports.clock()),
    }),
    async importSettings({ text }) {
      const imported = await settings.importText(text)
      emit({ type: 'settings-changed', settings: imported.settings })
      return imported
    },
  }
}
