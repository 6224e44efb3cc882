import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { pageBrowserPath } from '../chromium'
import { root } from '../paths'
import { pressPrint } from '../print-dialog'
import type { Host, HostSetup } from './host'
import { readFirstLine, stopProcess } from './server-process'

/** Starts the built app in the Electron shim (tests/electron-shim/README.md). */
export async function startShimHost({ folder, saveName, shimEnv }: HostSetup): Promise<Host> {
  const userData = join(folder, 'user-data')
  const foreignRequests: string[] = []
  const answers = saveName === null ? {} : { showSaveDialog: { canceled: false, filePath: join(userData, saveName) } }
  const start = (): Promise<RunningShim> => startShim({ userData, answers, env: shimEnv, foreignRequests })
  let running = await start()
  const host: Host = {
    kind: 'shim',
    page: await running.window(0),
    openAnother() {
      running.send({ menu: 'Cửa sổ mới' })
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
      return readFile(join(printed, `${before + 1}.pdf`))
    },
    close: () => running.stop(),
  }
  return host
}

/** Returns the calls of dialogs, menus and system functions that the shim recorded, the oldest first. */
export async function readShimCalls({
  libraryFolder,
}: Pick<Host, 'libraryFolder'>): Promise<{ name: string; args: unknown[] }[]> {
  const text = await readFile(join(libraryFolder, '..', 'shim-calls.jsonl'), 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { name: string; args: unknown[] })
}

/** A running program in the shim. */
export interface RunningShim {
  process: ChildProcess
  /** The path of the user data folder that the program uses. */
  userData: string
  /** Returns the page of a window, counted from 0. The function waits until the window exists. */
  window(at: number): Promise<Page>
  /** Sends one line of input (tests/electron-shim/README.md). */
  send(input: object): void
  stop(): Promise<void>
}

/** The options with which {@link startShim} starts the program. */
export interface ShimSetup {
  userData: string
  /** The answers to dialogs (tests/electron-shim/README.md). */
  answers?: Record<string, unknown>
  env?: Record<string, string>
  /**
   * The arguments after the name of the program in its command line. The first argument stands for the folder of the
   * program.
   */
  words?: readonly string[]
  cwd?: string
  /** A list to which the shim adds the addresses that the windows request outside this machine. */
  foreignRequests?: string[]
}

/** Starts the built program in the shim and waits for its browser. */
export async function startShim(setup: ShimSetup): Promise<RunningShim> {
  const { userData, answers = {}, env = {}, words = [], cwd = process.cwd(), foreignRequests = [] } = setup
  const main = join(root, 'out', 'main', 'index.js')
  const child = spawn(process.execPath, [join(root, 'tests', 'electron-shim', 'run.mjs'), main, ...words], {
    cwd,
    env: {
      ...process.env,
      SHIM_USER_DATA: userData,
      CHROME_PATH: pageBrowserPath,
      SHIM_ANSWERS: JSON.stringify(answers),
      ...env,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const { cdp, userData: usedData } = JSON.parse((await readFirstLine(child)).replace(/^SHIM /, '')) as {
    cdp: string
    userData: string
  }
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
    userData: usedData,
    async window(at) {
      await expect.poll(() => windows().length, { timeout: 20_000 }).toBeGreaterThan(at)
      const page = windows()[at]
      if (page === undefined) throw new Error(`the shim has no window ${at}`)
      return page
    },
    send: (input) => void child.stdin?.write(`${JSON.stringify(input)}\n`),
    async stop() {
      await browser.close()
      await stopProcess(child)
    },
  }
}
