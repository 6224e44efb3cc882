import type * as z from 'zod/mini'

/** Returns the makers unchanged. The type of the parameter ensures that each maker creates an input and an output. */
export function defineMethods<T extends Record<string, () => { input: z.ZodMiniType; output: z.ZodMiniType }>>(
  makers: T,
): T {
  return makers
}
