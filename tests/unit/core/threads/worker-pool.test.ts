import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type PoolLimits, poolLimits } from '../../../../src/core/threads/pool-limits'
import type { RunOptions, RunTask, Task } from '../../../../src/core/threads/task'
import { createWorkerPool } from '../../../../src/core/threads/worker-pool'
import { buildWorkers } from '../../support/built-worker'
import * as tasks from './test-tasks'

const { worker } = await buildWorkers({ worker: 'tests/unit/core/threads/test-worker.ts' })

/** Opens a pool. The threads of the pool end when the test ends. */
function openPool(changed: Partial<PoolLimits> = {}): RunTask {
  const pool = createWorkerPool(worker, { ...poolLimits, ...changed })
  onTestFinished(() => pool.close())
  return pool.run
}

const options: RunOptions = { name: 'bai.html' }

/** Returns the code and the details of the error that a task throws. */
async function errorOf<Input>(
  run: RunTask,
  task: Task<Input, unknown>,
  input: Input,
  given = options,
): Promise<unknown> {
  const thrown: unknown = await run(task, input, given).then(
    (output) => new Error(`no error, but ${JSON.stringify(output)}`),
    (error: unknown) => error,
  )
  return thrown instanceof Error && 'code' in thrown && 'details' in thrown
    ? { code: thrown.code, details: thrown.details }
    : thrown
}

const tooComplex = { code: 'too-complex', details: { name: 'bai.html' } }

describe('createWorkerPool', () => {
  it('the pool returns the outputs of tasks that run at the same time', async () => {
    const run = openPool()
    const outputs = await Promise.all(['a', 'ế', 'c', 'd', 'e'].map((text) => run(tasks.echoTask, { text }, options)))
    expect(outputs.map(({ text }) => text)).toEqual(['a', 'ế', 'c', 'd', 'e'])
  })

  it('the pool passes on the error of a task and keeps the thread', async () => {
    const run = openPool()
    const { thread } = await run(tasks.echoTask, { text: '' }, options)
    expect(await errorOf(run, tasks.refuseTask, {})).toEqual({ code: 'not-opml', details: { name: 'x' } })
    expect((await run(tasks.echoTask, { text: '' }, options)).thread).toBe(thread)
  })

  it('the pool stops a task that uses more CPU time than its limit, and does the next task', async () => {
    const run = openPool()
    expect(await errorOf(run, tasks.spinTask, {})).toEqual(tooComplex)
    expect((await run(tasks.echoTask, { text: 'next' }, options)).text).toBe('next')
  })

  it('the pool does not count the time in which a task waits for the CPU', async () => {
    const ms = tasks.waitTask.limits.maxCpuMs * 4
    expect(await openPool()(tasks.waitTask, { ms }, options)).toBe('timed-out')
  })

  it('control: a pool that counted the waiting time would stop the same task', async () => {
    const ms = tasks.waitTask.limits.maxCpuMs * 4
    expect(await errorOf(openPool({ maxClockFactor: 1 }), tasks.waitTask, { ms })).toEqual(tooComplex)
  })

  it('the pool gives the same answers while other threads use every CPU', async () => {
    const source = `const { parentPort } = require('node:worker_threads'); parentPort.postMessage(0); for (;;) Math.sqrt(2)`
    const busy = Array.from({ length: 3 }, () => new Worker(source, { eval: true }))
    onTestFinished(async () => {
      await Promise.all(busy.map((each) => each.terminate()))
    })
    await Promise.all(busy.map((each) => new Promise((resolve) => each.once('message', resolve))))
    const run = openPool()
    const answers = Promise.all([
      run(tasks.echoTask, { text: 'a' }, options).then(({ text }) => text),
      errorOf(run, tasks.spinTask, {}),
      run(tasks.waitTask, { ms: 10 }, options),
    ])
    expect(await answers).toEqual(['a', tooComplex, 'timed-out'])
  })

  it('the pool refuses a task that needs too much memory, and the program keeps running', async () => {
    const run = openPool({ maxHeapMb: 32 })
    expect(await errorOf(run, tasks.fillMemoryTask, {})).toEqual(tooComplex)
    expect((await run(tasks.echoTask, { text: 'next' }, options)).text).toBe('next')
  })

  it('the pool reports an error if a task exhausts the stack or ends its thread', async () => {
    const run = openPool()
    expect(await errorOf(run, tasks.recurseTask, {})).toEqual(tooComplex)
    expect(await errorOf(run, tasks.exitTask, {})).toEqual(tooComplex)
    expect((await run(tasks.echoTask, { text: 'next' }, options)).text).toBe('next')
  })

  it('the pool starts a new thread after a number of tasks', async () => {
    const run = openPool({ maxTasks: 2 })
    const threads: number[] = []
    for (let count = 0; count < 5; count++) threads.push((await run(tasks.echoTask, { text: '' }, options)).thread)
    const [first, second, third] = [...new Set(threads)]
    expect(threads).toEqual([first, first, second, second, third])
  })

  it('the pool starts a new thread after a task that leaves much memory in use', async () => {
    const run = openPool()
    const bytes = poolLimits.maxIdleBytes
    const small = [
      await run(tasks.keepMemoryTask, { bytes: 1 }, options),
      await run(tasks.keepMemoryTask, { bytes }, options),
    ]
    const next = await run(tasks.keepMemoryTask, { bytes: 1 }, options)
    expect(small[0]).toBe(small[1])
    expect(next).not.toBe(small[0])
  })

  it('the pool sends only the bytes of a part to a thread, and not the whole file around the part', async () => {
    const file = new Uint8Array(1_000_000)
    expect(await openPool()(tasks.countBytesTask, { bytes: file.subarray(10, 20) }, options)).toBe(10)
  })

  it('the pool stops a running task and a waiting task when their signals are aborted', async () => {
    const run = openPool({ maxThreads: 1 })
    const shared = new Int32Array(new SharedArrayBuffer(8))
    const [running, waiting] = [new AbortController(), new AbortController()]
    const held = errorOf(run, tasks.holdTask, { shared }, { ...options, signal: running.signal })
    const queued = errorOf(run, tasks.echoTask, { text: '' }, { ...options, signal: waiting.signal })
    waiting.abort()
    expect(await queued).toEqual({ code: 'cancelled', details: {} })
    running.abort()
    expect(await held).toEqual({ code: 'cancelled', details: {} })
    expect((await run(tasks.echoTask, { text: 'next' }, options)).text).toBe('next')
  })

  it('the pool keeps one thread free for tasks whose result the user waits for', async () => {
    const run = openPool({ maxThreads: 2 })
    const shared = new Int32Array(new SharedArrayBuffer(8))
    const background = { ...options, isBackground: true }
    const held = [1, 2, 3].map(() => run(tasks.holdTask, { shared }, background))
    expect((await run(tasks.echoTask, { text: 'now' }, options)).text).toBe('now')
    expect(shared[1]).toBeLessThanOrEqual(1)
    Atomics.store(shared, 0, 1)
    Atomics.notify(shared, 0)
    expect(await Promise.all(held)).toHaveLength(3)
  })
})
