import type { Refresh } from '../../../shared/refresh'
import { emptyCounts } from '../../../shared/refresh-counts'
import type { Source } from '../../../shared/source'
import { nodeCrypto } from '../../node-crypto'
import { createSourceRefresh } from './source-progress'

/** What a caller requests: why a refresh starts (`reason`), and which pages it may fetch. */
export type RefreshRequest = Pick<Refresh, 'reason' | 'since' | 'max' | 'month'>

/** Creates a refresh that has not started yet. */
export function createRefresh(sources: readonly Source[], request: RefreshRequest, startedAt: Date): Refresh {
  return {
    id: createRefreshId(startedAt),
    ...request,
    state: 'waiting',
    startedAt: startedAt.toISOString(),
    endedAt: null,
    total: emptyCounts,
    sources: sources.map(createSourceRefresh),
  }
}

/**
 * Returns the id of a refresh: the second in which the refresh starts, the millisecond as three hexadecimal digits, and
 * five random hexadecimal digits. Ids in alphabetical order are therefore in the order of their start times.
 */
function createRefreshId(startedAt: Date): string {
  const second = startedAt.toISOString().slice(0, 19).replace(/[-:]/g, '').toLowerCase()
  const millisecond = startedAt.getUTCMilliseconds().toString(16).padStart(3, '0')
  return `${second}z-${millisecond}${nodeCrypto().randomBytes(3).toString('hex').slice(0, 5)}`
}
