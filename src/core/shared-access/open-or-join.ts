import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NumberedEvent } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import { createApp, createLibraryApp } from '../app'
import type { App, AppOptions } from '../app-interface'
import { joinHost } from '../host/join-host'
import { readHolder } from '../library/store/lock'
import type { Ports } from '../ports'
import { ServerUnreachableError } from './server-unreachable-error'

/** How long to wait for a holder that is starting or ending, in ms. */
const patienceMs = 5_000
const retryMs = 100
/** Maximum number of holders that may end during one call before the call fails. */
const maxReconnects = 20

/**
 * Opens the program for writing, even if another process holds the library. If no process holds the library or its
 * holder has died, this process takes the lock. If a running process of this machine holds the library, that process
 * does the work. When that process ends, this process takes its place. Throws `library-locked` only if the holder
 * cannot be reached, because the holder runs on another machine or is an older version of the program.
 */
export async function openOrJoin(ports: Ports, options: AppOptions): Promise<App> {
  if (options.access === 'read') return createApp(ports, options)
  return joinHost(ports, await openLibraryApp(() => takeOrConnect(ports, options)))
}

/** The library, held by this process or by another one. */
async function openLibraryApp(open: () => Promise<App>): Promise<App> {
  let current = await open()
  let reopening: Promise<App> | null = null
  const listeners = new Map<(event: NumberedEvent) => void, () => void>()

  /**
   * Runs work with the current holder of the library. If that holder cannot be reached, runs the work with the next
   * holder, which may be this process.
   */
  const attempt = async <T>(work: (app: App) => Promise<T>): Promise<T> => {
    for (let reconnects = 0; ; reconnects++) {
      const app = current
      try {
        return await work(app)
      } catch (thrown) {
        if (!(thrown instanceof ServerUnreachableError) || reconnects === maxReconnects) throw thrown
      }
      if (current !== app) continue
      reopening ??= open()
      current = await reopening.finally(() => (reopening = null))
      for (const listener of listeners.keys()) listeners.set(listener, current.on(listener))
      await app.close()
    }
  }

  return {
    call: (method, input, caller) =>
      attempt((app) => app.call(method, input, caller)).catch((thrown: unknown) => ({
        ok: false as const,
        error: toErrorShape(thrown),
      })),
    on(listener) {
      listeners.set(listener, current.on(listener))
      return () => {
        listeners.get(listener)?.()
        listeners.delete(listener)
      }
    },
    page: (path) => attempt((app) => app.page(path)),
    close: () => current.close(),
  }
}

async function takeOrConnect(ports: Ports, options: AppOptions): Promise<App> {
  for (let waitedMs = 0; ; waitedMs += retryMs) {
    try {
      return await createLibraryApp(ports, options)
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === 'library-locked')) throw thrown
      const holder = await readHolder(ports.paths.library)
      // The holder has ended since the lock was refused, so the library is free now.
      if (holder === null && waitedMs < patienceMs) continue
      const socket = holder?.host === hostname() && holder.socket !== null ? holder.socket : null
      if (holder === null || socket === null || waitedMs >= patienceMs) throw thrown
      const { connectToServer } = await import('./client')
      const app = connectToServer({ path: socket, token: holder.token })
      try {
        await app.call('countBulletins', {})
        return app
      } catch (failure) {
        if (!(failure instanceof ServerUnreachableError)) throw failure
        await app.close()
      }
    }
    await sleep(retryMs)
  }
}
