import type { BrowserContext } from '@playwright/test'

/** What a hostile text did, as far as it can be seen from outside. */
export interface Seen {
  /** Scripts that ran: dialogs, errors of scripts, windows opened. */
  executions: string[]
  /** Addresses of other hosts that were asked for, navigations too; each was refused. */
  requests: string[]
}

/**
 * Watches a context: whatever runs calls one of the usual functions, throws, or opens a window; whatever loads is a
 * request to a host that is not ours. `own` answers the addresses the test needs; nothing else is answered.
 */
export async function watch(context: BrowserContext, own: (url: URL) => boolean): Promise<Seen> {
  const seen: Seen = { executions: [], requests: [] }
  await context.exposeBinding('reportExecution', (_source, what: unknown) => void seen.executions.push(String(what)))
  await context.addInitScript(() => {
    const report = (what: string): void =>
      (window as unknown as { reportExecution(what: string): void }).reportExecution(what)
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const)
      Object.defineProperty(window, name, { value: () => report(name), configurable: false })
    // A script that names what is not there has run too. Elements that fail to load do not come here.
    window.addEventListener('error', (event) => {
      if (event instanceof ErrorEvent && !/ResizeObserver/.test(event.message)) report(event.message)
    })
  })
  await context.route(
    (url) => !own(url),
    (route) => {
      seen.requests.push(route.request().url())
      return route.abort()
    },
  )
  context.on('page', (page) => {
    page.on('popup', (popup) => {
      seen.executions.push('popup')
      void popup.close()
    })
  })
  return seen
}
