import { AppError } from '../../shared/errors'
import type { Library } from './library'

/**
 * Throws `library-read-only` if the library is open for reading. `step` is the first part of the error's message, which
 * goes to the log.
 */
export function requireWritable(library: Pick<Library, 'readOnly'>, path: string, step: string): void {
  if (library.readOnly) throw new AppError('library-read-only', `${step}: the library is read-only`, { path })
}
