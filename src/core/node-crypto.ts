let loaded: typeof import('node:crypto') | null = null

/**
 * Returns `node:crypto` and loads it on first use. Loading it at the start would take 8 of the 75 ms of CPU that a
 * `list` command needs (measured), and `list` does not use it.
 */
export function nodeCrypto(): typeof import('node:crypto') {
  loaded ??= process.getBuiltinModule('node:crypto')
  return loaded
}
