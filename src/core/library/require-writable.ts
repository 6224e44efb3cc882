import { AppError } from '../../shared/errors'
import type { Library } from './library'

/**
 * Throws `library-read-only` or `disk-full` if the library is open for reading. `step` is the first part of the error's
 * message, which goes to the log.
 */
export function requireWritable(library: Pick<Library, 'refusal'>, path: string, step: string): void {
  if (library.refusal !== null) throw new AppError(library.refusal, `${step}: the library is read-only`, { path })
}
