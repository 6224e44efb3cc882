import type { ExportResult, Job, PrintResult } from '../shared/contract/api'
import { AppError, toAppError } from '../shared/errors'
import type { Handlers } from './dispatch'
import { nodeCrypto } from './node-crypto'

type Kind = Job['kind']
type ResultOf<K extends Kind> = NonNullable<Extract<Job, { kind: K }>['result']>

/**
 * The signal that cancels a job, and the function that reports the job's progress. The caller of the job provides both.
 */
export interface Run {
  signal: AbortSignal
  /**
   * Reports the progress of the job. `current` is the name of the current item for the user. At the end of the job,
   * `current` is empty.
   */
  onProgress(done: number, total: number, current: string): void
}

/**
 * The jobs of the program. A job is long work, such as an import. A client starts a job, and then follows or cancels it
 * by its id (docs/architecture.md).
 */
export interface Jobs {
  start<K extends Kind>(kind: K, work: (run: Run) => Promise<ResultOf<K>>): string
  /** Returns a job by its id. Throws `unknown-job`. */
  get(jobId: string): Job
  /** Cancels a running job. Does nothing if the job has ended. Throws `unknown-job`. */
  cancel(jobId: string): void
  /** Cancels all running jobs and waits until they have ended. */
  close(): Promise<void>
}

/** The number of ended jobs that stay available. A client that missed an event can still ask for them. */
const maxEndedJobs = 50

/** Creates the jobs of one run of the program. `onChange` is called after each change of a job. */
export function createJobs(onChange: (job: Job) => void): Jobs {
  const jobs = new Map<string, { job: Job; controller: AbortController; ended: Promise<void> }>()
  const find = (jobId: string): { job: Job; controller: AbortController } => {
    const found = jobs.get(jobId)
    if (found === undefined) throw new AppError('unknown-job', `job ${jobId}: unknown`)
    return found
  }
  const forgetOldest = (): void => {
    const ended = [...jobs].filter(([, { job }]) => job.state !== 'running')
    for (const [id] of ended.slice(0, Math.max(0, ended.length - maxEndedJobs))) jobs.delete(id)
  }

  return {
    start(kind, work) {
      const id = nodeCrypto().randomUUID()
      const controller = new AbortController()
      // The cast is safe, because the kind decides the type of the result. TypeScript cannot follow this through the
      // spread.
      let job = { kind, id, state: 'running', done: 0, total: 0, current: null, error: null, result: null } as Job
      const update = (change: Partial<Omit<Job, 'kind' | 'result'>> & { result?: unknown }): void => {
        job = { ...job, ...change } as Job
        const entry = jobs.get(id)
        if (entry !== undefined) entry.job = job
        onChange(job)
      }
      const run = async (): Promise<void> => {
        try {
          const result = await work({
            signal: controller.signal,
            onProgress: (done, total, current) => update({ done, total, current: current === '' ? null : current }),
          })
          update({ state: controller.signal.aborted ? 'cancelled' : 'done', current: null, result })
        } catch (thrown) {
          const { code, message, details } = toAppError(thrown)
          const error = { code, message, details }
          update({ state: code === 'cancelled' ? 'cancelled' : 'failed', current: null, error })
        }
        forgetOldest()
      }
      // The work begins after `start` has returned, so that the caller knows the id before the first event.
      const ended = Promise.resolve().then(run)
      jobs.set(id, { job, controller, ended })
      return id
    },
    get: (jobId) => find(jobId).job,
    cancel: (jobId) => find(jobId).controller.abort(),
    async close() {
      for (const { controller } of jobs.values()) controller.abort()
      await Promise.all([...jobs.values()].map(({ ended }) => ended))
    },
  }
}

/** Creates the methods that show and cancel a job. */
export function createJobHandlers(jobs: Jobs): Pick<Handlers, 'getJob' | 'cancelJob'> {
  return {
    getJob: ({ jobId }) => jobs.get(jobId),
    cancelJob({ jobId }) {
      jobs.cancel(jobId)
      return {}
    },
  }
}

/** Returns the files of a finished print or export job. Throws `unknown-job` for any other job. */
export function getJobFiles(job: Job): readonly (PrintResult | ExportResult)['files'][number][] {
  if ((job.kind === 'print' || job.kind === 'export') && job.state === 'done' && job.result !== null)
    return job.result.files
  throw new AppError('unknown-job', `job ${job.id}: has no files`)
}

/** Returns one file of a finished print job. Throws `unknown-job` if the job has no such file. */
export function getPrintedFile(job: Job, file: number): PrintResult['files'][number] {
  const made = job.kind === 'print' && job.state === 'done' ? job.result?.files[file] : undefined
  if (made === undefined) throw new AppError('unknown-job', `job ${job.id}: no file ${file}`)
  return made
}
