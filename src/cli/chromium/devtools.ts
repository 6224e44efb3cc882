// This file uses only node:* imports and TypeScript that Node.js can run without a compiler ("erasable syntax"),
// because the Electron shim of the tests loads the source of this file.
import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** The result of a protocol command. The caller must check the shape of the result. */
export type ProtocolResult = Record<string, unknown>

/** The flags with which Chromium sends no requests on its own and resolves only the names of this machine. */
const quietFlags = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

interface Waiting {
  method: string
  resolve: (answer: ProtocolResult) => void
  reject: (error: Error) => void
}

/**
 * A Chromium process, controlled over the DevTools protocol with flat sessions. Emits each protocol event under the
 * event's method name with (params, sessionId). Emits `exit` when the process ends.
 */
export class DevTools extends EventEmitter {
  /** The http address of the debugging port, to which other programs can connect. */
  readonly httpAddress: string
  readonly #process: ChildProcess
  readonly #socket: WebSocket
  readonly #profile: string
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0

  private constructor(process: ChildProcess, socket: WebSocket, httpAddress: string, profile: string) {
    super()
    this.setMaxListeners(0)
    this.#process = process
    this.#socket = socket
    this.httpAddress = httpAddress
    this.#profile = profile
    socket.addEventListener('message', ({ data }) => this.#receive(String(data)))
    process.once('exit', () => {
      for (const { reject, method } of this.#waiting.values()) reject(new Error(`${method}: Chromium ended`))
      this.#waiting.clear()
      this.emit('exit')
    })
  }

  /**
   * Starts Chromium with a new profile. `createProfile` creates the folder of the profile. Throws an error if Chromium
   * does not answer within `timeoutMs`.
   */
  static async launch(
    chromiumPath: string,
    {
      timeoutMs = 30_000,
      createProfile = () => mkdtempSync(join(tmpdir(), 'bantin-chromium-')),
    }: { timeoutMs?: number; createProfile?: () => string } = {},
  ): Promise<DevTools> {
    const profile = createProfile()
    // The sandbox is switched off for root on Linux, because Chromium refuses to run it as root.
    const noSandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const child = spawn(
      chromiumPath,
      [...quietFlags, ...noSandbox, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'],
      { stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true },
    )
    try {
      const address = await withTimeout(timeoutMs, 'start Chromium', debuggerAddress(child))
      const socket = new WebSocket(address)
      await withTimeout(timeoutMs, 'connect to Chromium', once(socket, 'open'))
      return new DevTools(child, socket, `http://${new URL(address).host}`, profile)
    } catch (thrown) {
      child.kill('SIGKILL')
      await removeProfile(profile)
      throw thrown
    }
  }

  /** Sends a command. The promise rejects if Chromium answers with an error or ends before the answer. */
  send(method: string, params: ProtocolResult = {}, sessionId?: string): Promise<ProtocolResult> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject })
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }))
    })
  }

  /** Ends Chromium and removes its profile. */
  async close(): Promise<void> {
    const isRunning = this.#process.exitCode === null && this.#process.signalCode === null
    const exited: Promise<unknown> = isRunning ? once(this.#process, 'exit') : Promise.resolve()
    if (isRunning) {
      this.send('Browser.close').catch(() => undefined) // Chromium may end before the answer
      await withTimeout(5_000, 'close Chromium', exited).catch(() => this.#process.kill('SIGKILL'))
      await exited
    }
    await removeProfile(this.#profile)
  }

  #receive(data: string): void {
    // The cast is safe, because the protocol defines this shape.
    const message = JSON.parse(data) as {
      id?: number
      method?: string
      params?: ProtocolResult
      result?: ProtocolResult
      error?: { message: string }
      sessionId?: string
    }
    if (message.id === undefined) {
      if (message.method !== undefined) this.emit(message.method, message.params ?? {}, message.sessionId)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.error === undefined) waiting?.resolve(message.result ?? {})
    else waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`))
  }
}

async function debuggerAddress(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('start Chromium: no output')
  const failed = once(child, 'exit').then(() => {
    throw new Error('start Chromium: it ended at once')
  })
  const error = once(child, 'error').then(([cause]) => {
    throw new Error('start Chromium: it could not be run', { cause })
  })
  const found = (async () => {
    for await (const line of createInterface(child.stderr ?? process.stdin)) {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
      if (address !== undefined) return address
    }
    throw new Error('start Chromium: no debugging port')
  })()
  const address = await Promise.race([found, failed, error])
  failed.catch(() => undefined) // an exit of Chromium is a failure only if the address is not known yet
  error.catch(() => undefined)
  child.stderr.resume()
  return address
}

/** Rejects if a promise takes longer than `timeoutMs` milliseconds. */
export async function withTimeout<T>(timeoutMs: number, step: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${step}: no answer after ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Removes the profile of Chromium. A failed removal is retried, because helper processes may still write for a moment
 * after the main process has ended.
 */
async function removeProfile(profile: string): Promise<void> {
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
