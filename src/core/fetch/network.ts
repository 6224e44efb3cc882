import type { Ports } from '../ports'
import type { FetchAddress } from './fetch-result'
import type { PoliteLimits } from './politeness/polite-limits'
import type { Politeness } from './politeness/politeness'

/** The network functions of a running program. The code that fetches is loaded with the first request. */
export interface Network {
  /** Returns the queues of requests, one for each host, which all features share. */
  politeness(): Promise<Politeness>
  /** Returns the function that fetches addresses for a user who waits for the result. */
  openFetch(): Promise<FetchAddress>
}

/** Creates the network functions. `isAccepted` returns whether the user accepts the certificate of a host. */
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
