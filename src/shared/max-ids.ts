// No zod here: the renderer takes this value at run time.

/** Most bulletins that one call works on. */
export const maxIds = 10_000
