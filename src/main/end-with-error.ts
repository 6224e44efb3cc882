import { app, dialog } from 'electron'
import { toAppError } from '../shared/errors'
import type { Language } from '../shared/settings/setting-values'
import { translate } from '../shared/locales/translate'

/**
 * Shows why the program could not start, and ends the process. A process without a window would keep the lock of the
 * library.
 */
export function endWithError(thrown: unknown, language: Language): void {
  const { code, details } = toAppError(thrown)
  console.error(thrown)
  dialog.showErrorBox(translate(language, 'app.name'), translate(language, `error.${code}`, details))
  app.exit(1)
}
