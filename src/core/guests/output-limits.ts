import type { Bulletin } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'

/** The maximum number of bulletins in one print or export job of a guest (a client of `serve --read-only`). */
export const maxGuestBulletins = 50
/** The maximum length of all texts in one print or export job of a guest, in characters of HTML. */
const maxGuestCharacters = 4 * 1024 * 1024
/** The maximum number of jobs that wait while one job runs. Further jobs are refused. */
const maxWaitingJobs = 6
/** The maximum duration of a job, in ms. A longer job is cancelled, so that the next job can run. */
const maxJobMs = 120_000

/** The bulletins that a guest wants to print or export in one job. */
interface Order {
  ids: readonly string[]
  revisions?: Readonly<Record<string, number>> | undefined
}

/** The queue and the limits for the print and export jobs of guests. */
export interface OutputLimits {
  /**
   * Waits until no other job runs, and then runs a job. Throws `output-busy` if too many jobs wait, `output-too-large`
   * if the job has too many bulletins or too much text, and `cancelled`.
   */
  run<R extends { signal: AbortSignal }, T>(order: Order, run: R, work: (run: R) => Promise<T>): Promise<T>
}

/** The limits that a caller may change. Only tests do so. */
export interface OutputLimitOptions {
  get(id: string, revision?: number): Promise<Bulletin>
  maxWaiting?: number
  maxCharacters?: number
}

/**
 * Creates the limits for print and export jobs of guests. Only one job runs at a time, only a few jobs wait, and each
 * job has a maximum size and time. Without these limits, guests could start any number of pages in Chromium and fill
 * the memory of the host.
 */
export function createOutputLimits({
  get,
  maxWaiting = maxWaitingJobs,
  maxCharacters = maxGuestCharacters,
}: OutputLimitOptions): OutputLimits {
  let isRunning = false
  const waiting = new Set<() => void>()
  const waitForTurn = async (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) throw new AppError('cancelled', 'guest output: cancelled')
    if (!isRunning) {
      isRunning = true
      return
    }
    if (waiting.size >= maxWaiting) throw new AppError('output-busy', 'guest output: too many jobs wait')
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const abort = (): void => reject(new AppError('cancelled', 'guest output: cancelled while waiting'))
    signal.addEventListener('abort', abort, { once: true })
    waiting.add(resolve)
    try {
      await promise
    } finally {
      signal.removeEventListener('abort', abort)
      waiting.delete(resolve)
    }
  }
  const passTurn = (): void => {
    const [next] = waiting
    if (next === undefined) {
      isRunning = false
      return
    }
    waiting.delete(next)
    next()
  }
  const requireSize = async ({ ids, revisions = {} }: Order, signal: AbortSignal): Promise<void> => {
    const refuse = (): never => {
      const details = { max: maxGuestBulletins, maxMb: Math.ceil(maxCharacters / 2 ** 20) }
      throw new AppError('output-too-large', 'guest output: too large', details)
    }
    if (ids.length > maxGuestBulletins) refuse()
    let characters = 0
    for (const id of ids) {
      if (signal.aborted) throw new AppError('cancelled', 'guest output: cancelled')
      characters += (await get(id, revisions[id])).bodyHtml.length
      if (characters > maxCharacters) refuse()
    }
  }
  return {
    async run(order, run, work) {
      await waitForTurn(run.signal)
      try {
        await requireSize(order, run.signal)
        return await work({ ...run, signal: AbortSignal.any([run.signal, AbortSignal.timeout(maxJobMs)]) })
      } finally {
        passTurn()
      }
    },
  }
}
