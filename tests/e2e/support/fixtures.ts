import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import {
  _electron,
  type Browser,
  chromium,
  expect,
  type FrameLocator,
  type Locator,
  type Page,
  type Request,
  test as base,
} from '@playwright/test'
import { findElectron } from '../../../scripts/electron-path.mjs'
import { findChromium } from '../../../src/cli/chromium/find-chromium'

export const root = join(import.meta.dirname, '..', '..', '..')
export const cli = join(root, 'out', 'main', 'cli.js')
const main = join(root, 'out', 'main', 'index.js')
/** Chromium's flags for tests: asks for nothing by itself, resolves nothing but this machine (TOOLCHAIN). */
export const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/** A running host with one page of the reader. */
export interface Host {
  kind: 'serve' | 'shim' | 'electron'
  page: Page
  /** A fresh page of the same host: another tab, another window. */
  openAnother(): Promise<Page>
  /** Ends the host and starts it again with the same user data; `page` is then the new one. */
  restart(): Promise<void>
  libraryFolder: string
  /** Presses "In" and returns the PDF of what would be printed. */
  printed(): Promise<Buffer>
  /** Addresses outside this machine and the app that any page asked for. */
  foreignRequests: string[]
  /** Ends the host, windows and all; may be asked twice. */
  close(): Promise<void>
  /** Ends only the server behind the pages (serve). */
  stopServer?(): Promise<void>
}

const electron = findElectron()
/** The Chromium a user has, which the command line prints with. */
export const chromiumPath = findChromium(process.env, process.platform).path ?? ''
/** The browser of the pages under test; npm test says which. */
const browserPath = process.env['BANTIN_TEST_BROWSER'] ?? chromiumPath

interface Fixtures {
  /** Under the user's data, what the shim's reader answers a save dialog with; null: that he thought better of it. */
  saveName: string | null
  host: Host
  page: Page
  article: FrameLocator
}

export const test = base.extend<Fixtures, { sharedBrowser: Browser | null }>({
  saveName: [null, { option: true }],
  // One for all tests of a worker, each in a context of its own; the other hosts bring theirs.
  sharedBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find what a fixture needs.
    async ({}, use, info) => {
      const browser =
        info.project.name === 'serve' ? await chromium.launch({ executablePath: browserPath, args: quiet }) : null
      await use(browser)
      await browser?.close()
    },
    { scope: 'worker' },
  ],
  host: async ({ saveName, sharedBrowser }, use, info) => {
    base.skip(info.project.name === 'electron' && electron.path === null, `no Electron here: ${electron.reason ?? ''}`)
    const folder = await mkdtemp(join(tmpdir(), 'bantin-e2e-'))
    const host = await starters[info.project.name as Host['kind']](folder, saveName, sharedBrowser)
    await use(host)
    await host.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    expect(host.foreignRequests, 'requests that left this machine').toEqual([])
  },
  page: async ({ host }, use) => {
    await host.page.setViewportSize({ width: 1366, height: 768 })
    await use(host.page)
  },
  article: async ({ page }, use) => {
    await use(page.frameLocator('iframe[title="Nội dung bản tin"]'))
  },
})
export { expect }

/** A call of the contract from the page, as the interface makes it on this host. */
export async function call(page: Page, method: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    async ([name, given]) => {
      if (window.bantin !== undefined)
        return (window.bantin as unknown as { call(...words: unknown[]): Promise<unknown> }).call(name, given)
      const answer = await fetch('/api/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ method: name, input: given }),
      })
      return (await answer.json()) as unknown
    },
    [method, input] as const,
  )
}

type Starter = (folder: string, saveName: string | null, browser: Browser | null) => Promise<Host>

const starters: Record<Host['kind'], Starter> = {
  serve: startServe,
  shim: startShim,
  electron: startElectron,
}

async function startServe(folder: string, _saveName: string | null, browser: Browser | null): Promise<Host> {
  if (browser === null) throw new Error('no browser for serve')
  const foreignRequests: string[] = []
  const libraryFolder = join(folder, 'library')
  const context = await browser.newContext({ acceptDownloads: true })
  let server = await serve(folder, libraryFolder)
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
      await stop(server.process)
      server = await serve(folder, libraryFolder)
      await host.page.goto(server.address)
    },
    async printed() {
      // The PDF opens in a tab of its own, which a headless browser can't show: its address is fetched.
      const asked = host.page.waitForRequest((request) => request.url().endsWith('/api/call') && isPrintCall(request))
      await pressPrint(host.page)
      const answer: unknown = await (await (await asked).response())?.json()
      const { page } = (answer as { value: { page: string } }).value
      return (await context.request.get(new URL(page, host.page.url()).href)).body()
    },
    stopServer: () => stop(server.process),
    async close() {
      await context.close()
      await stop(server.process)
    },
  }
  return host
}

async function serve(folder: string, library: string): Promise<{ process: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--library', library], {
    env: { ...process.env, BANTIN_CONFIG: join(folder, 'config') },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return { process: child, address: await firstLine(child) }
}

