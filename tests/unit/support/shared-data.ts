import { resolve } from 'node:path'

/** Returns a path in the folder of shared test data beside the project. The folder may be missing. */
export function shared(path: string): string {
  return resolve(import.meta.dirname, '../../../../shared', path)
}

/** The reason why a test that needs the folder of shared test data is skipped. */
export const sharedIsAbsent = 'the shared test data is not beside this checkout'
