// Installs new versions of the installed desktop program with electron-updater. Its file latest.yml has no signature, so
// this file accepts only checksums of the signed feed (src/core/updates).
import { app } from 'electron'
import type { AppUpdater } from 'electron-updater'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Log, UpdateInstaller } from '../../core/ports'
import { AppError, toAppError } from '../../shared/errors'

/** The part of electron-updater that this program uses. */
export type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'disableWebInstaller'
  | 'logger'
  | 'checkForUpdates'
  | 'downloadUpdate'
>

/**
 * Returns the installer of new versions. Returns null for a program that cannot replace itself: from a checkout, the
 * portable program, a Debian package, macOS without a signature, or a build without an update feed.
 */
export function findUpdateInstaller(log: Log): UpdateInstaller | null {
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return null
  if (!isReplaceable(process.platform, process.env, process.execPath)) return null
  return createUpdateInstaller(async () => (await import('electron-updater')).default.autoUpdater, log)
}

/** Whether the running program was installed in a way that electron-updater can replace: by NSIS, or as an AppImage. */
export function isReplaceable(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, program: string): boolean {
  if (platform === 'linux') return env['APPIMAGE'] !== undefined
  if (platform !== 'win32' || env['PORTABLE_EXECUTABLE_FILE'] !== undefined) return false
  return existsSync(join(dirname(program), 'Uninstall bantin.exe'))
}

/** Creates the installer for an updater. The updater installs the version when the program quits. */
export function createUpdateInstaller(open: () => Promise<Updater>, log: Log): UpdateInstaller {
  return {
    async install({ version, files }) {
      const updater = await open()
      updater.autoDownload = false
      updater.autoInstallOnAppQuit = false
      updater.allowDowngrade = false
      updater.disableWebInstaller = true
      updater.logger = loggerOf(log)
      const found = await updater.checkForUpdates().catch(failed)
      if (found?.isUpdateAvailable !== true || found.updateInfo.version !== version)
        throw new AppError('update-failed', `install update: latest.yml does not offer ${version}`)
      const signed = new Set(files.map(({ sha512 }) => sha512))
      const offered = found.updateInfo.files
      if (offered.length === 0 || !offered.every(({ sha512 }) => signed.has(sha512)))
        throw new AppError('update-not-trusted', 'install update: latest.yml names a file that the feed does not sign')
      await updater.downloadUpdate().catch(failed)
      updater.autoInstallOnAppQuit = true
    },
  }
}

function failed(thrown: unknown): never {
  throw new AppError('update-failed', `install update: ${toAppError(thrown).message}`, {}, { cause: thrown })
}

function loggerOf(log: Log): NonNullable<Updater['logger']> {
  return {
    info: (message: unknown) => log.info(`update: ${String(message)}`),
    warn: (message: unknown) => log.warn(`update: ${String(message)}`),
    error: (message: unknown) => log.warn(`update: ${String(message)}`),
  }
}
