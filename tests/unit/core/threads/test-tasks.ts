import type { Task } from '../../../../src/core/threads/task'

const limits = { maxCpuMs: 5_000 }

/** Returns the input, and the number of the thread. */
export const echoTask: Task<{ text: string }, { text: string; thread: number }> = { name: 'echo', limits }
/** Returns the number of bytes that the thread received with `bytes`. */
export const countBytesTask: Task<{ bytes: Uint8Array }, number> = { name: 'count-bytes', limits }
/** Never ends and uses a CPU all the time. */
export const spinTask: Task<object, void> = { name: 'spin', limits: { maxCpuMs: 600 } }
/** Waits without using a CPU, much longer than its limit, as a thread on an overloaded machine does. */
export const waitTask: Task<{ ms: number }, string> = { name: 'wait', limits: { maxCpuMs: 600 } }
/** Waits until another thread sets the first number. Sets the second number when it begins. */
export const holdTask: Task<{ shared: Int32Array }, string> = { name: 'hold', limits }
/** Allocates memory without end. */
export const fillMemoryTask: Task<object, void> = { name: 'fill-memory', limits: { maxCpuMs: 60_000 } }
/** Allocates the given number of bytes, and keeps them after the task. */
export const keepMemoryTask: Task<{ bytes: number }, number> = { name: 'keep-memory', limits }
/** Calls itself without end. */
export const recurseTask: Task<object, void> = { name: 'recurse', limits }
/** Throws an error of the program. */
export const refuseTask: Task<object, void> = { name: 'refuse', limits }
/** Ends its thread. */
export const exitTask: Task<object, void> = { name: 'exit', limits }
