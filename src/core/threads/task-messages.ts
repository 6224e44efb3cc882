import type { ErrorShape } from '../../shared/errors'

/** The request with which the pool sends a task to a thread. */
export interface TaskRequest {
  task: string
  /** The name of the file or the address, for errors. */
  name: string
  input: unknown
}

/** The answer of a thread to a {@link TaskRequest}. */
export type TaskAnswer = { usage: ThreadUsage } & ({ ok: true; output: unknown } | { ok: false; error: ErrorShape })

/** The resources that a thread has used. */
export interface ThreadUsage {
  /** The CPU time of the thread since its start, in ms. Null if this version of Node.js cannot measure it. */
  cpuMs: number | null
  /** The memory of the thread in bytes: its heap, and the bytes outside of the heap that its objects hold. */
  memoryBytes: number
}
