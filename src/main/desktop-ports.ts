import { session } from 'electron'
import { join } from 'node:path'
import type { App } from '../core/app-interface'
import { createLogFiles } from '../core/diagnostics/log-files'
import type { Log, Paths, Ports } from '../core/ports'
import type { Language } from '../shared/settings/setting-values'
import { version } from '../shared/version'
import { openOrSaveAttachment } from './attachments'
import { chooseBackup, openDataFolder, saveText } from './file-dialogs'
import { openOutside } from './navigation-guard'
import { openPrintEngine, printFile, saveFiles } from './print'
import { proxyOf } from './proxy'
import { openStore } from './store'
import { findUpdateInstaller } from './updates/update-installer'

/** The parts of the desktop program that its ports use. */
export interface DesktopParts {
  paths: Paths
  log: Log
  language(): Language
  /** Shows a bulletin in a new window. */
  openReader(id: string): void
  /** The open library. */
  library(): App
}

/** Creates the log of the desktop program, which writes to files and to the terminal. */
export function createDesktopLog(userData: string): Log {
  const terminal = {
    info: (message: string) => console.info(message),
    warn: (message: string, cause?: unknown) => console.warn(message, cause),
  }
  return createLogFiles(join(userData, 'logs'), { clock: () => new Date(), next: terminal })
}

/** Creates the functions of the desktop program that the core needs ({@link Ports}). */
export function createDesktopPorts({ paths, log, language, openReader, library }: DesktopParts): Ports {
  const page = (path: string): Promise<Response | null> => library().page(path)
  const installer = findUpdateInstaller(log)
  return {
    openStore,
    clock: () => new Date(),
    log,
    paths,
    program: 'Bản Tin',
    host: { kind: 'desktop', version, platform: process.platform, canMakePdf: true },
    openPrintEngine: (source) => Promise.resolve(openPrintEngine(source)),
    async printFile(file, copies) {
      const { isOpenedInViewer } = await printFile(page, file, copies)
      return { page: null, isOpenedInViewer }
    },
    saveFiles: async (files) => ({ pages: [], saved: await saveFiles(page, files) }),
    async openAttachment(file) {
      await openOrSaveAttachment(file, language())
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
    openDataFolder: () => openDataFolder(paths.library),
    saveText,
    chooseBackup,
    ...(installer === null ? {} : { updateInstaller: installer }),
  }
}
