import { once } from 'node:events'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { callMethod } from '../../core/call-method'
import { importPaths } from '../../core/import/import-paths'
import type { App } from '../../core/app-interface'
import { toErrorShape } from '../../shared/errors'
import { createBrowserWindows, waitForLastWindow } from '../app-window/browser-windows'
import { type OpenPages, watchPages } from '../app-window/open-pages'
import { becomeInstance, type Instance, type StartRequest } from '../app-window/single-instance'
import { findChromium } from '../chromium/find-chromium'
import { type Command, type CommandContext, textOption } from '../command'
import { createLoginPage, openBrowser, showSentence } from '../open-browser'
import type { Server } from '../serve/server'
import { withServer } from '../serve/with-server'

/**
 * The time in ms without an open page after which a program in a plain browser tab ends. It applies only to a program
 * that was started without a terminal.
 */
const idleMs = 10 * 60_000

/** `bantin app`: shows the program in a window of Chrome, Edge or Chromium, and ends when the window is closed. */
export const command: Command = {
  options: { restore: { type: 'string' } },
  async run(context) {
    try {
      const instance = await becomeInstance(join(context.paths.config, 'window'), ownRequest(context))
      if (instance !== null) await runInstance(context, instance).finally(() => instance.close())
    } catch (thrown) {
      if (!hasTerminal()) await showError(context, thrown)
      throw thrown
    }
    return null
  },
}

function hasTerminal(): boolean {
  return process.stdout.isTTY || process.stderr.isTTY
}

async function showError({ say, language }: CommandContext, thrown: unknown): Promise<void> {
  const { code, details } = toErrorShape(thrown)
  await showSentence(say(`error.${code}`, details), language)
}

/** What the functions of this command share while the program runs. */
interface Running {
  context: CommandContext
  server: Server
  pages: OpenPages
  /** A signal that aborts when the user ends the program, for example with Ctrl C. */
  signal: AbortSignal
}

async function runInstance(context: CommandContext, instance: Instance): Promise<void> {
  let pages: OpenPages | null = null
  const wrap = (app: App): App => {
    pages = watchPages(app)
    return pages.app
  }
  const options = {
    program: 'bantin app',
    access: 'prefer-write',
    isForGuests: false,
    host: '127.0.0.1',
    port: 0,
    wrap,
  } as const
  await withServer(context, options, async (server, app) => {
    if (pages === null) throw new Error('app: served without its pages')
    const running = { context, server, pages, signal: context.signal }
    const openWindow = startWindows(running)
    instance.answer((request) => {
      openWindow.again()
      void openFiles(app, request, context)
    })
    void openFiles(app, ownRequest(context), context)
    await openWindow.closed
  })
}

function ownRequest(context: CommandContext): StartRequest {
  const backup = textOption(context, 'restore')
  return { paths: context.args.map((path) => resolve(path)), backup: backup === undefined ? null : resolve(backup) }
}

/** The browser windows of this command. */
interface Windows {
  /** Opens another window. */
  again(): void
  /** Resolves when the user has closed the last window, or has ended the program. */
  closed: Promise<void>
}

function startWindows(running: Running): Windows {
  const { context, server, pages, signal } = running
  const browser = findChromium(process.env, process.platform)
  if (browser.path === null) {
    context.note(context.say('cli.app-no-browser'))
    return { again: () => void openTab(running), closed: useTabs(running) }
  }
  const windows = createBrowserWindows(browser.path, profileFolder(context.paths.config, browser.path))
  let usesTabs = false
  const open = async (): Promise<{ code: number | null }> => {
    const page = await createLoginPage(server.createLoginAddress(), process.platform)
    void pages.connected.then(page.remove)
    return windows.open(page.address).finally(() => void page.remove())
  }
  const closed = (async () => {
    const outcome = await waitForLastWindow(open(), { windows, pages, signal })
    windows.close()
    if (outcome === 'closed') return
    usesTabs = true
    context.note(context.say('cli.app-no-window', { path: browser.path }))
    await useTabs(running)
  })()
  return { again: () => void (usesTabs ? openTab(running) : open()), closed }
}

/**
 * Returns the folder for the browser's profile. A Chromium that was installed as a snap can write only to the folder of
 * its snap.
 */
function profileFolder(config: string, browserPath: string): string {
  return browserPath.startsWith('/snap/')
    ? join(homedir(), 'snap', 'chromium', 'common', 'bantin')
    : join(config, 'window', 'profile')
}

/** Shows the program in a tab of the user's browser, in the same way as `bantin serve --open`. */
async function useTabs(running: Running): Promise<void> {
  const { pages, signal } = running
  const removePage = await openTab(running)
  if (hasTerminal()) {
    if (!signal.aborted) await once(signal, 'abort')
  } else await pages.gone(idleMs, signal).catch(() => undefined)
  await removePage()
}

async function openTab({ context, server }: Running): Promise<() => Promise<void>> {
  context.print(server.address)
  context.note(context.say('cli.serve-hint'))
  return openBrowser(server.createLoginAddress())
}

/** A backup on the command line may come from a double click, and only the user may decide to restore it. */
function isBackup(path: string): boolean {
  return path.toLowerCase().endsWith('.bantin')
}

async function showNotice({ note, language }: CommandContext, sentence: string): Promise<void> {
  note(sentence)
  if (!hasTerminal()) await showSentence(sentence, language)
}

/**
 * Imports the files of a start request, and merges its backup. Shows an error as a page, because the program may have
 * no terminal.
 */
async function openFiles(app: App, { paths, backup }: StartRequest, context: CommandContext): Promise<void> {
  try {
    const [backups, files] = [paths.filter(isBackup), paths.filter((path) => !isBackup(path))]
    for (const path of backups) await showNotice(context, context.say('cli.app-backup', { name: path }))
    if (files.length > 0) {
      const { failed } = await importPaths(app, files, context.run)
      for (const { path, code, details } of failed) context.note(`${path}: ${context.say(`error.${code}`, details)}`)
    }
    if (backup !== null) await callMethod(app, 'startRestoreBackup', { file: backup, withDeleted: false })
  } catch (thrown) {
    if (context.signal.aborted) return
    const { code, details } = toErrorShape(thrown)
    context.note(context.say(`error.${code}`, details))
    if (!hasTerminal()) await showError(context, thrown)
  }
}
