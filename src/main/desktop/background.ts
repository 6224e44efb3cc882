import { app, Menu, nativeImage, Tray } from 'electron'
import type { App } from '../../core/app-interface'
import type { Settings } from '../../shared/settings/settings'
import { translate } from '../../shared/locales/translate'

/** The argument with which the system starts the program at login. The program then opens no window. */
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
 * Keeps the program in the notification area if the user has chosen so. There the program refreshes its sources on
 * their schedules without a window. Both choices are off until the user changes the settings.
 */
export function runInBackground({ library, icon, readSettings, show }: BackgroundParts): void {
  let tray: Tray | null = null
  let startsAtLogin = readSettings().startsAtLogin
  const apply = (settings: Settings): void => {
    tray?.destroy()
    tray = settings.keepsRunning ? createTray(settings) : null
    // The system's own list of programs may differ. The program changes that list only when the user changes the choice.
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
  // Without a listener, Electron quits after the last window. `trackWindow` decides when the program quits.
  app.on('window-all-closed', () => undefined)
}

/** Whether this start shows no window, because the system started the program at login. */
export function startsInBackground(settings: Settings): boolean {
  return settings.keepsRunning && process.argv.includes(backgroundArgument)
}

/** Adds the program to the programs that start at login, or removes the program. Linux has no such function. */
function setLoginItem(openAtLogin: boolean): void {
  if (process.platform === 'win32') app.setLoginItemSettings({ openAtLogin, args: [backgroundArgument] })
  if (process.platform === 'darwin') app.setLoginItemSettings({ openAtLogin })
}