async function startShim(folder: string, saveName: string | null): Promise<Host> {
  const userData = join(folder, 'user-data')
  const foreignRequests: string[] = []
  const start = (): ReturnType<typeof shim> => shim(userData, foreignRequests, saveName)
  let running = await start()
  const host: Host = {
    kind: 'shim',
    page: await running.window(0),
    openAnother() {
      running.process.stdin?.write(`${JSON.stringify({ menu: 'Cửa sổ mới' })}\n`)
      return running.window(1)
    },
    libraryFolder: join(userData, 'library'),
    foreignRequests,
    async restart() {
      await running.stop()
      running = await start()
      host.page = await running.window(0)
    },
    async printed() {
      const printed = join(userData, 'shim-printed')
      const count = async (): Promise<number> => (await readdir(printed).catch(() => [])).length
      const before = await count()
      await pressPrint(host.page)
      await expect.poll(count, { timeout: 20_000 }).toBe(before + 1)
      const { readFile } = await import('node:fs/promises')
      return readFile(join(printed, `${before + 1}.pdf`))
    },
    close: () => running.stop(),
  }
  return host
}

async function shim(
  userData: string,
  foreignRequests: string[],
  saveName: string | null,
): Promise<{ process: ChildProcess; window: (at: number) => Promise<Page>; stop: () => Promise<void> }> {
  const answers = saveName === null ? {} : { showSaveDialog: { canceled: false, filePath: join(userData, saveName) } }
  const child = spawn(process.execPath, [join(root, 'tests', 'electron-shim', 'run.mjs'), main], {
    env: { ...process.env, SHIM_USER_DATA: userData, CHROME_PATH: browserPath, SHIM_ANSWERS: JSON.stringify(answers) },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const { cdp } = JSON.parse((await firstLine(child)).replace(/^SHIM /, '')) as { cdp: string }
  const browser: Browser = await chromium.connectOverCDP(cdp)
  const context = browser.contexts()[0]
  if (context === undefined) throw new Error('the shim has no browser context')
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && !hostname.endsWith('.shim')) foreignRequests.push(request.url())
  })
  const windows = (): Page[] =>
    context.pages().filter((page) => new URL(page.url()).pathname === '/' && page.url().includes('.shim/'))
  return {
    process: child,
    async window(at) {
      await expect.poll(() => windows().length, { timeout: 20_000 }).toBeGreaterThan(at)
      const page = windows()[at]
      if (page === undefined) throw new Error('no window')
      return page
    },
    async stop() {
      await browser.close()
      await stop(child)
    },
  }
}

async function startElectron(folder: string): Promise<Host> {
  const userData = join(folder, 'user-data')
  const foreignRequests: string[] = []
  const launch = (): ReturnType<typeof _electron.launch> =>
    _electron.launch({
      executablePath: electron.path ?? '',
      args: [root, ...(process.platform === 'linux' ? ['--no-sandbox'] : [])],
      env: { ...process.env, BANTIN_CONFIG: userData },
    })
  let app = await launch()
  const host: Host = {
    kind: 'electron',
    page: await app.firstWindow(),
    async openAnother() {
      const opened = app.waitForEvent('window')
      await app.evaluate(({ Menu }) => {
        const item = Menu.getApplicationMenu()
          ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
          .find(({ label }) => label === 'Cửa sổ mới')
        item?.click()
      })
      return opened
    },
    libraryFolder: join(userData, 'library'),
    foreignRequests,
    async restart() {
      await app.close()
      app = await launch()
      host.page = await app.firstWindow()
    },
    async printed() {
      // The system's dialog can't be driven: the PDF that would go to it stands for the paper.
      const pdf = app.evaluate(
        ({ app: electronApp }) =>
          new Promise<string>((resolve) =>
            electronApp.on('web-contents-created', (_event, contents) => {
              const printToPDF = contents.printToPDF.bind(contents)
              contents.printToPDF = async (options) => {
                const bytes = await printToPDF(options)
                contents.print = () => undefined
                resolve(bytes.toString('base64'))
                return bytes
              }
            }),
          ),
      )
      await pressPrint(host.page)
      return Buffer.from(await pdf, 'base64')
    },
    close: () => app.close(),
  }
  return host
}

/** Opens the print dialog, waits for the preview and presses "In". */
async function pressPrint(page: Page): Promise<void> {
  const dialog = await openPrintDialog(page)
  await dialog.getByRole('button', { name: 'In', exact: true }).click()
}

/** Opens the print dialog of the open bulletin and waits for its preview. */
export async function openPrintDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'In', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'In bản tin' })
  await expect(dialog.getByText(/tổng số/)).toBeVisible({ timeout: 60_000 })
  await expect(dialog.getByText('Đang dàn trang…')).toHaveCount(0, { timeout: 60_000 })
  return dialog
}

function isPrintCall(request: Request): boolean {
  return (request.postData() ?? '').startsWith('{"method":"printFile"')
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output to read')
  const lines = createInterface(child.stdout)
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the host ended at once with ${String(code)}`)
  })
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string]
  ended.catch(() => undefined) // it ends one day; only an end before the first line is a failure
  return line
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
