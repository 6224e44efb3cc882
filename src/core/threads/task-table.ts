import { AppError } from '../../shared/errors'
import type { Task } from './task'
import type { TaskRequest } from './task-messages'

/** The functions of all tasks, by the names of the tasks. Each function loads when it is first used. */
export type TaskTable = ReadonlyMap<string, () => Promise<(input: unknown) => unknown>>

/** An entry of a {@link TaskTable}. `load` returns the function that does the task. */
export function taskEntry<Input, Output>(
  { name }: Task<Input, Output>,
  load: () => Promise<(input: Input) => Output | Promise<Output>>,
): readonly [string, () => Promise<(input: unknown) => unknown>] {
  // A task carries the type of its input, and RunTask accepts no other input for it.
  return [name, load as () => Promise<(input: unknown) => unknown>]
}

/**
 * Does a task in this thread. Throws the errors of the task. A task that exhausts the stack, or that makes a text longer
 * than the engine allows, throws `too-complex` (details: name).
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
