import { app, type BrowserWindow } from 'electron'
import type { App } from '../../core/app-interface'
import type { Log } from '../../core/ports'
import { stateOf } from './window-state'
import { keepOpenWindows } from './window-state-file'
import { listWindows } from './track-windows'

/**
 * Closes the library before the program quits, and waits for running writes. If the user quits again meanwhile, that
 * request waits too. Windows ends a session without the event `before-quit`, so the library is also closed at the end
 * of a session. Then the program quits even if the user cancels the end of the session, because windows without a
 * library would be useless.
 */
export function closeBeforeQuit(library: App, { userData, log }: { userData: string; log: Log }): void {
  let closing: Promise<void> | null = null
  let isClosed = false
  const close = (): Promise<void> =>
    (closing ??= keepWindows(userData)
      .catch((thrown: unknown) => log.warn('windows: their places could not be stored', thrown))
      .then(() => library.close())
      .finally(() => (isClosed = true)))
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void close().finally(() => app.quit())
  })
  app.on('browser-window-created', (_event, window) => {
    for (const ending of ['query-session-end', 'session-end'] as const)
      onSessionEnd(window, ending, () => close().finally(() => app.quit()))
  })
}

/** Closes the library when Windows ends the session. Other systems do not send these events. */
function onSessionEnd(
  window: BrowserWindow,
  event: 'query-session-end' | 'session-end',
  close: () => Promise<void>,
): void {
  if (event === 'session-end') window.on('session-end', () => void close())
  else window.on('query-session-end', () => void close())
}

/** Stores the places of the open windows, and the bulletin in each window, for the next start. */
async function keepWindows(userData: string): Promise<void> {
  const open = await Promise.all(
    listWindows().map(async (window) => ({ ...stateOf(window), bulletin: await bulletinIn(window) })),
  )
  if (open.length > 0) keepOpenWindows(userData, open)
}

/**
 * Maximum time in ms in which a page must answer with the id of its bulletin. A page that has crashed never answers.
 */
const answerMs = 500

/**
 * Returns the id of the bulletin that a window shows. Returns null if the window shows no bulletin or does not answer.
 */
async function bulletinIn(window: BrowserWindow): Promise<string | null> {
  if (window.isDestroyed() || window.webContents.isCrashed()) return null
  const silence = new Promise<null>((resolve) => setTimeout(() => resolve(null), answerMs).unref())
  const asked = window.webContents.executeJavaScript('history.state?.openId ?? null').catch(() => null)
  const id: unknown = await Promise.race([asked, silence])
  return typeof id === 'string' ? id : null
}
