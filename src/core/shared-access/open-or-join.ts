import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportResult, NumberedEvent } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import { type App, type AppOptions, createApp } from '../app'
import { readHolder } from '../library/store/lock'
import type { Ports } from '../ports'
import { ServerUnreachableError } from './server-unreachable-error'

/** How long a holder that is just starting or ending is waited for, in ms. */
const patienceMs = 5_000
const retryMs = 100
/** So many holders may end one after the other while one call is on its way. */
const maxReconnects = 20
/** Files handed to another program at once: what is done stays done when it ends meanwhile. */
const filesAtOnce = 20

/**
 * Opens the program for writing, whoever holds the library: a free one is taken, a dead holder's is taken over, and
 * a living holder of this machine does the work for us. When it ends, its place is taken. Throws `library-locked`
 * only where the holder can't be reached: on another machine, or an older program.
 */
export async function openOrJoin(ports: Ports, options: AppOptions): Promise<App> {
  if (options.access === 'read') return createApp(ports, options)
  const open = (): Promise<App> => takeOrConnect(ports, options)
  let inner = await open()
  let reopening: Promise<App> | null = null
  const listeners = new Map<(event: NumberedEvent) => void, () => void>()

  /** Runs on the present holder; when that has gone, on its successor, which may be this very process, or go too. */
  const attempt = async <T>(work: (app: App) => Promise<T>): Promise<T> => {
    for (let reconnects = 0; ; reconnects++) {
      const app = inner
      try {
        return await work(app)
      } catch (thrown) {
        if (!(thrown instanceof ServerUnreachableError) || reconnects === maxReconnects) throw thrown
      }
      if (inner !== app) continue
      reopening ??= open()
      inner = await reopening.finally(() => (reopening = null))
      for (const listener of listeners.keys()) listeners.set(listener, inner.on(listener))
      await app.close()
    }
  }

  return {
    call: (method, input) =>
      attempt((app) => app.call(method, input)).catch((thrown: unknown) => ({
        ok: false as const,
        error: toErrorShape(thrown),
      })),
    on(listener) {
      listeners.set(listener, inner.on(listener))
      return () => {
        listeners.get(listener)?.()
        listeners.delete(listener)
      }
    },
    page: (path) => attempt((app) => app.page(path)),
    editionOf: (ids, chosen) => attempt((app) => app.editionOf(ids, chosen)),
    async importFiles(items, run) {
      const total: ImportResult = { added: [], revised: [], unchanged: [], failed: [] }
      for (let at = 0; at < items.length; at += filesAtOnce) {
        const part = await attempt((app) =>
          app.importFiles(items.slice(at, at + filesAtOnce), {
            ...run,
            onProgress: (done, _total, current) => run.onProgress(at + done, items.length, current),
          }),
        )
        for (const outcome of ['added', 'revised', 'unchanged'] as const) total[outcome].push(...part[outcome])
        total.failed.push(...part.failed)
      }
      run.onProgress(items.length, items.length, '')
      return total
    },
    backup: (file, run) => inner.backup(file, run),
    startBackup: (file) => attempt((app) => app.startBackup(file)),
    startRestoreBackup: (file, withDeleted) => attempt((app) => app.startRestoreBackup(file, withDeleted)),
    verify: (onlyIds, run) => attempt((app) => app.verify(onlyIds, run)),
    async close() {
      await inner.close()
    },
  }
}

async function takeOrConnect(ports: Ports, options: AppOptions): Promise<App> {
  for (let waitedMs = 0; ; waitedMs += retryMs) {
    try {
      return await createApp(ports, options)
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === 'library-locked')) throw thrown
      const holder = await readHolder(ports.paths.library)
      // Gone meanwhile: it is free now.
      if (holder === null && waitedMs < patienceMs) continue
      const socket = holder?.host === hostname() && holder.socket !== null ? holder.socket : null
      if (holder === null || socket === null || waitedMs >= patienceMs) throw thrown
      const { connectToServer: connectToHolder } = await import('./client')
      const app = connectToHolder({ path: socket, token: holder.token }, ports)
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
