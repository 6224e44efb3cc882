import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../core/app'
import type { Job } from '../shared/contract/api'
import { AppError } from '../shared/errors'
import type { CommandContext } from './command'
import { callMethod } from './call-method'

const pollMs = 50

/** Follows a job, which may run in another process, until it has ended; Ctrl C cancels it. Throws what it failed with. */
export async function waitForJob(app: App, jobId: string, context: CommandContext): Promise<Job> {
  for (;;) {
    const job = await callMethod(app, 'getJob', { jobId })
    context.progress(job.done, job.total, job.current ?? '')
    if (job.error !== null) throw new AppError(job.error.code, job.error.message, job.error.details)
    if (job.state !== 'running') return job
    if (context.signal.aborted) await callMethod(app, 'cancelJob', { jobId })
    await sleep(pollMs)
  }
}
