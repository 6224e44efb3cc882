import { resolve } from 'node:path'

/** A path in the folder of shared test data beside the project; it need not be there. */
export function shared(path: string): string {
  return resolve(import.meta.dirname, '../../../../shared', path)
}

/** Why a test that needs that folder was skipped. */
export const sharedIsAbsent = 'the shared test data (../shared beside the project) is not here'
