import type { ErrorCode } from '../shared/errors'

/** Errors that concern the whole library or the whole run. A run over many items ends at such an error. */
export const fatalErrorCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'disk-full',
  'library-read-only',
  'write-failed',
  'cancelled',
])
