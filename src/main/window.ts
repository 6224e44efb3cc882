import { BrowserWindow, nativeTheme, screen } from 'electron'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Theme } from '../shared/settings/setting-values'
import { appAddress } from './security'
import { openStore } from './store'
import { usableState } from './window-state'

/** The page colour of each theme. The window shows this colour until the page is drawn, so that nothing flashes. */
const grounds: Record<Theme, string> = { paper: '#fbf7ef', white: '#ffffff', night: '#171512', contrast: '#ffffff' }

/** The options of a new window. */
export interface WindowOptions {
  /** The id of the bulletin to show. The value null shows the start view. */
  bulletin: string | null
  /** The path of the built preload script. */
  preload: string
  icon: string
  /** The path of the user data folder, which stores the window state. */
  userData: string
  theme: Theme | 'system'
  devAddress: string | null
}

/** Opens a window with the interface, in the place of the window that was closed last. */
export function openWindow({ bulletin, preload, icon, userData, theme, devAddress }: WindowOptions): BrowserWindow {
  const state = usableState(
    keptState(userData),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const shownTheme = theme === 'system' ? (nativeTheme.shouldUseDarkColors ? 'night' : 'paper') : theme
  const window = new BrowserWindow({
    width: state.width,
    height: state.height,
    ...(state.x === null || state.y === null ? {} : { x: state.x, y: state.y }),
    minWidth: 400,
    minHeight: 400,
    show: false,
    icon,
    title: 'Bản Tin',
    backgroundColor: grounds[shownTheme],
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => {
    if (state.isMaximized) window.maximize()
    window.show()
  })
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds()
    openStore({ cwd: userData, name: 'window' }).store = { x, y, width, height, isMaximized: window.isMaximized() }
  })
  void window.loadURL(`${devAddress ?? appAddress}${bulletin === null ? '' : `#${bulletin}`}`)
  return window
}

function keptState(userData: string): unknown {
  try {
    return JSON.parse(readFileSync(join(userData, 'window.json'), 'utf8'))
  } catch {
    return null // the window opens in the middle of the screen if no readable state is stored
  }
}
