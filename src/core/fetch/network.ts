import type { Ports } from '../ports'
import type { FetchAddress } from './fetch-result'
import type { PoliteLimits } from './politeness/polite-limits'
import type { Politeness } from './politeness/politeness'

/** The network of one running program. The code that fetches loads with the first request. */
export interface Network {
  /** The queues of requests, one for each host, shared by all features. */
  politeness(): Promise<Politeness>
  /** Fetches addresses for a waiting user. */
  openFetch(): Promise<FetchAddress>
}

/** Creates the network. `isAccepted` says whether the user trusts the certificate of a host. */
export function createNetwork(
  ports: Pick<Ports, 'host' | 'clock' | 'proxyFor'>,
  isAccepted: (host: string) => Promise<boolean>,
  limits?: PoliteLimits,
): Network {
  let opened: Promise<Politeness> | null = null
  const open = async (): Promise<Politeness> => {
    const { createFetcher } = await import('./fetcher')
    const { trustSystemCertificates } = await import('./system-certificates')
    const { createPoliteness } = await import('./politeness/politeness')
    trustSystemCertificates()
    const fetchAddress = createFetcher({
      version: ports.host.version,
      clock: ports.clock,
      proxyFor: (address) => ports.proxyFor(address),
      isAccepted,
    })
    return createPoliteness(fetchAddress, limits)
  }
  const politeness = (): Promise<Politeness> => (opened ??= open())
  return {
    politeness,
    openFetch: async () => (await import('./politeness/politeness')).createUserFetch(await politeness()),
  }
}
