// The renderer runs this file, and the renderer must not load zod (docs/architecture.md).

/** The maximum number of bulletins in one call. */
export const maxIds = 10_000
