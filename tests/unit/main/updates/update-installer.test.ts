import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type ClientRequest, request as requestHttp, type RequestOptions } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DownloadOptions } from 'builder-util-runtime'
import type { AppUpdater } from 'electron-updater'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createUpdateInstaller, isReplaceable } from '../../../../src/main/updates/update-installer'
import { toErrorShape } from '../../../../src/shared/errors'
import { createLog } from '../../support/library'
import { startServer } from '../../support/network'

const require = createRequire(import.meta.url)
// A fake `app` replaces the package electron, which electron-updater loads, because the package would download its
// runtime here.
require.cache[require.resolve('electron')] = Object.assign(
  new (require('node:module') as typeof import('node:module'))('electron'),
  {
    exports: {},
    loaded: true,
  },
)
const { NsisUpdater } = require('electron-updater') as typeof import('electron-updater')
const runtime = createRequire(require.resolve('electron-updater'))(
  'builder-util-runtime',
) as typeof import('builder-util-runtime')

/** Sends the requests of electron-updater with Node instead of Chromium. */
class NodeExecutor extends runtime.HttpExecutor<ClientRequest> {
  createRequest(options: RequestOptions, callback: (response: unknown) => void): ClientRequest {
    return requestHttp(options, callback)
  }

  /** Downloads a file as electron-updater does: the base class checks the checksum. */
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    const requestOptions: RequestOptions = {}
    runtime.configureRequestUrl(url, requestOptions)
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const callback = (error: unknown): void => (error instanceof Error ? reject(error) : resolve(destination))
      this.doDownload(requestOptions, { destination, options, onCancel, callback, responseHandler: null }, 0)
    })
  }
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'update-installer-'))
})
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

const setup = Buffer.from(`MZ ${'nội dung của bộ cài '.repeat(500)}`)
const sha512 = (bytes: Buffer): string => createHash('sha512').update(bytes).digest('base64')

/** The path of `latest.yml`, `latest-linux.yml` and so on. */
const listPath = /^\/latest(?:-\w+)?\.yml$/

interface Offer {
  version: string
  /** The checksum in latest.yml. */
  listed: string
  served: Buffer
}

/**
 * Returns an updater of version 1.1.0 of the program, as if NSIS had installed it, and a folder with latest.yml on a
 * server of this machine.
 */
async function startUpdater({ version, listed, served }: Offer): Promise<{ updater: AppUpdater; paths: string[] }> {
  const paths: string[] = []
  const { origin } = await startServer((request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    paths.push(path)
    // The name of the list depends on the system on which the test runs.
    if (listPath.test(path))
      response.end(
        `version: ${version}\nfiles:\n  - url: setup.exe\n    sha512: ${listed}\n    size: ${served.length}\n`,
      )
    else if (path === '/setup.exe') response.end(served)
    else response.writeHead(404).end()
  })
  const app = {
    version: '1.1.0',
    name: 'bantin',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  }
  await writeFile(app.appUpdateConfigPath, `provider: generic\nurl: ${origin}\nupdaterCacheDirName: bantin-updater\n`)
  const updater = new NsisUpdater(null, app)
  // The executor is replaced directly, because electron-updater has no public way to replace it. Its constructor takes
  // an app only in tests.
  Object.assign(updater, { httpExecutor: new NodeExecutor() })
  return { updater, paths }
}

const update = { version: '1.2.0', files: [{ name: 'setup.exe', sha512: sha512(setup) }] }

describe('the installation of a new version', () => {
  it('the installer downloads the signed file, and installs it only when the program ends', async () => {
    const { updater, paths } = await startUpdater({ version: '1.2.0', listed: sha512(setup), served: setup })
    await createUpdateInstaller(() => Promise.resolve(updater), createLog()).install(update)
    expect(paths).toContain('/setup.exe')
    expect(updater.autoInstallOnAppQuit).toBe(true)
  })

  const other = Buffer.from(`MZ ${'nội dung khác '.repeat(500)}`)
  it.each([
    [
      'latest.yml lists a file that the feed does not sign',
      { version: '1.2.0', listed: sha512(other), served: other },
      'update-not-trusted',
      /does not sign/,
    ],
    [
      'the file is not the listed one',
      { version: '1.2.0', listed: sha512(setup), served: other },
      'update-failed',
      /sha512 checksum mismatch/,
    ],
    [
      'latest.yml offers another version',
      { version: '1.3.0', listed: sha512(setup), served: setup },
      'update-failed',
      /does not offer/,
    ],
    [
      'latest.yml offers the same version',
      { version: '1.1.0', listed: sha512(setup), served: setup },
      'update-failed',
      /does not offer/,
    ],
    [
      'latest.yml offers an older version',
      { version: '1.0.0', listed: sha512(setup), served: setup },
      'update-failed',
      /does not offer/,
    ],
  ])('the installer installs nothing if %s', async (_name, offer, code, message) => {
    const { updater } = await startUpdater(offer)
    const installer = createUpdateInstaller(() => Promise.resolve(updater), createLog())
    expect(await installer.install(update).catch(toErrorShape)).toMatchObject({
      code,
      message: expect.stringMatching(message) as unknown,
    })
    expect(updater.autoInstallOnAppQuit).toBe(false)
  })

  it('the installer never requests the file if the checksum of the file is not signed', async () => {
    const { updater, paths } = await startUpdater({ version: '1.2.0', listed: sha512(other), served: other })
    await createUpdateInstaller(() => Promise.resolve(updater), createLog())
      .install(update)
      .catch(() => undefined)
    expect(paths).toEqual([expect.stringMatching(listPath)])
  })
})

describe('isReplaceable', () => {
  it('isReplaceable returns true beside the uninstaller of NSIS, and for an AppImage', async () => {
    await writeFile(join(folder, 'Uninstall bantin.exe'), '')
    expect(isReplaceable('win32', {}, join(folder, 'bantin.exe'))).toBe(true)
    expect(isReplaceable('linux', { APPIMAGE: join(folder, 'bantin.AppImage') }, join(folder, 'bantin'))).toBe(true)
  })

  it('isReplaceable returns false for the portable program, an unpacked folder, a Debian package and macOS', async () => {
    await writeFile(join(folder, 'Uninstall bantin.exe'), '')
    expect(isReplaceable('win32', { PORTABLE_EXECUTABLE_FILE: 'D:\\bantin.exe' }, join(folder, 'bantin.exe'))).toBe(
      false,
    )
    expect(isReplaceable('win32', {}, join(folder, 'khác', 'bantin.exe'))).toBe(false)
    expect(isReplaceable('linux', {}, '/opt/bantin/bantin')).toBe(false)
    expect(isReplaceable('darwin', {}, '/Applications/bantin.app/Contents/MacOS/bantin')).toBe(false)
  })
})
