import { app, BrowserWindow, dialog, session } from 'electron'
import { join } from 'node:path'
import type { App } from '../core/app-interface'
import { openOrJoin } from '../core/shared-access/open-or-join'
import { importPaths } from '../core/import/import-paths'
import { createLogFiles } from '../core/diagnostics/log-files'
import type { Ports } from '../core/ports'
import { toAppError } from '../shared/errors'
import { type Language, languages } from '../shared/settings/setting-values'
import { isImportableName } from '../shared/saved-pages'
import { readSettings } from '../shared/settings/read-settings'
import { translate } from '../shared/locales/translate'
import { version } from '../shared/version'
import { readFileSync } from 'node:fs'
import { openOrSaveAttachment } from './attachments'
import { setContextMenu } from './context-menu'
import { chooseBackup, openDataFolder, saveText } from './file-dialogs'
import { connectWindows } from './ipc'
import { setMenu } from './menu'
import { guardEverything, guardSession, openOutside } from './navigation-guard'
import { openPrintEngine, printFile, saveFiles } from './print'
import { proxyOf } from './proxy'
import { answerScheme, registerScheme } from './app-protocol'
import { openStore } from './store'
import { openWindow } from './window'

const built = join(import.meta.dirname, '..')
const chosenConfig = process.env['BANTIN_CONFIG']
if (chosenConfig !== undefined) app.setPath('userData', chosenConfig)
const userData = app.getPath('userData')
/** The address of the development server. The value is null without a development server, as in a packaged program. */
const devAddress = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)

app.enableSandbox()
registerScheme()
guardEverything(devAddress)
// This file uses no top-level await, because a top-level await would deadlock an ESM main process
// (electron/electron#40719).
if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

async function start(): Promise<void> {
  const library = await openLibrary((id) => open(id))
  if (library === null) return
  guardSession(session.defaultSession, devAddress)
  answerScheme(session.defaultSession, library)
  connectWindows(library, devAddress)
  const open = (id: string | null = null): BrowserWindow => {
    const window = openWindow({
      bulletin: id,
      preload: join(built, 'preload', 'index.cjs'),
      icon: join(resourcesFolder(), 'icon.png'),
      userData,
      theme: readSettings(readStoredSettings()).theme,
      devAddress,
    })
    setContextMenu(window.webContents, readStoredLanguage)
    return window
  }
  setMenu(readStoredLanguage(), () => open())
  library.on(({ event }) => {
    if (event.type === 'settings-changed') setMenu(event.settings.language, () => open())
  })
  open()
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open()
  })
  app.on('second-instance', (_event, words) => {
    void importNamed(library, words)
    const window = BrowserWindow.getAllWindows()[0] ?? open()
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('window-all-closed', () => app.quit())
  closeBeforeQuit(library)
}

/** Opens the library. If the library cannot be opened, shows the reason in a dialog and ends the program. */
async function openLibrary(openReader: (id: string) => void): Promise<App | null> {
  let library: App | null = null
  const opened = (): App => {
    if (library === null) throw new Error('main: asked before the library was open')
    return library
  }
  const clock = (): Date => new Date()
  const libraryFolder = process.env['BANTIN_LIBRARY'] ?? join(userData, 'library')
  const terminal = {
    info: (message: string) => console.info(message),
    warn: (message: string, cause?: unknown) => console.warn(message, cause),
  }
  const ports: Ports = {
    openStore,
    clock,
    log: createLogFiles(join(userData, 'logs'), { clock, next: terminal }),
    paths: {
      library: libraryFolder,
      config: userData,
      cache: join(userData, 'indexes'),
      resources: resourcesFolder(),
      interface: join(built, 'renderer'),
    },
    program: 'Bản Tin',
    host: { kind: 'desktop', version, platform: process.platform, canMakePdf: true },
    openPrintEngine: (page) => Promise.resolve(openPrintEngine(page)),
    async printFile(file, copies) {
      await printFile((path) => opened().page(path), file, copies)
      return { page: null }
    },
    saveFiles: async (files) => ({ pages: [], saved: await saveFiles((path) => opened().page(path), files) }),
    async openAttachment(file) {
      await openOrSaveAttachment(file, readStoredLanguage())
      return { page: null }
    },
    proxyFor: async (address) => proxyOf(await session.defaultSession.resolveProxy(address)),
    async openExternal(url) {
      await openOutside(url)
      return { page: null }
    },
    openReader(id) {
      openReader(id)
      return Promise.resolve({ page: null })
    },
    openDataFolder: () => openDataFolder(libraryFolder),
    saveText,
    chooseBackup,
  }
  try {
    const workers = {
      parsing: join(built, 'main', 'parsing-worker.js'),
      index: join(built, 'main', 'index-worker.js'),
    }
    library = await openOrJoin(ports, {
      access: 'prefer-write',
      followsSchedules: true,
      offerSample: true,
      recovery: 'later',
      workers,
    })
    await importNamed(library, process.argv.slice(1))
    return library
  } catch (thrown) {
    const { code, details } = toAppError(thrown)
    dialog.showErrorBox(
      translate(readStoredLanguage(), 'app.name'),
      translate(readStoredLanguage(), `error.${code}`, details),
    )
    app.exit(1)
    return null
  }
}

/** Imports the files named on the command line ("Open with…"). */
async function importNamed(library: App, words: readonly string[]): Promise<void> {
  const paths = words.filter((word) => isImportableName(word))
  if (paths.length === 0) return
  await importPaths(library, paths, { signal: AbortSignal.timeout(60_000), onProgress: () => undefined })
}

/**
 * Closes the library before the program quits, and waits for running writes. If the user asks to quit again, this
 * request waits too.
 */
function closeBeforeQuit(library: App): void {
  let closing: Promise<void> | null = null
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    closing ??= library.close().finally(() => {
      isClosed = true
      app.quit()
    })
  })
}

function resourcesFolder(): string {
  return app.isPackaged ? join(process.resourcesPath, 'resources') : join(built, '..', 'resources')
}

function readStoredSettings(): unknown {
  try {
    return JSON.parse(readFileSync(join(userData, 'settings.json'), 'utf8'))
  } catch {
    return {} // the program uses the defaults if the file is missing or damaged
  }
}

function readStoredLanguage(): Language {
  const { language } = readSettings(readStoredSettings())
  return languages.includes(language) ? language : 'vi'
}
