// The module `electron` for the built app. README.md lists the differences from the real Electron.
import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { createInterface } from 'node:readline'
import { DevTools } from '../../src/cli/chromium/devtools.ts'
import { findChromium } from '../../src/cli/chromium/find-chromium.ts'
import type * as Electron from 'electron'
import { type ContentsOptions, preventable, WebContents } from './contents.ts'
import { clickDock, clickMenu, Menu, type MenuItem, setDockMenu } from './menus.ts'
import { clickNotification, clickTray, nativeImage, Notification, Tray } from './notification-area.ts'
import { checkOptions } from './options.ts'
import { protocol, session, setReady } from './session.ts'
import { paths, endRecord, record, requireReady, state, userData } from './state.ts'

export { Menu, nativeImage, Notification, protocol, session, Tray }

const ready = Promise.withResolvers<DevTools>()
let isQuitting = false

type AppMethods = Pick<
  Electron.App,
  | 'isPackaged'
  | 'name'
  | 'getName'
  | 'getVersion'
  | 'getLocale'
  | 'getAppPath'
  | 'isReady'
  | 'whenReady'
  | 'enableSandbox'
  | 'disableHardwareAcceleration'
  | 'setAppUserModelId'
  | 'setLoginItemSettings'
  | 'setBadgeCount'
  | 'setUserTasks'
  | 'dock'
  | 'getPath'
  | 'setPath'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit'
>

class App extends EventEmitter implements AppMethods {
  readonly isPackaged = process.env['SHIM_RESOURCES'] !== undefined
  readonly name = 'bantin'
  getName = (): string => 'bantin'
  getVersion = (): string => '0.0.0-shim'
  getLocale = (): string => 'en-US'
  getAppPath = (): string => process.cwd()
  isReady = (): boolean => state.isReady
  whenReady = (): Promise<void> => ready.promise.then(() => undefined)
  enableSandbox = (): void => requireNotReady('app.enableSandbox')
  disableHardwareAcceleration = (): void => {
    requireNotReady('app.disableHardwareAcceleration')
    record('app.disableHardwareAcceleration', [])
  }
  setLoginItemSettings = (settings: Electron.Settings): void => {
    if (process.platform === 'linux') throw new Error('electron: app.setLoginItemSettings exists on darwin, win32 only')
    checkOptions('Settings', settings)
    record('app.setLoginItemSettings', [settings])
  }
  setBadgeCount = (count?: number): boolean => {
    if (process.platform === 'win32') throw new Error('electron: app.setBadgeCount exists on darwin, linux only')
    requireReady('app.setBadgeCount')
    record('app.setBadgeCount', [count])
    return true
  }
  setUserTasks = (tasks: Electron.Task[]): boolean => {
    requireSystem('app.setUserTasks', 'win32')
    requireReady('app.setUserTasks')
    for (const task of tasks) checkOptions('Task', task)
    record('app.setUserTasks', [tasks])
    return true
  }
  get dock(): Electron.Dock | undefined {
    if (process.platform !== 'darwin') return undefined
    const setMenu = (items: Electron.Menu): void => setDockMenu(items as unknown as MenuItem[])
    // The app uses only this method of the dock.
    return { setMenu } as Electron.Dock
  }
  setAppUserModelId = (): void => requireSystem('app.setAppUserModelId', 'win32')
  readonly commandLine = {
    appendSwitch: (name: string): void => {
      if (/[^a-z0-9-]/.test(name)) throw new TypeError(`electron: '${name}' is no switch`)
      requireNotReady('app.commandLine.appendSwitch')
    },
    hasSwitch: (name: string): boolean => process.argv.includes(`--${name}`),
  }
  getPath = (name: string): string => {
    const path = paths[name]
    if (path === undefined) throw new Error(`shim: app.getPath('${name}') is missing`)
    return path
  }
  setPath = (name: string, path: string): void => {
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    paths[name] = path
  }

