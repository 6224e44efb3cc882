import type { ErrorShape } from '../../shared/errors'

/** The work that the pool sends to a thread. */
export interface TaskRequest {
  task: string
  /** The file or address that an error names. */
  name: string
  input: unknown
}

/** The answer of a thread to a {@link TaskRequest}. */
export type TaskAnswer = { usage: ThreadUsage } & ({ ok: true; output: unknown } | { ok: false; error: ErrorShape })

/** The resources that a thread uses. */
export interface ThreadUsage {
  /** The CPU time since the start of the thread, in ms. Null if this version of Node.js cannot measure it. */
  cpuMs: number | null
  /** The memory of the thread: its heap, and the bytes outside of the heap that its objects hold. */
  memoryBytes: number
}
