// This file must not load zod, because the renderer runs it.

/** Limit on the number of bulletins in one call. */
export const maxIds = 10_000
