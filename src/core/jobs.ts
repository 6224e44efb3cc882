import type { ExportResult, Job, PrintResult } from '../shared/contract/api'
import { AppError, toAppError } from '../shared/errors'
import type { Handlers } from './dispatch'
import { nodeCrypto } from './node-crypto'

type Kind = Job['kind']
type ResultOf<K extends Kind> = NonNullable<Extract<Job, { kind: K }>['result']>

/** How long work is watched and ended: it hears when the reader wants it to end, and says how far it is. */
export interface Run {
  signal: AbortSignal
  /** `current` is what is being worked on, for the reader; empty at the end. */
  onProgress(done: number, total: number, current: string): void
}

/** Long work of the program: started, followed, cancelled (ARCHITECTURE, the contract). */
export interface Jobs {
  start<K extends Kind>(kind: K, work: (run: Run) => Promise<ResultOf<K>>): string
  /** Throws `unknown-job`. */
  get(jobId: string): Job
  /** Asks a running job to end; one that has ended stays as it is. Throws `unknown-job`. */
  cancel(jobId: string): void
  /** Cancels what runs and waits for it. */
  close(): Promise<void>
}

/** Ended jobs that are remembered, so that a client which missed an event can still ask. */
const rememberedJobs = 50

/** Keeps the jobs of one run of the program; `onChange` hears each step. */
export function createJobs(onChange: (job: Job) => void): Jobs {
  const jobs = new Map<string, { job: Job; controller: AbortController; ended: Promise<void> }>()
  const find = (jobId: string): { job: Job; controller: AbortController } => {
    const found = jobs.get(jobId)
    if (found === undefined) throw new AppError('unknown-job', `job ${jobId}: not known`)
    return found
  }
  const forgetOldest = (): void => {
    const ended = [...jobs].filter(([, { job }]) => job.state !== 'running')
    for (const [id] of ended.slice(0, Math.max(0, ended.length - rememberedJobs))) jobs.delete(id)
  }

  return {
    start(kind, work) {
      const id = nodeCrypto().randomUUID()
      const controller = new AbortController()
      // The kind decides the type of the result; TypeScript can't follow that through the spread.
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
      // Begins after `start` has answered, so that the caller knows the id before the first event.
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

/** The methods that show and cancel a job. */
export function createJobHandlers(jobs: Jobs): Pick<Handlers, 'getJob' | 'cancelJob'> {
  return {
    getJob: ({ jobId }) => jobs.get(jobId),
    cancelJob({ jobId }) {
      jobs.cancel(jobId)
      return {}
    },
  }
}

/** The files a print or export job made. Throws `unknown-job` where it is none that has ended well. */
export function getJobFiles(job: Job): readonly (PrintResult | ExportResult)['files'][number][] {
  if ((job.kind === 'print' || job.kind === 'export') && job.state === 'done' && job.result !== null)
    return job.result.files
  throw new AppError('unknown-job', `job ${job.id}: made no files`)
}

/** One file that a print job made. Throws `unknown-job` where there is none. */
export function getPrintedFile(job: Job, file: number): PrintResult['files'][number] {
  const made = job.kind === 'print' && job.state === 'done' ? job.result?.files[file] : undefined
  if (made === undefined) throw new AppError('unknown-job', `job ${job.id}: no file ${file}`)
  return made
}
