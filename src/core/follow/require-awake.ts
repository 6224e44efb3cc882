import { AppError } from '../../shared/errors'
import type { Source } from '../../shared/source'

/**
 * Returns the source. Throws `source-asleep` for a source of a backup or of somebody else's library that the user has
 * not turned on. Nothing may be downloaded from such a source.
 */
export function requireAwake(source: Source): Source {
  if (source.isAsleep !== true) return source
  const { id, name, url } = source
  throw new AppError('source-asleep', `source ${id}: not turned on by this user`, { id, name, url })
}

/** Returns a source that the user has turned on. */
export function wake({ isAsleep: _isAsleep, ...source }: Source): Source {
  return source
}
