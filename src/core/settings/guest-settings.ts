import { AppError } from '../../shared/errors'
import { defaultSettings } from '../../shared/settings/default-settings'
import type { SettingsStore } from './settings'

/**
 * The settings for guests: the defaults in the language of the user. The user's other settings are private, for example
 * the name of the office and the accepted hosts. Changes are refused with `forbidden`.
 */
export function createGuestSettings({ get }: Pick<SettingsStore, 'get'>): SettingsStore {
  const current = (): ReturnType<SettingsStore['get']> => ({ ...defaultSettings, language: get().language })
  const refuse = (): Promise<never> => Promise.reject(new AppError('forbidden', 'settings: not for guests'))
  return {
    get: current,
    flush: () => Promise.resolve(current()),
    change: refuse,
    exportText() {
      throw new AppError('forbidden', 'settings: not for guests')
    },
    importText: refuse,
  }
}
