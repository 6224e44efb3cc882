import type { Refresh } from '../../../shared/refresh'
import { emptyCounts } from '../../../shared/refresh-counts'
import type { Source } from '../../../shared/source'
import { nodeCrypto } from '../../node-crypto'
import { createSourceRefresh } from './source-progress'

/** The request for a refresh. */
export type RefreshRequest = Pick<Refresh, 'reason' | 'since' | 'max' | 'month'>

/** A refresh that has not started. */
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
 * The id of a refresh: the second in which the refresh starts, the millisecond as three hexadecimal digits, and five
 * random hexadecimal digits. Ids therefore sort by start time.
 */
function createRefreshId(startedAt: Date): string {
  const second = startedAt.toISOString().slice(0, 19).replace(/[-:]/g, '').toLowerCase()
  const millisecond = startedAt.getUTCMilliseconds().toString(16).padStart(3, '0')
  return `${second}z-${millisecond}${nodeCrypto().randomBytes(3).toString('hex').slice(0, 5)}`
}
