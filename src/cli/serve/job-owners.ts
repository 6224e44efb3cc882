import type { App } from '../../core/app-interface'
import type { CallResult } from '../../shared/contract/api'
import { AppError, toErrorShape } from '../../shared/errors'
import type { WebClient } from './client'

/** The maximum number of jobs of one machine that run or wait at the same time. */
const maxJobsPerAddress = 3
/** The maximum number of jobs whose owners are remembered. */
const maxRemembered = 500

/**
 * Remembers which guest (client of `serve --read-only`) started a job, so that other guests do not learn of the job.
 */
export interface JobOwners {
  /** Starts a job for a guest. Returns the error `output-busy` if the guest's machine already has too many jobs. */
  start(client: WebClient, call: () => Promise<CallResult<unknown>>): Promise<CallResult<unknown>>
  owns(client: WebClient, jobId: string): boolean
}

/** Creates the memory of job owners for a host for guests. */
export function createJobOwners(app: Pick<App, 'on' | 'call'>): JobOwners {
  /** The remembered jobs by id, the oldest first. */
  const jobs = new Map<string, { client: WebClient; isActive: boolean }>()
  /** The number of calls that are starting a job at this moment, for each machine. */
  const starting = new Map<string, number>()
  const end = (jobId: string): void => {
    const job = jobs.get(jobId)
    if (job !== undefined) job.isActive = false
  }
  app.on(({ event }) => {
    if (event.type === 'job-changed' && event.job.state !== 'running') end(event.job.id)
  })
  const countActive = (address: string): number =>
    [...jobs.values()].filter(({ client, isActive }) => isActive && client.address === address).length +
    (starting.get(address) ?? 0)
  const remember = async (client: WebClient, jobId: string): Promise<void> => {
    jobs.set(jobId, { client, isActive: true })
    for (const [old, { isActive }] of jobs) if (jobs.size > maxRemembered && !isActive) jobs.delete(old)
    // The state of the job is asked for, because the job may have ended before its owner was stored.
    const found = await app.call('getJob', { jobId }, 'guest')
    if (!found.ok || !isRunning(found.value)) end(jobId)
  }
  return {
    async start(client, call) {
      const { address } = client
      if (countActive(address) >= maxJobsPerAddress)
        return { ok: false, error: toErrorShape(new AppError('output-busy', 'output-busy')) }
      starting.set(address, (starting.get(address) ?? 0) + 1)
      try {
        const result = await call()
        const jobId = result.ok ? jobIdOf(result.value) : null
        if (jobId !== null) await remember(client, jobId)
        return result
      } finally {
        const left = (starting.get(address) ?? 1) - 1
        if (left === 0) starting.delete(address)
        else starting.set(address, left)
      }
    },
    owns(client, jobId) {
      const owner = jobs.get(jobId)?.client
      if (owner === undefined) return false
      // If the owner has a session, only the session identifies the owner, because the network address of a machine may
      // change.
      return owner.session === ''
        ? owner.address === client.address && client.session === ''
        : owner.session === client.session
    },
  }
}

function jobIdOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'jobId' in value && typeof value.jobId === 'string'
    ? value.jobId
    : null
}

function isRunning(job: unknown): boolean {
  return typeof job === 'object' && job !== null && 'state' in job && job.state === 'running'
}
