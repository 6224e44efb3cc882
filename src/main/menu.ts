import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import type { AppEvent } from '../shared/contract/api'
import type { Language } from '../shared/settings/setting-values'
import { translate } from '../shared/locales/translate'
import { tell } from './ipc'

type Command = Extract<AppEvent, { type: 'command' }>['command']

/**
 * Sets the native menu. The menu uses no zoom roles of Electron, because Ctrl + / − / 0 change the text size and the
 * page itself handles these keys. The menu shows these keys but does not register them as accelerators. `openWindow`
 * opens another window.
 */
export function setMenu(language: Language, openWindow: () => void): void {
  const say = (key: Parameters<typeof translate>[1]): string => translate(language, key)
  const command = (
    key: Parameters<typeof translate>[1],
    name: Command,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label: say(key),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
      if (window !== undefined) tell(window, { number: 0, event: { type: 'command', command: name } })
    },
  })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
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
          command('ui.settings', 'settings'),
          { role: 'quit', label: say('menu.quit') },
        ],
      },
      {
        label: say('menu.edit'),
        submenu: [
          command('ui.undo', 'undo', 'CmdOrCtrl+Z'),
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
        ],
      },
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
