import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NumberedEvent } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import { createApp, createLibraryApp } from '../app'
import type { App, AppOptions } from '../app-interface'
import { freeBytes } from '../files'
import { joinHost } from '../host/join-host'
import { readHolder } from '../library/lock/lock'
import { openOwnKey, type OwnKey } from '../trust/own-key'
import type { Ports } from '../ports'
import { ServerUnreachableError } from './server-unreachable-error'
import { isOwnSocket, type LocalSocket } from './socket'
import { isOpenedOnFullDisk, type SpaceWatch, watchSpace } from './space-watch'

/** The time in ms for which a second program waits for a holder of the lock that is starting or ending. */
const patienceMs = 5_000
const retryMs = 100
/** Maximum number of holders that may end during one call before the call fails. */
const maxReconnects = 20

/**
 * Opens the program for writing, even if another process holds the library. If no process holds the library or its
 * holder has died, this process takes the lock. If a running process of this machine holds the library, that process
 * does the work. When that process ends, this process takes its place. Throws `library-locked` only if the holder
 * cannot be reached, because the holder runs on another machine or is an older version of the program.
 *
 * If the access is `prefer-write` and the disk is full, this process opens the library for reading. It opens the library
 * for writing as soon as the disk has space, at the latest when the user next changes something.
 */
export async function openOrJoin(ports: Ports, options: AppOptions): Promise<App> {
  if (options.access === 'read') return createApp(ports, options)
  const app = await openLibraryApp({
    open: () => takeOrConnect(ports, options),
    openForWriting: () => takeOrConnect(ports, { ...options, access: 'write' }),
    freeBytes: () => freeBytes(ports.paths.library),
  })
  return joinHost(ports, app)
}

/** The ways to open the library, and the free space of its disk. */
interface LibraryOpener {
  open(): Promise<App>
  /** Throws `disk-full` instead of opening the library for reading. */
  openForWriting(): Promise<App>
  freeBytes(): Promise<number | null>
}

/** The library, held by this process or by another one. */
async function openLibraryApp(opener: LibraryOpener): Promise<App> {
  let current = await opener.open()
  let reopening: Promise<App> | null = null
  let becomingWriter: Promise<boolean> | null = null
  let isClosed = false
  /** Set while this process reads because the disk was full. */
  let spaceWatch: SpaceWatch | null = null
  const listeners = new Map<(event: NumberedEvent) => void, () => void>()

  /** Opens the library for writing if the disk has space again. Returns whether this succeeded. */
  const becomeWriter = (): Promise<boolean> =>
    (becomingWriter ??= (async () => {
      try {
        const writer = await opener.openForWriting()
        if (isClosed) await writer.close()
        else await replace(writer)
      } catch {
        return false // The disk is still full, or another program that cannot be reached holds the library.
      }
      for (const listener of listeners.keys()) listener({ number: 1, event: { type: 'library-state-changed' } })
      return true
    })().finally(() => (becomingWriter = null)))
  const watchFullDisk = async (): Promise<void> => {
    spaceWatch?.stop()
    const isFull = await isOpenedOnFullDisk(current)
    spaceWatch = isFull ? watchSpace(current, { freeBytes: opener.freeBytes, onSpace: becomeWriter }) : null
  }
  const replace = async (next: App): Promise<void> => {
    const old = current
    current = next
    for (const listener of listeners.keys()) listeners.set(listener, next.on(listener))
    await watchFullDisk()
    await old.close()
  }
  await watchFullDisk()

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
      reopening ??= opener.open().finally(() => (reopening = null))
      const next = await reopening
      if (current === app) await replace(next)
    }
  }
  /** Runs a call. If the reader on a full disk refuses the call, tries to run the call again as a writer. */
  const call: App['call'] = async (method, input, caller) => {
    const result = await attempt((app) => app.call(method, input, caller))
    const isRefused = spaceWatch !== null && !result.ok && result.error.code === 'disk-full'
    if (!isRefused || !(await becomeWriter())) return result
    return attempt((app) => app.call(method, input, caller))
  }

  return {
    call: (method, input, caller) =>
      call(method, input, caller).catch((thrown: unknown) => ({
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
    async close() {
      isClosed = true
      spaceWatch?.stop()
      await becomingWriter
      await current.close()
    },
  }
}

/**
 * Connects to the holder behind a socket. Returns null if the socket does not belong to this user's own program or if
 * the process does not answer. A lock file may come with the library of somebody else and may name any socket. On Unix,
 * the owner of the socket is enough, because two programs of one user may have different config folders. On Windows, the
 * process behind the pipe must prove that it knows the user's key.
 */
async function connectToOwnServer(socket: LocalSocket, ownKey: OwnKey): Promise<App | null> {
  if (!(await isOwnSocket(socket.path, process.platform))) return null
  const { connectToServer, isOwnServer } = await import('./client')
  const app = connectToServer(socket)
  try {
    if (process.platform !== 'win32' || (await isOwnServer(socket, ownKey))) {
      await app.call('countBulletins', {})
      return app
    }
  } catch (failure) {
    if (!(failure instanceof ServerUnreachableError)) throw failure
  }
  await app.close()
  return null
}

async function takeOrConnect(ports: Ports, options: AppOptions): Promise<App> {
  const ownKey = openOwnKey(ports.paths.config)
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
      const app = await connectToOwnServer({ path: socket, token: holder.token }, ownKey)
      if (app !== null) return app
    }
    await sleep(retryMs)
  }
}
