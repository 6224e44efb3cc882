import { app, type BrowserWindow, session } from 'electron'
import { join } from 'node:path'
import type { App } from '../core/app-interface'
import { readFolderVariable } from '../core/environment'
import { restrictNewFiles } from '../core/file-access'
import { importPaths } from '../core/import/import-paths'
import type { Log, Paths } from '../core/ports'
import { openOrJoin } from '../core/shared-access/open-or-join'
import type { Settings } from '../shared/settings/settings'
import type { Language } from '../shared/settings/setting-values'
import { answerScheme, registerScheme } from './app-protocol'
import { closeBeforeQuit } from './windows/close-library'
import { setContextMenu } from './windows/context-menu'
import { runInBackground, startsInBackground } from './desktop/background'
import { setIconMenu } from './desktop/icon-menu'
import { announceNewBulletins } from './desktop/notifications'
import { createDesktopLog, createDesktopPorts } from './desktop-ports'
import { endWithError } from './end-with-error'
import { connectWindows } from './ipc'
import { setMenu } from './menu'
import { guardEverything, guardSession } from './navigation-guard'
import { offerBackup } from './offer-backup'
import { filesIn, listenForOpenRequests, ownStart } from './open-requests'
import { prepareSelfTest } from './self-test/self-test'
import { readStoredSettings } from './stored-settings'
import { unpackedPath } from './unpacked-path'
import { openWindow } from './windows/open-window'
import { bringToFront, lastWindow, listWindows, trackWindow } from './windows/track-windows'
import { readOpenWindows } from './windows/window-state-file'

const built = join(import.meta.dirname, '..')
const selfTest = prepareSelfTest()
const chosenConfig = selfTest?.folder ?? readFolderVariable(process.env, 'BANTIN_CONFIG')
if (chosenConfig !== undefined) app.setPath('userData', chosenConfig)
const userData = app.getPath('userData')
restrictNewFiles({ share: process.env['BANTIN_SHARE'], ownFolder: chosenConfig === undefined ? userData : null })
/** The address of the development server. Null if none is used, as in a packaged program. */
const devAddress = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)
const openRequests = listenForOpenRequests()

app.enableSandbox()
// Without this switch, Chromium on Linux cannot read text aloud (electron/electron#4452).
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-speech-dispatcher')
if (usesSoftwareRendering()) app.disableHardwareAcceleration()
if (process.platform === 'win32') app.setAppUserModelId('vn.bantin.app')
registerScheme()
guardEverything(devAddress)
// This file uses no top-level await, because a top-level await deadlocks an ESM main process (electron/electron#40719).
if (app.requestSingleInstanceLock(ownStart()))
  void app
    .whenReady()
    .then(start)
    .catch((thrown: unknown) => (selfTest === null ? endWithError(thrown, language()) : selfTest.fail(thrown)))
else app.quit()

async function start(): Promise<void> {
  const log = selfTest?.log ?? createDesktopLog(userData)
  app.on('child-process-gone', (_event, { type, reason }) => log.warn(`process ${type} ended (${reason})`))
  let openedLibrary: App | null = null
  const library = await openLibrary(log, {
    openReader: (id) => void open(id),
    library() {
      if (openedLibrary === null) throw new Error('main: asked before the library was open')
      return openedLibrary
    },
  })
  openedLibrary = library
  guardSession(session.defaultSession, devAddress)
  answerScheme(session.defaultSession, library)
  connectWindows(library, devAddress)
  const open = (id: string | null = null, at = 0): BrowserWindow => openReaderWindow(log, id, at)
  const refreshAll = (): void => void library.call('startRefresh', { sources: null })
  const setMenus = (shown: Language): void => {
    setMenu(shown, () => open())
    setIconMenu(shown, { openWindow: () => void open(), refreshAll })
  }
  setMenus(language())
  library.on(({ event }) => {
    if (event.type === 'settings-changed') setMenus(event.settings.language)
  })
  closeBeforeQuit(library, { userData, log })
  if (selfTest !== null) return selfTest.run({ library, resources: paths().resources, openWindow: open })
  const show = (): void => bringToFront(lastWindow() ?? open())
  announceNewBulletins({ library, readSettings, show })
  runInBackground({ library, icon: iconPath(), readSettings, show })
  const own = filesIn(ownStart())
  await importFiles(library, own.paths)
  if (own.backups.length > 0 || !startsInBackground(readSettings())) openEarlierWindows(open)
  void offerBackups(library, own.backups)
  if (own.refreshesAll) refreshAll()
  app.on('activate', () => {
    if (listWindows().length === 0) open()
  })
  openRequests.answer(({ paths, backups, opensWindow, refreshesAll }) => {
    if (opensWindow) open()
    else show()
    if (refreshesAll) refreshAll()
    void offerBackups(library, backups)
    void importFiles(library, paths).catch((thrown: unknown) => log.warn('open: import failed', thrown))
  })
}

/** Opens the windows that were open at the end of the last run. Opens one window if there were none. */
function openEarlierWindows(open: (bulletin: string | null, at: number) => void): void {
  const earlier = readOpenWindows(userData)
  earlier.forEach(({ bulletin }, at) => open(bulletin, at))
  if (earlier.length === 0) open(null, 0)
}

function openReaderWindow(log: Log, bulletin: string | null, at: number): BrowserWindow {
  const window = openWindow({
    bulletin,
    at,
    preload: join(built, 'preload', 'index.cjs'),
    icon: iconPath(),
    userData,
    theme: readSettings().theme,
    devAddress,
  })
  trackWindow(window, { log, language, keepsRunning: () => readSettings().keepsRunning })
  setContextMenu(window.webContents, language)
  return window
}

function openLibrary(
  log: Log,
  { openReader, library }: { openReader(id: string): void; library(): App },
): Promise<App> {
  const workers = {
    parsing: unpackedPath(join(built, 'main', 'parsing-worker.js')),
    index: unpackedPath(join(built, 'main', 'index-worker.js')),
  }
  return openOrJoin(createDesktopPorts({ paths: paths(), log, language, openReader, library }), {
    access: 'prefer-write',
    followsSchedules: true,
    offerSample: selfTest === null,
    recovery: 'later',
    workers,
  })
}

/** Imports the files that the user opened with the program in the file manager ("Open with…"). */
async function importFiles(library: App, files: readonly string[]): Promise<void> {
  if (files.length === 0) return
  await importPaths(library, [...files], { signal: AbortSignal.timeout(60_000), onProgress: () => undefined })
}

/** Offers to restore each backup of "Open with…", one after another. */
async function offerBackups(library: App, files: readonly string[]): Promise<void> {
  for (const file of files) await offerBackup(library, file, language())
}

function paths(): Paths {
  return {
    library:
      (selfTest === null ? readFolderVariable(process.env, 'BANTIN_LIBRARY') : null) ?? join(userData, 'library'),
    config: userData,
    cache: join(userData, 'indexes'),
    resources: app.isPackaged ? join(process.resourcesPath, 'resources') : join(built, '..', 'resources'),
    interface: join(built, 'renderer'),
  }
}

/** Whether pages are drawn without the graphics card, which helps on machines with a broken driver. */
function usesSoftwareRendering(): boolean {
  return app.commandLine.hasSwitch('software-rendering') || readSettings().softwareRendering
}

function language(): Language {
  return readSettings().language
}

function readSettings(): Settings {
  return readStoredSettings(userData)
}

function iconPath(): string {
  return join(paths().resources, 'icon.png')
}
