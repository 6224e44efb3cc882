import { app, Menu } from 'electron'
import type { Language } from '../../shared/settings/setting-values'
import { translate } from '../../shared/locales/translate'

/** The arguments with which the jump list of Windows starts the program. A running program gets them too. */
export const iconArguments = { newWindow: '--new-window', refreshAll: '--refresh-all' } as const

/** The actions of the menu on macOS. */
export interface IconActions {
  openWindow(): void
  refreshAll(): void
}

/**
 * Adds "new window" and "update all" to the menu of the program's icon: the jump list on Windows, the dock menu on macOS.
 * Linux has such a menu only in the desktop entry. A program from a checkout has no jump list, because its icon starts
 * Electron without the program.
 */
export function setIconMenu(language: Language, { openWindow, refreshAll }: IconActions): void {
  const [window, refresh] = [translate(language, 'menu.new-window'), translate(language, 'log.refresh-all')]
  if (process.platform === 'darwin')
    app.dock?.setMenu(
      Menu.buildFromTemplate([
        { label: window, click: openWindow },
        { label: refresh, click: refreshAll },
      ]),
    )
  if (process.platform !== 'win32' || !app.isPackaged) return
  const task = (title: string, words: string): Electron.Task => ({
    title,
    description: title,
    arguments: words,
    program: process.execPath,
    iconPath: process.execPath,
    iconIndex: 0,
  })
  app.setUserTasks([task(window, iconArguments.newWindow), task(refresh, iconArguments.refreshAll)])
}
