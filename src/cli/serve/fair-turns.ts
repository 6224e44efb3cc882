import { AppError } from '../../shared/errors'
import type { WebClient } from './client'

/** Maximum number of waiting calls of one browser. */
const maxWaitingPerSession = 16
/** Maximum number of waiting calls of all browsers together. */
const maxWaitingInAll = 400

/** Lets the clients of a host take turns with slow calls, such as searches. */
export interface FairTurns {
  /**
   * Runs a call when it is the client's turn. If `supersedes` is given, each waiting call of the same client for which
   * it returns true ends with `cancelled`. Throws `host-busy` if too many calls wait. Throws `cancelled` if `signal`
   * aborts before the turn.
   */
  run<T>(client: WebClient, work: () => Promise<T>, options?: TurnOptions): Promise<T>
}

/** Options of one call. */
export interface TurnOptions {
  signal?: AbortSignal
  /** A description of the call. The function `supersedes` of a later call receives it. */
  label?: string
  supersedes?: (label: string) => boolean
}

interface Waiting {
  client: WebClient
  label: string
  start(): void
  cancel(error: AppError): void
}

/**
 * Creates turns for slow calls. At most `maxRunning` slow calls run at the same time. The next turn goes to the machine
 * whose last turn was longest ago, and within this machine to the browser whose last turn was longest ago. One client
 * with many calls therefore delays each other client by at most one call. In a simple queue, the others would wait for
 * all these calls.
 */
export function createFairTurns({ maxRunning }: { maxRunning: number }): FairTurns {
  let running = 0
  let turn = 0
  let waiting: Waiting[] = []
  /** The number of the last turn, for each machine and for each browser. The map is emptied when no call waits. */
  const lastTurns = new Map<string, number>()
  const keysOf = ({ address, session }: WebClient): [machine: string, browser: string] => [
    address,
    `${address} ${session}`,
  ]
  const lastTurnsOf = (client: WebClient): [number, number] => {
    const [machine, browser] = keysOf(client)
    return [lastTurns.get(machine) ?? 0, lastTurns.get(browser) ?? 0]
  }
  const isBefore = (a: Waiting, b: Waiting): boolean => {
    const [machineA, browserA] = lastTurnsOf(a.client)
    const [machineB, browserB] = lastTurnsOf(b.client)
    return machineA === machineB ? browserA < browserB : machineA < machineB
  }
  const remove = (entry: Waiting): void => {
    waiting = waiting.filter((each) => each !== entry)
  }
  const startNext = (): void => {
    while (running < maxRunning && waiting.length > 0) {
      // If two clients are equal, the one that comes first in the list has waited longer.
      const next = waiting.reduce((best, each) => (isBefore(each, best) ? each : best))
      remove(next)
      next.start()
    }
    if (waiting.length === 0 && running === 0) lastTurns.clear()
  }
  const take = (client: WebClient): void => {
    running += 1
    turn += 1
    for (const key of keysOf(client)) lastTurns.set(key, turn)
  }

  const waitForTurn = (client: WebClient, { signal, label = '', supersedes }: TurnOptions): Promise<void> => {
    const isOwn = (each: Waiting): boolean =>
      each.client.address === client.address && each.client.session === client.session
    if (supersedes !== undefined)
      for (const each of waiting.filter(
        (old) => isOwn(old) && old.client.page === client.page && supersedes(old.label),
      ))
        each.cancel(new AppError('cancelled', 'turn: superseded by a later call'))
    if (signal?.aborted === true) return Promise.reject(new AppError('cancelled', 'turn: the client has left'))
    if (waiting.length >= maxWaitingInAll || waiting.filter(isOwn).length >= maxWaitingPerSession)
      return Promise.reject(new AppError('host-busy', 'turn: too many calls wait'))
    return new Promise((resolve, reject) => {
      const leave = (): void => entry.cancel(new AppError('cancelled', 'turn: the client has left'))
      const entry: Waiting = {
        client,
        label,
        start() {
          signal?.removeEventListener('abort', leave)
          take(client)
          resolve()
        },
        cancel(error) {
          signal?.removeEventListener('abort', leave)
          remove(entry)
          reject(error)
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      waiting.push(entry)
      startNext()
    })
  }
  return {
    async run(client, work, options = {}) {
      await waitForTurn(client, options)
      try {
        return await work()
      } finally {
        running -= 1
        startNext()
      }
    },
  }
}
