import { AppError } from '../../shared/errors'
import type { Task } from './task'
import type { TaskRequest } from './task-messages'

/**
 * Functions that load the function of a task, by the name of the task. A function is loaded when its task runs for the
 * first time.
 */
export type TaskTable = ReadonlyMap<string, () => Promise<(input: unknown) => unknown>>

/** Creates an entry of a {@link TaskTable}. `load` returns the function that does the task. */
export function taskEntry<Input, Output>(
  { name }: Task<Input, Output>,
  load: () => Promise<(input: Input) => Output | Promise<Output>>,
): readonly [string, () => Promise<(input: unknown) => unknown>] {
  // The cast is safe, because `RunTask` accepts only the input type of the task.
  return [name, load as () => Promise<(input: unknown) => unknown>]
}

/**
 * Does a task in this thread. Throws the errors of the task. Throws `too-complex` (details: name) if the task exhausts
 * the stack, or makes a text longer than the JavaScript engine allows.
 */
export async function doTask(table: TaskTable, { task, name, input }: TaskRequest): Promise<unknown> {
  const load = table.get(task)
  if (load === undefined) throw new AppError('internal', `task ${task}: unknown`)
  try {
    return await (
      await load()
    )(input)
  } catch (thrown) {
    if (thrown instanceof RangeError)
      throw new AppError('too-complex', `${task} ${name}: ${thrown.message}`, { name }, { cause: thrown })
    throw thrown
  }
}