  /**
   * Allows one process for each user data folder. A second process sends its command line to the first process and gets
   * false.
   */
  requestSingleInstanceLock = (data?: Record<string, unknown>): boolean => {
    mkdirSync(userData(), { recursive: true })
    const lock = join(userData(), 'shim-instance')
    const messages = join(userData(), 'shim-second-instance')
    const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
    if (holder !== 0 && holder !== process.pid && isAlive(holder)) {
      // Chromium adds its own switches, and puts all switches before the other arguments.
      const switches = [
        '--allow-file-access-from-files',
        ...process.argv.slice(1).filter((word) => word.startsWith('-')),
      ]
      const words = process.argv.slice(1).filter((word) => !word.startsWith('-'))
      const argv = [process.argv[0], ...switches, ...words]
      writeFileSync(messages, JSON.stringify({ argv, folder: process.cwd(), data: data ?? null }))
      return false
    }
    writeFileSync(lock, String(process.pid))
    writeFileSync(messages, '')
    watch(messages, () => {
      const text = existsSync(messages) ? readFileSync(messages, 'utf8') : ''
      if (text === '') return
      const { argv, folder, data: sent } = JSON.parse(text) as { argv: string[]; folder: string; data: unknown }
      this.emit('second-instance', {}, argv, folder, sent)
    }).unref()
    const early = process.env['SHIM_SECOND_INSTANCE']
    if (early !== undefined) {
      const { argv, folder } = JSON.parse(early) as { argv: string[]; folder: string }
      setImmediate(() => this.emit('second-instance', {}, argv, folder, null))
    }
    return true
  }

  quit = (): void => {
    if (isQuitting) return
    const event = preventable({})
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    isQuitting = true
    for (const window of BrowserWindow.getAllWindows()) window.emit('close', preventable({}))
    endRecord()
    this.emit('will-quit', preventable({}))
    this.emit('quit', {}, 0)
    this.exit(0)
  }
  exit = (code = 0): void => {
    isQuitting = true
    if (!state.isReady) process.exit(code)
    void ready.promise.then((browser) => browser.close()).finally(() => process.exit(code))
  }
}

function requireNotReady(name: string): void {
  if (state.isReady) throw new Error(`electron: ${name} can only be called before app is ready`)
}

function requireSystem(name: string, platform: NodeJS.Platform): void {
  if (process.platform !== platform) throw new Error(`electron: ${name} exists on ${platform} only`)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export const app = new App()

const handlers = new Map<string, (event: object, ...args: unknown[]) => unknown>()
export const ipcMain = Object.assign(new EventEmitter(), {
  handle(channel: string, handler: (event: object, ...args: unknown[]) => unknown): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
  removeHandler: (channel: string): void => void handlers.delete(channel),
})
export const ipcRenderer = missingPart('ipcRenderer')

const windows = new Map<WebContents, BrowserWindow>()

type WindowOptions = ContentsOptions & { x?: number; y?: number; show?: boolean; icon?: string }

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  readonly id: number
  readonly #options: WindowOptions
  #isShown: boolean
  static getAllWindows = (): BrowserWindow[] => [...windows.values()]
  static getFocusedWindow = (): BrowserWindow | null =>
    process.env['SHIM_FOCUS'] === 'none' ? null : ([...windows.values()].at(-1) ?? null)
  static fromWebContents = (contents: WebContents): BrowserWindow | null => windows.get(contents) ?? null

  constructor(options: WindowOptions = {}) {
    super()
    const { webPreferences, ...shown } = options
    checkOptions('BrowserWindowConstructorOptions', { ...shown })
    if (webPreferences !== undefined) checkOptions('WebPreferences', { ...webPreferences, session: undefined })
    if (options.icon !== undefined && !existsSync(options.icon)) throw new Error(`shim: no icon at ${options.icon}`)
    this.#options = options
    this.webContents = new WebContents(options, {
      browser: ready.promise,
      handlers,
      userData,
      onDestroyed: handleWindowClosed,
    })
    this.id = this.webContents.id
    windows.set(this.webContents, this)
    // Electron sends this event once for each window, when the page can be shown. A page that never paints never
    // becomes ready.
    this.webContents.once('ready-to-show', () => {
      if (process.env['SHIM_READY_TO_SHOW'] !== 'never') this.emit('ready-to-show')
    })
    this.#isShown = options.show !== false
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this)
  }
  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  close(): void {
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.webContents.close()
  }
  destroy(): void {
    this.webContents.close()
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed()
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    const { x = 0, y = 0, width = 800, height = 600 } = this.#options
    return { x, y, width, height }
  }
  isMaximized(): boolean {
    return false
  }
  isMinimized(): boolean {
    return false
  }
  isVisible(): boolean {
    return this.#isShown
  }
  show(): void {
    this.#isShown = true
    record('window.show', [this.id])
  }
  // The windows of the shim are not on a screen, so these methods do nothing.
  focus(): void {}
  flashFrame(flag: boolean): void {
    if (typeof flag !== 'boolean') throw new TypeError('electron: flashFrame needs a boolean')
    record('window.flashFrame', [flag])
  }
  restore(): void {}
  maximize(): void {}
}

function handleWindowClosed(contents: WebContents): void {
  const window = windows.get(contents)
  windows.delete(contents)
  window?.emit('closed')
  record('window.closed', [contents.id])
  if (windows.size === 0 && !isQuitting && !app.emit('window-all-closed')) app.quit()
}

