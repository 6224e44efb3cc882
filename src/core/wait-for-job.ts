import type { Job } from '../shared/contract/api'
import { AppError } from '../shared/errors'
import type { App } from './app-interface'
import { callMethod } from './call-method'
import type { Run } from './jobs'

/**
 * The time in ms without an event after which the function asks for the job's state. Events of a job in another process
 * may be lost.
 */
const pollMs = 250

/**
 * Waits until a job has ended. The job may run in this process or in another process. If `run.signal` aborts, cancels
 * the job. Returns the job with the state `done` or `cancelled`. If the job failed, throws the job's error.
 */
export async function waitForJob(app: Pick<App, 'call' | 'on'>, jobId: string, run: Run): Promise<Job> {
  let wake = (): void => undefined
  const stopListening = app.on(({ event }) => {
    if (event.type === 'job-changed' && event.job.id === jobId) wake()
  })
  const cancel = (): void => wake()
  run.signal.addEventListener('abort', cancel)
  try {
    for (let isCancelled = false; ;) {
      const woken = Promise.withResolvers<void>()
      wake = woken.resolve
      const job = await callMethod(app, 'getJob', { jobId })
      run.onProgress(job.done, job.total, job.current ?? '')
      if (job.error !== null) throw new AppError(job.error.code, job.error.message, job.error.details)
      if (job.state !== 'running') return job
      if (run.signal.aborted && !isCancelled) {
        isCancelled = true
        await callMethod(app, 'cancelJob', { jobId })
      } else {
        const timer = setTimeout(wake, pollMs)
        await woken.promise
        clearTimeout(timer)
      }
    }
  } finally {
    run.signal.removeEventListener('abort', cancel)
    stopListening()
  }
}
