import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { AppEvent } from '../shared/contract/api'
import type { Language } from '../shared/settings/setting-values'
import { translate } from '../shared/locales/translate'
import { tell } from './ipc'
import { lastWindow } from './windows/track-windows'

type Command = Extract<AppEvent, { type: 'command' }>['command']

/**
 * Sets the native menu. `openWindow` opens another window. The menu has no zoom roles of Electron, because the page
 * itself handles Ctrl + / − / 0, which change the text size. On Windows and Linux, the menu shows these keys without
 * registering them. macOS has no such option, but passes a key to the page before the menu.
 */
export function setMenu(language: Language, openWindow: () => void): void {
  const isMac = process.platform === 'darwin'
  const say = (key: Parameters<typeof translate>[1]): string => translate(language, key)
  const command = (
    key: Parameters<typeof translate>[1],
    name: Command,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label: say(key),
    ...(accelerator === undefined ? {} : { accelerator, ...(isMac ? {} : { registerAccelerator: false }) }),
    click: () => {
      const window = lastWindow()
      if (window !== null) tell(window, { number: 0, event: { type: 'command', command: name } })
    },
  })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [applicationMenu(say, command('ui.settings', 'settings', 'Cmd+,'))] : []),
      {
        label: say('menu.file'),
        submenu: [
          { label: say('menu.new-window'), accelerator: 'CmdOrCtrl+Shift+N', click: openWindow },
          command('ui.add', 'add', 'CmdOrCtrl+N'),
          command('ui.import', 'import', 'CmdOrCtrl+O'),
          command('sources.add', 'add-source'),
          command('log.refresh-all', 'refresh-all'),
          { type: 'separator' },
          command('menu.print', 'print', 'CmdOrCtrl+P'),
          command('ui.save-pdf', 'save-pdf'),
          command('ui.export', 'export'),
          { type: 'separator' },
          ...(isMac
            ? [{ role: 'close', label: say('menu.close-window') } as const]
            : [command('ui.settings', 'settings'), { role: 'quit', label: say('menu.quit') } as const]),
        ],
      },
      {
        label: say('menu.edit'),
        submenu: [
          // These roles act on the focused text field.
          { role: 'undo', label: say('menu.undo') },
          { role: 'redo', label: say('menu.redo') },
          command('menu.undo-action', 'undo'),
          { type: 'separator' },
          { role: 'cut', label: say('menu.cut') },
          { role: 'copy', label: say('menu.copy') },
          { role: 'paste', label: say('menu.paste') },
          { role: 'selectAll', label: say('menu.select-all') },
          { type: 'separator' },
          command('ui.find-in-page', 'find', 'CmdOrCtrl+F'),
          command('ui.search', 'search', 'CmdOrCtrl+Shift+F'),
          command('ui.palette', 'palette', 'CmdOrCtrl+K'),
        ],
      },
      {
        label: say('menu.view'),
        submenu: [
          command('ui.larger', 'larger', 'CmdOrCtrl+Plus'),
          command('ui.smaller', 'smaller', 'CmdOrCtrl+-'),
          command('ui.size-100', 'reset-size', 'CmdOrCtrl+0'),
          { type: 'separator' },
          command('menu.star', 'star'),
          command('ui.go-back', 'back', 'Alt+Left'),
          command('ui.go-forward', 'forward', 'Alt+Right'),
          { type: 'separator' },
          command('log.title', 'refreshes'),
          command('ui.focus-mode', 'focus'),
          { role: 'togglefullscreen', label: say('menu.full-screen') },
          ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: say('menu.developer-tools') } as const]),
        ],
      },
      ...(isMac ? [windowMenu(say)] : []),
      {
        role: 'help',
        label: say('ui.guide'),
        submenu: [
          command('ui.guide', 'guide', 'F1'),
          command('ui.help', 'help'),
          { type: 'separator' },
          command('ui.open-data-folder', 'data-folder'),
          command('ui.backup', 'backup'),
          command('ui.make-report', 'report'),
        ],
      },
    ]),
  )
}

type SayMenu = (key: Parameters<typeof translate>[1]) => string

/** The first menu of macOS, which has the name of the program. */
function applicationMenu(say: SayMenu, settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    label: app.name,
    submenu: [
      { role: 'about', label: say('menu.about') },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services', label: say('menu.services') },
      { type: 'separator' },
      { role: 'hide', label: say('menu.hide') },
      { role: 'hideOthers', label: say('menu.hide-others') },
      { role: 'unhide', label: say('menu.unhide') },
      { type: 'separator' },
      { role: 'quit', label: say('menu.quit') },
    ],
  }
}

/** The window menu of macOS. The system adds the open windows to this menu. */
function windowMenu(say: SayMenu): MenuItemConstructorOptions {
  return {
    role: 'window',
    label: say('menu.window'),
    submenu: [
      { role: 'minimize', label: say('menu.minimize') },
      { role: 'zoom', label: say('menu.zoom-window') },
      { type: 'separator' },
      { role: 'front', label: say('menu.front') },
    ],
  }
}
