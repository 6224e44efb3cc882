import type { App, AppOptions } from '../core/app'
import { openOrJoin } from '../core/forwarding/join'
import type { Log, Paths, Ports } from '../core/ports'
import { version } from '../shared/version'
import { findChromium } from './find-chromium'
import { workerPaths } from './places'
import { loadStore } from './store'

/** The log of the command line: warnings on stderr when asked for, so that scripts see results alone. */
const log: Log = {
  info: () => undefined,
  warn(message, cause) {
    if (process.env['BANTIN_LOG'] === undefined) return
    process.stderr.write(`${message}${cause instanceof Error ? `: ${cause.message}` : ''}\n`)
  },
}

/** Opens the library for a command or for `serve`, with what a browser host can do. */
export async function openApp(
  paths: Paths,
  { program, ...options }: Pick<AppOptions, 'access' | 'offerSample' | 'settles'> & { program: string },
): Promise<App> {
  const canWrite = options.access !== 'read'
  const ports: Ports = {
    openStore: canWrite ? await loadStore() : refuseStore,
    clock: () => new Date(),
    log,
    paths,
    program,
    host: {
      kind: 'web',
      version,
      platform: process.platform,
      // Looked for when the interface asks, not at the start of every command.
      get canMakePdf() {
        return findChromium(process.env, process.platform).path !== null
      },
    },
    openPrintEngine: async (page) => (await import('./chromium')).openChromium(page),
    printFile: ({ path }) => Promise.resolve({ page: path }),
    saveFiles: (files) => Promise.resolve({ pages: files.map(({ path }) => `${path}/download`), saved: [] }),
    openAttachment: ({ id, file }) => Promise.resolve({ page: `/media/${id}/${file}` }),
    async proxyFor(address) {
      const { getProxyForUrl } = await import('proxy-from-env')
      const proxy = getProxyForUrl(address)
      return proxy === '' ? null : proxy
    },
    openExternal: (url) => Promise.resolve({ page: url }),
  }
  return openOrJoin(ports, { ...options, workers: workerPaths() })
}

function refuseStore(): never {
  throw new Error('store: this command only reads')
}
