import type { BrowserContext } from '@playwright/test'

/** What hostile texts did on a page. */
export interface Observed {
  /** The scripts that ran. A script is recorded when it opens a dialog or a window, or throws an error. */
  executions: string[]
  /** The requested addresses of other hosts, navigations included. Each such request was refused. */
  requests: string[]
}

/**
 * Watches a browser context for scripts and requests. A script is recorded if it calls one of the usual functions,
 * throws an error or opens a window. A request is recorded if it goes to another host. The test itself answers the
 * requests for which `isOwn` is true.
 */
export async function watchContext(context: BrowserContext, isOwn: (url: URL) => boolean): Promise<Observed> {
  const seen: Observed = { executions: [], requests: [] }
  await context.exposeBinding('reportExecution', (_source, what: unknown) => void seen.executions.push(String(what)))
  await context.addInitScript(() => {
    const report = (what: string): void =>
      (window as unknown as { reportExecution(what: string): void }).reportExecution(what)
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const)
      Object.defineProperty(window, name, { value: () => report(name), configurable: false })
    // A script that throws an error has run. An element that fails to load dispatches no ErrorEvent, so it is not
    // recorded.
    window.addEventListener('error', (event) => {
      if (event instanceof ErrorEvent && !/ResizeObserver/.test(event.message)) report(event.message)
    })
  })
  await context.route(
    (url) => !isOwn(url),
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
