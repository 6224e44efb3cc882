/** The limits of a task. */
export interface TaskLimits {
  /** Maximum CPU time of the thread for one task, in ms. Time in which the thread waits for a CPU does not count. */
  maxCpuMs: number
}

/**
 * A kind of work that a thread of the pool does. The name selects the function in the thread. `Input` and `Output` must
 * survive a structured clone.
 */
export interface Task<Input, Output> {
  readonly name: string
  readonly limits: TaskLimits
  /** Never set. It connects a task with the types of its input and its output. */
  readonly types?: (input: Input) => Output
}

/** The options of one run of a task. */
export interface RunOptions {
  /** The file or address that the error `too-complex` names. */
  name: string
  signal?: AbortSignal | undefined
  /** Whether nobody waits for the result. Tasks without this option come first, and one thread is always left for them. */
  isBackground?: boolean
}

/**
 * Runs a task. Throws `too-complex` (details: name) if the task exceeds a limit, and `cancelled` if the signal is
 * aborted. Also throws the errors of the task.
 */
export type RunTask = <Input, Output>(task: Task<Input, Output>, input: Input, options: RunOptions) => Promise<Output>

/** Returns a function that runs tasks in the background, see {@link RunOptions.isBackground}. */
export function inBackground(runTask: RunTask): RunTask {
  return (task, input, options) => runTask(task, input, { ...options, isBackground: true })
}
