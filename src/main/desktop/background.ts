import { app, Menu, nativeImage, Tray } from 'electron'
import type { App } from '../../core/app-interface'
import type { Settings } from '../../shared/settings/settings'
import { translate } from '../../shared/locales/translate'

/** The argument with which the system starts the program at login. With this argument, the program opens no window. */
export const backgroundArgument = '--background'

/** The dependencies of {@link runInBackground}. */
export interface BackgroundParts {
  library: Pick<App, 'call' | 'on'>
  icon: string
  readSettings(): Settings
  /** Shows a window of the interface. */
  show(): void
}

/**
 * Lets the program run without a window, in the notification area, if the user has chosen so in the settings. There the
 * program refreshes its sources on their schedules. The program also starts at login if the user has chosen so. Both
 * settings are off by default.
 */
export function runInBackground({ library, icon, readSettings, show }: BackgroundParts): void {
  let tray: Tray | null = null
  let startsAtLogin = readSettings().startsAtLogin
  const apply = (settings: Settings): void => {
    tray?.destroy()
    tray = settings.keepsRunning ? createTray(settings) : null
    // The system's list of login programs is changed only when the user changes the setting, because the user may have
    // changed that list elsewhere.
    if (settings.startsAtLogin !== startsAtLogin) setLoginItem(settings.startsAtLogin)
    startsAtLogin = settings.startsAtLogin
  }
  const createTray = ({ language }: Settings): Tray => {
    const created = new Tray(nativeImage.createFromPath(icon).resize({ width: 16, height: 16 }))
    created.setToolTip(translate(language, 'app.name'))
    created.setContextMenu(
      Menu.buildFromTemplate([
        { label: translate(language, 'tray.open'), click: show },
        {
          label: translate(language, 'log.refresh-all'),
          click: () => void library.call('startRefresh', { sources: null }),
        },
        { type: 'separator' },
        { label: translate(language, 'menu.quit'), click: () => app.quit() },
      ]),
    )
    created.on('click', show)
    return created
  }
  apply(readSettings())
  library.on(({ event }) => {
    if (event.type === 'settings-changed') apply(event.settings)
  })
  // This listener prevents that Electron quits after the last window. Only `trackWindow` decides when the program
  // quits.
  app.on('window-all-closed', () => undefined)
}

/** Whether the program starts without a window, because the system started it at login. */
export function startsInBackground(settings: Settings): boolean {
  return settings.keepsRunning && process.argv.includes(backgroundArgument)
}

/**
 * Adds the program to the list of programs that start at login, or removes it from that list. Electron has no such list
 * for Linux.
 */
function setLoginItem(openAtLogin: boolean): void {
  if (process.platform === 'win32') app.setLoginItemSettings({ openAtLogin, args: [backgroundArgument] })
  if (process.platform === 'darwin') app.setLoginItemSettings({ openAtLogin })
}
