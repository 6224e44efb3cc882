import { resolve } from 'node:path'

/** Reads an environment variable. An empty variable counts as not set. Returns undefined if it is not set. */
export function readVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]
  return value === '' ? undefined : value
}

/**
 * Reads an environment variable whose value is the path of a folder. Returns an absolute path. A relative path is
 * resolved from the current folder. Returns undefined if the variable is empty or not set, because an empty path would
 * mean the current folder.
 */
export function readFolderVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = readVariable(env, name)
  return value === undefined ? undefined : resolve(value)
}