const answers = JSON.parse(process.env['SHIM_ANSWERS'] ?? '{}') as Record<string, unknown>
const answering =
  (name: string, type: string) =>
  (...args: unknown[]): Promise<unknown> => {
    // A dialog function may get the parent window as its first argument.
    const [options] = args[0] instanceof BrowserWindow ? args.slice(1) : args
    checkOptions(type, options)
    record(`dialog.${name}`, [options, { hasParent: args[0] instanceof BrowserWindow }])
    return Promise.resolve(answers[name] ?? { canceled: true, filePath: '', filePaths: [], response: 0 })
  }
export const dialog = {
  showOpenDialog: answering('showOpenDialog', 'OpenDialogOptions'),
  showSaveDialog: answering('showSaveDialog', 'SaveDialogOptions'),
  showMessageBox: answering('showMessageBox', 'MessageBoxOptions'),
  showErrorBox(title: string, content: string): void {
    record('dialog.showErrorBox', [title, content])
    process.stderr.write(`${title}: ${content}\n`)
  },
}
export const shell: Pick<Electron.Shell, 'openPath' | 'openExternal'> = {
  openPath(path: string): Promise<string> {
    record('shell.openPath', [path])
    return Promise.resolve('')
  },
  openExternal(url: string): Promise<void> {
    record('shell.openExternal', [url])
    return Promise.resolve()
  },
}

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: 'system' })
export const screen = { getAllDisplays: (): object[] => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] }
export const contextBridge = missingPart('contextBridge')

/**
 * Returns an object that stands for a part of Electron that the shim does not have. Any use of the object throws an
 * error with the name of the part.
 */
function missingPart(name: string): object {
  return new Proxy(
    {},
    {
      get: (_target, member) => {
        throw new Error(`shim: ${name}.${String(member)} is missing`)
      },
    },
  )
}

// electron-store imports the default export of this module.
const all: Record<string, unknown> = {
  app,
  ipcMain,
  ipcRenderer,
  BrowserWindow,
  dialog,
  shell,
  Menu,
  Tray,
  Notification,
  nativeImage,
  nativeTheme,
  screen,
  contextBridge,
  protocol,
  session,
}
export default new Proxy(all, {
  get(target, name) {
    if (!(name in target)) throw new Error(`shim: electron.${String(name)} is missing`)
    return target[String(name)]
  },
})

/** Starts Chromium, prints its address, and tells the app that Electron is ready. */
export async function boot(): Promise<void> {
  const { path, tried } = findChromium(process.env, process.platform)
  if (path === null) throw new Error(`shim: no Chromium found (${tried.join(', ')})`)
  const browser = await DevTools.launch(path)
  browser.on('exit', () => {
    // If the program quits by itself, it closes the browser first, and the exit code of the program counts.
    if (!isQuitting) void browser.close().finally(() => process.exit(0))
  })
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => app.quit())
  process.on('exit', () => rmSync(join(userData(), 'shim-instance'), { force: true }))
  listenForMenu()
  state.isReady = true
  setReady()
  process.stdout.write(`SHIM ${JSON.stringify({ cdp: browser.httpAddress, userData: userData() })}\n`)
  ready.resolve(browser)
  app.emit('ready')
}

interface ShimInput {
  menu?: string
  tray?: string
  session?: 'end'
  app?: 'activate' | 'focus'
  dock?: string
  notification?: 'click'
}

/** Reads the actions of a user or of the system from stdin, one JSON object in each line (README.md). */
function listenForMenu(): void {
  const lines = createInterface(process.stdin)
  lines.on('line', (line) => {
    const input = JSON.parse(line) as ShimInput
    if (input.session === 'end') void endSession()
    if (input.app === 'activate') app.emit('activate', {}, false)
    if (input.app === 'focus') app.emit('browser-window-focus', {}, [...windows.values()].at(-1))
    if (input.dock !== undefined) clickDock(input.dock)
    if (input.notification === 'click') clickNotification()
    if (input.menu !== undefined) clickMenu(input.menu)
    if (input.tray !== undefined) clickTray(input.tray)
  })
}

/**
 * Acts like Windows at the end of a session: tells the windows, waits a moment, and kills the process without the event
 * `before-quit`.
 */
async function endSession(): Promise<void> {
  for (const window of BrowserWindow.getAllWindows()) window.emit('query-session-end', preventable({}))
  for (const window of BrowserWindow.getAllWindows()) window.emit('session-end', {})
  await new Promise((resolve) => setTimeout(resolve, 3000))
  await (await ready.promise).close()
  process.exit(1)
}
