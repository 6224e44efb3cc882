import { AppError } from '../../shared/errors'
import type { Library } from './library'

/**
 * Throws the error code of `library.refusal` if the library is open for reading. `step` names what the caller was about
 * to do. The error's message for the log begins with it.
 */
export function requireWritable(library: Pick<Library, 'refusal'>, path: string, step: string): void {
  if (library.refusal !== null) throw new AppError(library.refusal, `${step}: the library is read-only`, { path })
}
