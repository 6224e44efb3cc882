import { type ChildProcess, spawn } from 'node:child_process'
import { withUserUmask } from '../../core/file-access'
import type { OpenPages } from './open-pages'

/**
 * The end of one process of the browser. `code` is the exit code of the process, or null if the process could not be
 * started or was killed.
 */
export interface BrowserEnd {
  code: number | null
}

/** The windows of a browser that shows the program. */
export interface BrowserWindows {
  /** Opens a window with this address. Resolves when the started process ends. */
  open(address: string): Promise<BrowserEnd>
  /** Whether a browser process that `open` has started still runs. */
  isRunning(): boolean
  /** Ends the browser processes that `open` has started, with all their windows. */
  close(): void
}

/**
 * Creates the windows of Chrome, Edge or Chromium, which have no address bar. The browser uses its own profile folder
 * `profile`, so its first process owns every window and ends with the last one. Later processes only pass their address
 * to the first process and then end.
 */
export function createBrowserWindows(browserPath: string, profile: string): BrowserWindows {
  const running = new Set<ChildProcess>()
  return {
    open(address) {
      const child = withUserUmask(() =>
        spawn(browserPath, windowFlags(address, profile, process.platform), { stdio: 'ignore' }),
      )
      running.add(child)
      return new Promise((resolve) => {
        const end = (code: number | null): void => {
          running.delete(child)
          resolve({ code })
        }
        child.once('error', () => end(null))
        child.once('exit', (code) => end(code))
      })
    },
    isRunning: () => running.size > 0,
    close() {
      for (const child of running) child.kill()
    },
  }
}

/** Returns the arguments with which a browser opens a window. */
export function windowFlags(address: string, profile: string, platform: NodeJS.Platform): string[] {
  // The sandbox is switched off for root on Linux, because Chromium refuses to run it as root.
  const isRoot = platform === 'linux' && process.getuid?.() === 0
  return [
    `--app=${address}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    // This switch makes Chrome and Edge end when their last window is closed. They may stay in memory otherwise.
    '--disable-background-mode',
    // This switch prevents an offer to restore pages at the next start of the browser. The browser would make this
    // offer, because the program ends the browser when the user ends the program.
    '--hide-crash-restore-bubble',
    // The browser must not offer to translate a bulletin, because the interface has its own languages.
    '--disable-features=Translate',
    '--disable-sync',
    '--disable-background-networking',
    // On Linux, `--class` is the name that the desktop entry uses, and `--password-store` avoids a question about the
    // user's keyring.
    ...(platform === 'linux' ? ['--class=bantin', '--password-store=basic'] : []),
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}

/** Time in ms for the reload of a page. During a reload no page is connected. */
const reloadMs = 2_000
/**
 * Time in ms in which a page may still connect after the started process has ended without an error. In this case
 * another process shows the window.
 */
const handOverMs = 10_000

/**
 * Waits until the user has closed the last window. `first` is the end of the process that opened the first window.
 * Returns `failed` if that process ended and no page of the program was shown.
 */
export async function waitForLastWindow(
  first: Promise<BrowserEnd>,
  { windows, pages, signal }: { windows: BrowserWindows; pages: OpenPages; signal: AbortSignal },
): Promise<'closed' | 'failed'> {
  const aborted = new Promise<'aborted'>((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'), { once: true })
  })
  // On macOS, the program must close the browser, because the browser keeps running after its last window is closed.
  const isClosedByPages = process.platform === 'darwin'
  const shown = pages.connected.then(() => 'shown' as const)
  const started = await Promise.race([first, shown, aborted])
  if (started === 'aborted') return 'closed'
  if (started !== 'shown' && (started.code !== 0 || (await isLate(shown, handOverMs)))) return 'failed'
  for (;;) {
    await pages.gone(reloadMs, signal).catch(() => undefined)
    if (signal.aborted || isClosedByPages || !windows.isRunning()) return 'closed'
    // Waits for a page or for the end. While the browser starts, or after it has put a page to sleep, the browser runs
    // but no page is connected.
    await Promise.race([nextChange(pages, windows), aborted])
  }
}

/** Waits until a page has connected or the browser has ended. */
function nextChange(pages: OpenPages, windows: BrowserWindows): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (pages.count() === 0 && windows.isRunning()) return
      clearInterval(timer)
      resolve()
    }, 250)
  })
}

async function isLate(promise: Promise<unknown>, afterMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<true>((resolve) => (timer = setTimeout(() => resolve(true), afterMs)))
  try {
    return await Promise.race([promise.then(() => false), late])
  } finally {
    clearTimeout(timer)
  }
}
