import { join } from 'node:path'
import type { App, AppOptions } from '../core/app-interface'
import { openOrJoin } from '../core/shared-access/open-or-join'
import { createLogFiles } from '../core/diagnostics/log-files'
import type { Log, Paths, Ports } from '../core/ports'
import { version } from '../shared/version'
import { findChromium } from './chromium/find-chromium'
import { workerPaths } from './paths'
import { loadStore } from './store'

/**
 * The log of the command line. It writes warnings to stderr only if BANTIN_LOG is set, because a script that reads
 * stderr must see only the messages of the command.
 */
const log: Log = {
  info: () => undefined,
  warn(message, cause) {
    if (process.env['BANTIN_LOG'] === undefined) return
    process.stderr.write(`${message}${cause instanceof Error ? `: ${cause.message}` : ''}\n`)
  },
}

/** Opens the library for a command or for `serve`. Its pages are shown in a browser. */
export async function openApp(
  paths: Paths,
  {
    program,
    chooseBackup = () => Promise.resolve(null),
    keepsLog = false,
    ...options
  }: Pick<AppOptions, 'access' | 'isForGuests' | 'offerSample' | 'recovery' | 'followsSchedules'> & {
    program: string
    chooseBackup?: Ports['chooseBackup']
    /** Whether warnings are also written to log files, for the diagnostic report. Only `serve` needs these files. */
    keepsLog?: boolean
  },
): Promise<App> {
  const canWrite = options.access !== 'read'
  const clock = (): Date => new Date()
  const ports: Ports = {
    openStore: canWrite ? await loadStore() : refuseStore,
    clock,
    log: keepsLog ? createLogFiles(join(paths.config, 'logs'), { clock, next: log }) : log,
    paths,
    program,
    host: {
      kind: 'web',
      version,
      platform: process.platform,
      // This property is a getter, so that only commands that print look for Chromium.
      get canMakePdf() {
        return findChromium(process.env, process.platform).path !== null
      },
    },
    openPrintEngine: async (page) => (await import('./chromium/chromium-print-engine')).openChromium(page),
    printFile: ({ path }) => Promise.resolve({ page: path, isOpenedInViewer: false }),
    saveFiles: (files) => Promise.resolve({ pages: files.map(({ path }) => `${path}/download`), saved: [] }),
    openAttachment: ({ id, file }) => Promise.resolve({ page: `/media/${id}/${file}` }),
    async proxyFor(address) {
      const { getProxyForUrl } = await import('proxy-from-env')
      const proxy = getProxyForUrl(address)
      return proxy === '' ? null : proxy
    },
    openExternal: (url) => Promise.resolve({ page: url }),
    openReader: (id) => Promise.resolve({ page: `/#${id}` }),
    // The web host opens no windows on its machine, so the page shows the path of the folder instead.
    openDataFolder: () => Promise.resolve({ path: paths.library, opened: false }),
    saveText: () => Promise.resolve({ saved: false, byPage: true }),
    chooseBackup,
  }
  return openOrJoin(ports, { ...options, workers: workerPaths() })
}

function refuseStore(): never {
  throw new Error('store: this command only reads')
}
