import type * as z from 'zod/mini'

/** The makers as they are, each checked to have an input and an output. */
export function defineMethods<T extends Record<string, () => { input: z.ZodMiniType; output: z.ZodMiniType }>>(
  makers: T,
): T {
  return makers
}
