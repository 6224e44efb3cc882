import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { Theme } from '../../shared/settings/setting-values'
import { appAddress } from '../security'
import { stateOf, usableState } from './window-state'
import { keepLastWindow, readStateFor } from './window-state-file'

/**
 * The background colour of each theme. A window shows this colour until its page is drawn, so that the window does not
 * flash white.
 */
const grounds: Record<Theme, string> = { paper: '#fbf7ef', white: '#ffffff', night: '#171512', contrast: '#ffffff' }

/** Time in ms after which a window is shown even if its page is not ready. */
const maxHiddenMs = 5_000

/** The options of a new window. */
export interface WindowOptions {
  /** The id of the bulletin to show. The value null shows the start view. */
  bulletin: string | null
  /**
   * The number of the window in this run of the program, from 0. The window gets the stored place with the same number.
   */
  at: number
  /** The path of the built preload script. */
  preload: string
  icon: string
  /** The path of the user data folder, which stores the window state. */
  userData: string
  theme: Theme | 'system'
  devAddress: string | null
}

/** Opens a window with the interface. The first windows get the stored places of the last run. */
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
  // If the page never becomes ready, the window is shown anyway, so that the program has a window.
  const timer = setTimeout(show, maxHiddenMs)
  window.once('ready-to-show', show)
  window.on('close', () => keepLastWindow(userData, stateOf(window)))
  void window.loadURL(`${devAddress ?? appAddress}${bulletin === null ? '' : `#${bulletin}`}`)
  return window
}
