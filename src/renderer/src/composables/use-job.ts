import { type Ref, shallowRef } from 'vue'
import type { Job } from '../../../shared/contract/api'
import { callHost, CallError, events, getErrorShape } from '../bridge'
import { createResponseGuard } from '../lib/response-guard'

type Kind = Job['kind']
/** A job of one kind. */
export type JobOf<K extends Kind> = Extract<Job, { kind: K }>

/** The jobs that this window started and that have not ended, by id. Jobs of other windows are not followed. */
const followed = new Map<string, { kind: Kind; take(job: Job): void }>()

events.on((event) => {
  if (event.type === 'job-changed') followed.get(event.job.id)?.take(event.job)
})
// Asks for all jobs again, because the event that reports the end of a job may have been lost.
events.onGap(() => {
  for (const [id, { kind, take }] of followed) void fetchJob({ id, kind }).then((job) => job !== null && take(job))
})

/**
 * Follows a job to its end. `onChange` gets each state, including the last state. Resolves with the job when the job is
 * done or cancelled. Rejects with a {@link CallError} if the job failed or the host cannot be asked.
 */
export async function followJob<K extends Kind>(
  kind: K,
  jobId: string,
  onChange: (job: JobOf<K>) => void = () => undefined,
): Promise<JobOf<K>> {
  const { promise: ended, resolve } = Promise.withResolvers<JobOf<K>>()
  const take = (changed: Job): void => {
    // An answer to `getJob` is ignored if the job has already ended. Such an answer arrived after the event that
    // reports the end of the job, so it is out of date.
    if (changed.kind !== kind || !followed.has(jobId)) return
    const job = changed as JobOf<K> // the cast is safe, because the kind was just compared
    onChange(job)
    if (job.state === 'running') return
    followed.delete(jobId)
    resolve(job)
  }
  followed.set(jobId, { kind, take })
  try {
    take(await callHost('getJob', { jobId }))
  } catch (thrown) {
    followed.delete(jobId)
    throw thrown
  }
  const job = await ended
  if (job.state === 'failed' && job.error !== null) throw new CallError(job.error)
  return job
}

/**
 * Returns the current state of a job. A job that the host does not know has failed, because the host was restarted.
 * Returns null if the host cannot be asked.
 */
export async function fetchJob({ id, kind }: Pick<Job, 'id' | 'kind'>): Promise<Job | null> {
  try {
    return await callHost('getJob', { jobId: id })
  } catch (thrown) {
    const error = getErrorShape(thrown)
    if (error.code !== 'unknown-job') return null
    return { id, kind, state: 'failed', done: 0, total: 0, current: null, error, result: null }
  }
}

/** The state of a store that follows one job at a time. */
export interface JobState<K extends Kind> {
  /** The last known state of the job, also after its end. The value is null before the first state is known. */
  job: Ref<JobOf<K> | null>
  /** Whether a job is being started or runs. */
  isBusy: Ref<boolean>
  /**
   * Abandons the previous job, starts a new job and follows the new job to its end (see {@link followJob}). Resolves
   * with null if the host started no job, or if the store abandoned the job before its end.
   */
  run(start: () => Promise<{ jobId: string | null }>): Promise<JobOf<K> | null>
  /** Asks the host to end the job. `run` resolves when the job has ended. */
  cancel(): Promise<void>
  /** Forgets the job. If the job runs or is being started, cancels the job. */
  abandon(): void
}

/** Follows one job of a kind at a time. Only stores may use this function, because its listeners are never removed. */
export function useJob<K extends Kind>(kind: K): JobState<K> {
  const job: Ref<JobOf<K> | null> = shallowRef(null)
  const isBusy = shallowRef(false)
  const runs = createResponseGuard()
  let runningId: string | null = null

  async function run(start: () => Promise<{ jobId: string | null }>): Promise<JobOf<K> | null> {
    abandon()
    const own = runs.begin()
    isBusy.value = true
    try {
      const { jobId } = await start()
      if (jobId === null) return null
      if (!own.isLatest()) {
        await cancelJob(jobId)
        return null
      }
      runningId = jobId
      const ended = await followJob(kind, jobId, (changed) => {
        if (own.isLatest()) job.value = changed
      })
      return own.isLatest() ? ended : null
    } catch (thrown) {
      if (own.isLatest()) throw thrown
      return null
    } finally {
      if (own.isLatest()) {
        isBusy.value = false
        runningId = null
      }
    }
  }

  async function cancel(): Promise<void> {
    if (runningId !== null) await cancelJob(runningId)
  }

  function abandon(): void {
    runs.invalidate()
    void cancel()
    runningId = null
    job.value = null
    isBusy.value = false
  }

  return { job, isBusy, run, cancel, abandon }
}

async function cancelJob(jobId: string): Promise<void> {
  // If the host cannot be reached, a banner says so. The state of the job is loaded after the reconnection.
  await callHost('cancelJob', { jobId }).catch(() => null)
}
