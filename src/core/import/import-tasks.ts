import type { Task } from '../threads/task'

/** Splits a JSON file into its bulletins. See {@link ./json-array.splitJsonArray}. */
export const splitJsonTask: Task<{ bytes: Uint8Array; name: string }, Uint8Array[] | null> = {
  name: 'split-json',
  limits: { maxCpuMs: 10_000 },
}
