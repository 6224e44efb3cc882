import type { FetchAddress } from '../fetch/fetch-result'
import type { TypedHost } from '../fetch/ssrf-guard'
import type { ResolveMedia } from '../media/collect-media'

/**
 * Creates a function that fetches pictures and files over the network. `typed` permits the host that the user typed,
 * even if this host is in a private network.
 */
export function createNetworkResolver(fetchAddress: FetchAddress, typed: TypedHost | undefined): ResolveMedia {
  return (address, role, signal) =>
    fetchAddress(address, {
      signal,
      accept: role === 'picture' ? 'picture' : 'any',
      ...(typed === undefined ? {} : { typed }),
    })
}
