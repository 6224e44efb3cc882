import type { ErrorCode } from '../shared/errors'

/** Errors that every other item of a run would meet too, so the run ends with them. */
export const fatalErrorCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'disk-full',
  'library-read-only',
  'write-failed',
  'cancelled',
])
