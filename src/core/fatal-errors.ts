import type { ErrorCode } from '../shared/errors'

/** Failures that no other item of a run could escape: the run ends with them. */
export const fatalErrorCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'disk-full',
  'library-read-only',
  'write-failed',
  'cancelled',
])
