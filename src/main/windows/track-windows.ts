import { app, type BrowserWindow, dialog } from 'electron'
import type { Log } from '../../core/ports'
import type { Language } from '../../shared/settings/setting-values'
import { translate } from '../../shared/locales/translate'

/** The windows that show the interface, in the order of their last use. Print windows are not in the list. */
const shown: BrowserWindow[] = []

/** The windows that show the interface. The last element was used last. */
export function listWindows(): readonly BrowserWindow[] {
  return shown
}

/** The window that the user used last. Null if no window shows the interface. */
export function lastWindow(): BrowserWindow | null {
  return shown.at(-1) ?? null
}

/** Brings a window to the front. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** The dependencies of {@link trackWindow}. */
export interface WindowTracking {
  log: Log
  language(): Language
  /** Whether the program keeps running after its last window has closed. */
  keepsRunning(): boolean
}

/**
 * Adds a window to the list of windows of the interface until it closes. Ends the program after the last window has
 * closed, except on macOS and if the program must keep running. If the page of the window has crashed or no longer
 * answers, offers to reload it.
 */
export function trackWindow(window: BrowserWindow, { log, language, keepsRunning }: WindowTracking): void {
  shown.push(window)
  window.on('focus', () => {
    shown.splice(shown.indexOf(window), 1)
    shown.push(window)
  })
  window.on('closed', () => {
    shown.splice(shown.indexOf(window), 1)
    if (shown.length === 0 && process.platform !== 'darwin' && !keepsRunning()) app.quit()
  })
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log.warn(`window: the page ended (${reason}, ${exitCode})`)
    void askToReload(window, language(), 'dialog.page-crashed')
  })
  window.on('unresponsive', () => {
    log.warn('window: the page does not answer')
    void askToReload(window, language(), 'dialog.page-unresponsive')
  })
}

async function askToReload(
  window: BrowserWindow,
  language: Language,
  key: 'dialog.page-crashed' | 'dialog.page-unresponsive',
): Promise<void> {
  if (window.isDestroyed()) return
  const isCrash = key === 'dialog.page-crashed'
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: translate(language, key),
    detail: translate(language, 'dialog.nothing-lost'),
    buttons: [translate(language, 'dialog.reload'), translate(language, isCrash ? 'ui.close' : 'dialog.wait')],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else if (isCrash) window.destroy()
}
