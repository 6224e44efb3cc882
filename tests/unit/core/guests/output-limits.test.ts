import { describe, expect, it } from 'vitest'
import { createOutputLimits, maxGuestBulletins } from '../../../../src/core/guests/output-limits'
import { createMemoryFiles } from '../../../../src/core/outputs/memory-files'
import type { Bulletin } from '../../../../src/shared/bulletin'

const get = (): Promise<Bulletin> => Promise.resolve({ bodyHtml: 'x'.repeat(100) } as Bulletin)
const order = { ids: ['a'] }

/** A job that runs until the test ends it. */
function createJob(): { work(): Promise<string>; end(): void; hasBegun(): boolean } {
  const { promise, resolve } = Promise.withResolvers<string>()
  let hasBegun = false
  return {
    work() {
      hasBegun = true
      return promise
    },
    end: () => resolve('done'),
    hasBegun: () => hasBegun,
  }
}

const run = { signal: new AbortController().signal }

describe('the output limits for guests', () => {
  it('for guests, one job runs at a time, in the order in which the jobs were started', async () => {
    const limits = createOutputLimits({ get })
    const [first, second] = [createJob(), createJob()]
    const results = [first, second].map(({ work }) => limits.run(order, run, work))
    await expect.poll(first.hasBegun).toBe(true)
    expect(second.hasBegun()).toBe(false)
    first.end()
    await expect.poll(second.hasBegun).toBe(true)
    second.end()
    expect(await Promise.all(results)).toEqual(['done', 'done'])
  })

  it('a job fails with output-busy while too many jobs wait, and is accepted when fewer jobs wait', async () => {
    const limits = createOutputLimits({ get, maxWaiting: 1 })
    const [running, waiting] = [createJob(), createJob()]
    const results = [running, waiting].map(({ work }) => limits.run(order, run, work))
    await expect(limits.run(order, run, () => Promise.resolve('x'))).rejects.toMatchObject({ code: 'output-busy' })
    running.end()
    waiting.end()
    await Promise.all(results)
    expect(await limits.run(order, run, () => Promise.resolve('later'))).toBe('later')
  })

  it('a job that is cancelled while it waits frees its place for another job', async () => {
    const limits = createOutputLimits({ get, maxWaiting: 1 })
    const [running, next] = [createJob(), createJob()]
    const first = limits.run(order, run, running.work)
    const waiting = new AbortController()
    const cancelled = limits.run(order, { signal: waiting.signal }, () => Promise.resolve('never'))
    waiting.abort()
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    const later = limits.run(order, run, next.work)
    running.end()
    next.end()
    expect(await Promise.all([first, later])).toEqual(['done', 'done'])
  })

  it('the next job starts after a job that failed', async () => {
    const limits = createOutputLimits({ get })
    await expect(limits.run(order, run, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await limits.run(order, run, () => Promise.resolve('next'))).toBe('next')
  })

  it('a job with too many bulletins or too long texts fails with output-too-large', async () => {
    const limits = createOutputLimits({ get, maxCharacters: 1000 })
    const start = (count: number): Promise<string> =>
      limits.run({ ids: Array.from({ length: count }, () => 'a') }, run, () => Promise.resolve('done'))
    expect(await start(10)).toBe('done')
    await expect(start(11)).rejects.toMatchObject({ code: 'output-too-large' })
    const many = createOutputLimits({ get })
    const ids = Array.from({ length: maxGuestBulletins + 1 }, () => 'a')
    await expect(many.run({ ids }, run, () => Promise.resolve('x'))).rejects.toMatchObject({ code: 'output-too-large' })
  })
})

describe('the memory files', () => {
  it('the files in memory of the newest jobs are kept up to the limit, and those of the oldest jobs are dropped', async () => {
    const files = createMemoryFiles(100)
    const keys: string[] = []
    for (let job = 0; job < 3; job++) {
      const { path } = await files.begin().put('a.pdf', new Uint8Array(40))
      keys.push(path.split('/')[2] ?? '')
    }
    const [oldest = '', middle = '', newest = ''] = keys
    await expect(files.read(oldest, 0)).rejects.toMatchObject({ code: 'file-not-found' })
    for (const key of [middle, newest]) expect((await files.read(key, 0)).bytes.byteLength).toBe(40)
  })

  it('a job whose files alone exceed the limit of the memory is refused', async () => {
    const job = createMemoryFiles(100).begin()
    await job.put('a.pdf', new Uint8Array(60))
    await expect(job.put('b.pdf', new Uint8Array(60))).rejects.toMatchObject({ code: 'output-too-large' })
  })
})
