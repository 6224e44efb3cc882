let loaded: typeof import('node:crypto') | null = null

/**
 * Returns `node:crypto`, which is loaded on first use. Loading `node:crypto` with the program would take 8 of the 75 ms
 * of CPU that a `list` command needs (measured). The command `list` does not use `node:crypto`.
 */
export function nodeCrypto(): typeof import('node:crypto') {
  loaded ??= process.getBuiltinModule('node:crypto')
  return loaded
}
