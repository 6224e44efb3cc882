import type { App } from '../../core/app-interface'

/** The pages of the interface that are connected to the program. */
export interface OpenPages {
  /**
   * The same program, with a count of its listeners. The web host must get this object, because each page listens to
   * its events.
   */
  app: App
  count(): number
  /** Resolves when the first page connects. Stays resolved after that page disconnects. */
  connected: Promise<void>
  /** Resolves when no page has been connected for `forMs` milliseconds. Rejects with the reason of the signal. */
  gone(forMs: number, signal: AbortSignal): Promise<void>
}

/**
 * Counts the pages that are connected to the program. The tabs and windows of one browser share one event stream, so
 * the count is positive as long as any page is open.
 */
export function watchPages(app: App): OpenPages {
  let count = 0
  const first = Promise.withResolvers<void>()
  const listeners = new Set<() => void>()
  const change = (by: 1 | -1): void => {
    count += by
    if (by === 1) first.resolve()
    for (const listener of listeners) listener()
  }
  return {
    app: {
      ...app,
      on(listener) {
        const stop = app.on(listener)
        let isOpen = true
        change(1)
        return () => {
          stop()
          if (isOpen) change(-1)
          isOpen = false
        }
      },
    },
    count: () => count,
    connected: first.promise,
    gone: (forMs, signal) =>
      new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined
        const end = (done: () => void): void => {
          clearTimeout(timer)
          listeners.delete(check)
          signal.removeEventListener('abort', abort)
          done()
        }
        const check = (): void => {
          clearTimeout(timer)
          if (count === 0) timer = setTimeout(() => end(resolve), forMs)
        }
        const abort = (): void => end(() => reject(signal.reason as Error))
        if (signal.aborted) return reject(signal.reason as Error)
        signal.addEventListener('abort', abort, { once: true })
        listeners.add(check)
        check()
      }),
  }
}
