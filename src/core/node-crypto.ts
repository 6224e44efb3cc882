let loaded: typeof import('node:crypto') | null = null

/**
 * Node's crypto, loaded when it is first used and not with the program: it takes 8 of the 75 ms of CPU that a command
 * which only lists would need (measured), and listing needs none of it.
 */
export function nodeCrypto(): typeof import('node:crypto') {
  loaded ??= process.getBuiltinModule('node:crypto')
  return loaded
}
