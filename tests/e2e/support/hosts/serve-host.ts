import { dirname, join } from 'node:path'
import type { Page, Request } from '@playwright/test'
import { cli } from '../paths'
import { pressPrint } from '../print-dialog'
import type { Host, HostSetup } from './host'
import { startServer, stopProcess } from './server-process'

/** Starts the web host with a page in a separate browser context. */
export async function startServeHost({ folder, browser }: HostSetup): Promise<Host> {
  if (browser === null) throw new Error('the host "serve" needs a browser')
  const foreignRequests: string[] = []
  const libraryFolder = join(folder, 'library')
  const context = await browser.newContext({ acceptDownloads: true })
  let server = await startServerFor(libraryFolder)
  await context.route(
    (url) => url.protocol.startsWith('http') && url.hostname !== '127.0.0.1',
    (route) => {
      foreignRequests.push(route.request().url())
      return route.abort()
    },
  )
  const open = async (): Promise<Page> => {
    const page = await context.newPage()
    await page.goto(server.address)
    return page
  }
  const host: Host = {
    kind: 'serve',
    page: await open(),
    openAnother: open,
    libraryFolder,
    foreignRequests,
    async restart() {
      await stopProcess(server.process)
      server = await startServerFor(libraryFolder)
      await host.page.goto(server.address)
    },
    async printed() {
      // The PDF opens in a new tab, which a headless browser can't show. The test fetches its address instead.
      const printCall = host.page.waitForRequest(
        (request) => request.url().endsWith('/api/call') && isPrintCall(request),
      )
      await pressPrint(host.page)
      const answer: unknown = await (await (await printCall).response())?.json()
      const { page } = (answer as { value: { page: string } }).value
      return (await context.request.get(new URL(page, host.page.url()).href)).body()
    },
    stopServer: () => stopProcess(server.process),
    async close() {
      await context.close()
      await stopProcess(server.process)
    },
  }
  return host
}

/** Starts the server of a host. The settings of the host are beside its library. */
export function startServerFor(
  library: string,
  more: { port?: string; flags?: readonly string[] } = {},
): ReturnType<typeof startServer> {
  return startServer({ cli, library, config: join(dirname(library), 'config'), ...more })
}

function isPrintCall(request: Request): boolean {
  return (request.postData() ?? '').startsWith('{"method":"printFile"')
}
