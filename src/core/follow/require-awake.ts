import { AppError } from '../../shared/errors'
import type { Source } from '../../shared/source'

/**
 * Returns the source if it is not asleep. A source from a backup or from another person's library sleeps until this
 * user turns it on. Throws `source-asleep` for a sleeping source, because nothing may be downloaded from it.
 */
export function requireAwake(source: Source): Source {
  if (source.isAsleep !== true) return source
  const { id, name, url } = source
  throw new AppError('source-asleep', `source ${id}: not turned on by this user`, { id, name, url })
}

/** Returns the source as turned on by the user. */
export function wake({ isAsleep: _isAsleep, ...source }: Source): Source {
  return source
}
