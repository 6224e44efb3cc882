// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Client, Job, NumberedEvent } from '../../../../src/shared/contract/api'

type VerifyJob = Extract<Job, { kind: 'verify' }>

/** The jobs of a fake preload. The test changes the jobs by hand. */
const jobs = new Map<string, VerifyJob>()
const cancelled: string[] = []
let send: (event: NumberedEvent) => void = () => undefined
let number = 0

function change(id: string, changed: Partial<VerifyJob>, isHeard = true): void {
  const before = jobs.get(id)
  const created = { kind: 'verify', id, state: 'running', done: 0, total: 0, current: null, error: null, result: null }
  const job = { ...(before ?? (created as VerifyJob)), ...changed }
  jobs.set(id, job)
  number += 1
  if (isHeard) send({ number, event: { type: 'job-changed', job } })
}

const start =
  (id: string): (() => Promise<{ jobId: string }>) =>
  () =>
    Promise.resolve({ jobId: id })

let useJob: (typeof import('../../../../src/renderer/src/composables/use-job'))['useJob']

beforeAll(async () => {
  const client = {
    call: (method: string, { jobId }: { jobId: string }) => {
      if (method === 'cancelJob') cancelled.push(jobId)
      const value = jobs.get(jobId)
      const error = { code: 'unknown-job', message: 'job: not known', details: {} }
      return Promise.resolve(value === undefined ? { ok: false, error } : { ok: true, value })
    },
    on: (listener: typeof send) => void (send = listener),
  }
  window.bantin = client as unknown as Client // safe cast: the fake has only the methods that a job needs
  ;({ useJob } = await import('../../../../src/renderer/src/composables/use-job'))
})

beforeEach(() => {
  jobs.clear()
  cancelled.length = 0
})

const result = { checked: 3, damaged: [] }
const error = { code: 'internal', message: 'verify: disk error', details: {} } as const
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

describe('useJob', () => {
  it('useJob follows a job by its events until the job ends', async () => {
    const { job, isBusy, run } = useJob('verify')
    change('a', {})
    const ended = run(start('a'))
    await settle()
    change('a', { done: 2, total: 3 })
    expect([job.value?.done, isBusy.value]).toEqual([2, true])
    change('a', { state: 'done', result })
    expect((await ended)?.result).toEqual(result)
    expect([job.value?.state, isBusy.value]).toEqual(['done', false])
  })

  it('useJob returns the result of a job that has already ended', async () => {
    change('a', { state: 'done', result }, false)
    expect((await useJob('verify').run(start('a')))?.state).toBe('done')
  })

  it('useJob rejects with the error of a failed job', async () => {
    change('a', { state: 'failed', error })
    await expect(useJob('verify').run(start('a'))).rejects.toMatchObject({ shape: error })
  })

  it('useJob notices the end of a job even if the last event was lost', async () => {
    change('a', {})
    const ended = useJob('verify').run(start('a'))
    await settle()
    change('a', { state: 'done', result }, false)
    // The number of this event shows that one event is missing.
    change('other', {})
    expect((await ended)?.state).toBe('done')
  })

  it('useJob rejects if a restarted host does not know the job', async () => {
    change('a', {})
    const ended = useJob('verify').run(start('a'))
    await settle()
    jobs.clear()
    number += 1
    change('other', {})
    await expect(ended).rejects.toMatchObject({ shape: { code: 'unknown-job' } })
  })

  it('useJob asks the host to cancel the job, and follows the job to its end', async () => {
    const { run, cancel } = useJob('verify')
    change('a', {})
    const ended = run(start('a'))
    await settle()
    await cancel()
    expect(cancelled).toEqual(['a'])
    change('a', { state: 'cancelled' })
    expect((await ended)?.state).toBe('cancelled')
  })

  it('useJob cancels the old job when a new job replaces it, and ignores events of the old job', async () => {
    const { job, run } = useJob('verify')
    change('a', {})
    change('b', {})
    const first = run(start('a'))
    await settle()
    const second = run(start('b'))
    await settle()
    expect(cancelled).toEqual(['a'])
    change('a', { state: 'cancelled' })
    expect(await first).toBeNull()
    expect(job.value?.id).toBe('b')
    change('b', { state: 'done', result })
    expect((await second)?.id).toBe('b')
  })

  it('useJob cancels a job that was abandoned before the host had started the job', async () => {
    const { job, run, abandon } = useJob('verify')
    const { promise: started, resolve } = Promise.withResolvers<{ jobId: string }>()
    const ended = run(() => started)
    abandon()
    resolve({ jobId: 'a' })
    expect(await ended).toBeNull()
    expect(cancelled).toEqual(['a'])
    expect(job.value).toBeNull()
  })

  it('useJob ignores events about jobs of other windows', async () => {
    const { job } = useJob('verify')
    change('foreign', { done: 1 })
    await settle()
    expect(job.value).toBeNull()
  })
})
