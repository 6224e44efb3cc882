import type * as z from 'zod/mini'

/** Returns the makers unchanged. The parameter type checks that each maker creates an input and an output. */
export function defineMethods<T extends Record<string, () => { input: z.ZodMiniType; output: z.ZodMiniType }>>(
  makers: T,
): T {
  return makers
}
