import { describe, expect, it } from 'vitest'
import { createDispatch } from '../../../src/core/dispatch'
import { createEvents } from '../../../src/core/events'
import { createJobHandlers, createJobs, type Jobs } from '../../../src/core/jobs'
import { waitForJob } from '../../../src/core/wait-for-job'
import { AppError } from '../../../src/shared/errors'
import { createLog } from '../support/library'

/**
 * Creates a program with jobs behind the contract. With `isSilent`, the events of jobs are lost, as on a broken stream.
 */
function createProgram(isSilent = false): { jobs: Jobs; app: Parameters<typeof waitForJob>[0] } {
  const { emit, on } = createEvents()
  const jobs = createJobs((job) => (isSilent ? undefined : emit({ type: 'job-changed', job })))
  return { jobs, app: { call: createDispatch(createJobHandlers(jobs), createLog()), on } }
}
const result = { indexed: 3, ms: 1 }

describe('waitForJob', () => {
  it.each([false, true])(
    "waitForJob returns a finished job with the job's result (events lost: %s)",
    async (isSilent) => {
      const { jobs, app } = createProgram(isSilent)
      const { promise, resolve } = Promise.withResolvers<typeof result>()
      const jobId = jobs.start('reindex', () => promise)
      const waiting = waitForJob(app, jobId, { signal: new AbortController().signal, onProgress: () => undefined })
      resolve(result)
      expect(await waiting).toMatchObject({ state: 'done', result })
    },
  )

  it('waitForJob throws the error of a job that failed', async () => {
    const { jobs, app } = createProgram()
    const jobId = jobs.start('reindex', () => Promise.reject(new AppError('disk-full', 'reindex: full', {})))
    const run = { signal: new AbortController().signal, onProgress: () => undefined }
    await expect(waitForJob(app, jobId, run)).rejects.toMatchObject({ code: 'disk-full' })
  })

  it('waitForJob cancels the job when the caller aborts, and returns the partial result of the job', async () => {
    const { jobs, app } = createProgram()
    const controller = new AbortController()
    const jobId = jobs.start(
      'reindex',
      ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(result))),
    )
    const waiting = waitForJob(app, jobId, { signal: controller.signal, onProgress: () => undefined })
    controller.abort()
    expect(await waiting).toMatchObject({ state: 'cancelled', result })
  })
})
