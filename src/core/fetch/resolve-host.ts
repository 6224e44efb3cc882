import { lookup as lookupName } from 'node:dns/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../shared/errors'
import { checkName, type Lookup, reachableAddresses, type TypedHost } from './ssrf-guard'

/** The options for resolving a host. */
export interface ResolveHostParts {
  lookup: Lookup
  typed: TypedHost
  timeoutMs: number
  signal: AbortSignal
}

/**
 * The IP addresses that the fetcher may connect to for a URL. Returns null behind a proxy, because the proxy resolves
 * the name itself. Behind a proxy, this function only checks the addresses that this machine finds. Throws
 * `private-address`, `timed-out`, `cancelled`. Also throws the errors of `lookup`.
 */
export async function resolveHost(
  url: URL,
  proxy: string | null,
  { lookup, typed, timeoutMs, signal }: ResolveHostParts,
): Promise<readonly string[] | null> {
  const resolving =
    proxy === null
      ? reachableAddresses(url, lookup, typed)
      : checkName(url, lookup, typed).then((): readonly string[] | null => null)
  return withTimeout(resolving, url, timeoutMs, signal)
}

/** Resolves a name with the system's resolver. */
export async function lookupAll(host: string): Promise<string[]> {
  return (await lookupName(host, { all: true })).map(({ address }) => address)
}

/** Stops waiting for a lookup after a time limit or an abort, because a lookup itself cannot be cancelled. */
async function withTimeout<T>(work: Promise<T>, url: URL, timeoutMs: number, signal: AbortSignal): Promise<T> {
  const stop = new AbortController()
  const timer = sleep(timeoutMs, undefined, { signal: AbortSignal.any([signal, stop.signal]) }).then(
    () => {
      throw new AppError('timed-out', `resolve ${url.host}: took too long`)
    },
    () => {
      throw new AppError('cancelled', `resolve ${url.host}: cancelled`)
    },
  )
  try {
    return await Promise.race([work, timer])
  } finally {
    stop.abort()
  }
}
