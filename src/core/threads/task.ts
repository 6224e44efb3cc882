/** The limits of a task. */
export interface TaskLimits {
  /**
   * Maximum CPU time that the thread may use for the task, in ms. Time in which the thread waits for a free CPU does
   * not count.
   */
  maxCpuMs: number
}

/**
 * A kind of work that a thread of the pool does. The `name` selects the function that the thread runs. Values of the
 * types `Input` and `Output` must survive a structured clone.
 */
export interface Task<Input, Output> {
  readonly name: string
  readonly limits: TaskLimits
  /** Never set. The property only tells TypeScript the types of the input and the output. */
  readonly types?: (input: Input) => Output
}

/** The options of one run of a task. */
export interface RunOptions {
  /** The file or the address that the details of the error `too-complex` contain. */
  name: string
  signal?: AbortSignal | undefined
  /**
   * Whether no user waits for the result. Other tasks run before such a task, and the pool always keeps one thread free
   * for them.
   */
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
