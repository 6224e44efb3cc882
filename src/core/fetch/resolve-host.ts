import { lookup as lookupName } from 'node:dns/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../shared/errors'
import { checkName, type Lookup, reachableAddresses, type TypedHost } from './ssrf-guard'

/** The dependencies of {@link resolveHost}. */
export interface ResolveHostParts {
  lookup: Lookup
  typed: TypedHost
  timeoutMs: number
  signal: AbortSignal
}

/**
 * Returns the IP addresses to which a request for `url` may connect. Returns null if a proxy is used, because the proxy
 * resolves the host name. In this case, only the addresses that this machine finds are checked. Throws
 * `private-address`, `timed-out`, `cancelled`, and the errors of `lookup`.
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

/** Resolves a host name with the resolver of the system. */
export async function lookupAll(host: string): Promise<string[]> {
  return (await lookupName(host, { all: true })).map(({ address }) => address)
}

/**
 * Returns the result of a lookup. Stops waiting after a time or an abort, because a lookup itself can't be cancelled.
 */
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
