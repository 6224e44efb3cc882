import type { ErrorCode } from '../shared/errors'

/**
 * The codes of errors that concern the whole library or the whole run. A run over many items stops at the first such
 * error.
 */
export const fatalErrorCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'disk-full',
  'library-read-only',
  'write-failed',
  'cancelled',
])
