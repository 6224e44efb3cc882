import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { Theme } from '../../shared/settings/setting-values'
import { appAddress } from '../security'
import { stateOf, usableState } from './window-state'
import { keepLastWindow, readStateFor } from './window-state-file'

/** The page colour of each theme. The window shows this colour until the page is drawn, so that nothing flashes. */
const grounds: Record<Theme, string> = { paper: '#fbf7ef', white: '#ffffff', night: '#171512', contrast: '#ffffff' }

/** The time after which a window is shown although its page is not ready, in ms. */
const maxHiddenMs = 5_000

/** The options of a new window. */
export interface WindowOptions {
  /** The id of the bulletin to show. The value null shows the start view. */
  bulletin: string | null
  /** The number of the window in this start, from 0. It chooses the stored place. */
  at: number
  /** The path of the built preload script. */
  preload: string
  icon: string
  /** The path of the user data folder, which stores the window state. */
  userData: string
  theme: Theme | 'system'
  devAddress: string | null
}

/** Opens a window with the interface, at the place of the last closed window. */
export function openWindow({ bulletin, at, preload, icon, userData, theme, devAddress }: WindowOptions): BrowserWindow {
  const state = usableState(
    readStateFor(userData, at),
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
  const show = (): void => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isVisible()) return
    if (state.isMaximized) window.maximize()
    window.show()
  }
  // A page that never becomes ready must not leave the program without a window.
  const timer = setTimeout(show, maxHiddenMs)
  window.once('ready-to-show', show)
  window.on('close', () => keepLastWindow(userData, stateOf(window)))
  void window.loadURL(`${devAddress ?? appAddress}${bulletin === null ? '' : `#${bulletin}`}`)
  return window
}
