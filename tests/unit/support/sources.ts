import { onTestFinished } from 'vitest'
import { createApp } from '../../../src/core/app'
import type { App } from '../../../src/core/app-interface'
import { politeLimits } from '../../../src/core/fetch/politeness/polite-limits'
import type { Ports } from '../../../src/core/ports'
import type { Job, Output } from '../../../src/shared/contract/api'
import type { Refresh } from '../../../src/shared/refresh'
import type { Source } from '../../../src/shared/source'
import { testPorts } from './app'
import { temporaryFolder } from './library'

/** A program that follows sources without delays between requests. It is closed when the test ends. */
export interface Follower {
  app: App
  root: string
  call<T>(method: string, input: unknown): Promise<T>
  /** Runs a job to its end and returns its result. */
  job<T>(method: string, input: unknown): Promise<T>
  /** Discovers and follows the source at an address, in the same way as `source add`. */
  follow(url: string): Promise<Source>
  refresh(sources: readonly Source[] | null, more?: { since?: string; max?: number }): Promise<Refresh>
  close(): Promise<void>
}

/** Opens the program on a new library, or on the library at `root`. */
export async function openFollower(
  given: { root?: string; ports?: Partial<Ports>; delayMs?: number; followsSchedules?: boolean } = {},
): Promise<Follower> {
  const root = given.root ?? (await temporaryFolder())
  const app = await createApp(testPorts(root, { clock: () => new Date(), ...given.ports }), {
    access: 'write',
    offerSample: false,
    workers: null,
    followsSchedules: given.followsSchedules ?? false,
    polite: { ...politeLimits, delayMs: given.delayMs ?? 0 },
  })
  onTestFinished(() => app.close())
  const call = async <T>(method: string, input: unknown): Promise<T> => {
    const answer = await app.call(method, input)
    if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`)
    // The cast is safe, because the dispatcher returns the output of the method.
    return answer.value as T
  }
  const job = async <T>(method: string, input: unknown): Promise<T> => {
    const { jobId } = await call<{ jobId: string }>(method, input)
    for (;;) {
      const now = await call<Job>('getJob', { jobId })
      if (now.state === 'failed') throw new Error(`${method}: ${JSON.stringify(now.error)}`)
      if (now.state !== 'running') return now.result as T
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  return {
    app,
    root,
    call,
    job,
    async follow(url) {
      const found = await job<NonNullable<Extract<Job, { kind: 'discover' }>['result']>>('startDiscover', { url })
      const channels = found.channels
        .filter(({ isChosen }) => isChosen)
        .map((channel) => ({ url: channel.url, kind: channel.kind }))
      const added = await call<Output<'addSource'>>('addSource', { url, kind: found.kind, channels, name: found.title })
      return added.source
    },
    refresh: (sources, more = {}) => job('startRefresh', { sources: sources?.map(({ id }) => id) ?? null, ...more }),
    close: () => app.close(),
  }
}
