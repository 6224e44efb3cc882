import { AppError, type ErrorCode, type ErrorDetails } from '../../shared/errors'
import { shortAddress } from './url'

/**
 * The reasons why a TLS connection can't be trusted. Each pattern matches error codes of Node, and each text is the
 * reason in the error details.
 */
const tlsProblems: readonly [RegExp, string][] = [
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|CRL_HAS_EXPIRED/, 'expired'],
  [/SELF_SIGNED/, 'self-signed'],
  [/ALTNAME_INVALID|HOSTNAME_MISMATCH/, 'wrong-host'],
  [/UNABLE_TO|CERT_|INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE/, 'untrusted'],
  [/ERR_SSL_|LEGACY_RENEGOTIATION|UNSUPPORTED_PROTOCOL|DH_KEY_TOO_SMALL|EPROTO/, 'old-protocol'],
]

const systemCodes: Partial<Record<string, ErrorCode>> = {
  ENOTFOUND: 'host-not-found',
  ENODATA: 'host-not-found',
  EAI_AGAIN: 'offline',
  EAI_FAIL: 'host-not-found',
  EAI_NODATA: 'host-not-found',
  EAI_NONAME: 'host-not-found',
  ENETUNREACH: 'offline',
  ENETDOWN: 'offline',
  ECONNREFUSED: 'connection-failed',
  ECONNRESET: 'connection-failed',
  ECONNABORTED: 'connection-failed',
  EHOSTUNREACH: 'connection-failed',
  EHOSTDOWN: 'connection-failed',
  EPIPE: 'connection-failed',
  ETIMEDOUT: 'timed-out',
  ERR_PROXY_TUNNEL: 'proxy-failed',
  ERR_PROXY_INVALID_CONFIG: 'proxy-failed',
}

/** Returns the error details for an address: `url` and `host`. */
export function failureDetails(url: URL): ErrorDetails {
  return { url: shortAddress(url.href), host: url.host }
}

/**
 * Converts the error of a failed request to an AppError with the details of the address. An AppError keeps its code.
 * Calls `isOnline` to find out whether the machine has a network.
 */
export function fetchFailure(thrown: unknown, url: URL, isOnline: () => boolean): AppError {
  const details = failureDetails(url)
  if (thrown instanceof AppError)
    return new AppError(thrown.code, thrown.message, { ...details, ...thrown.details }, { cause: thrown.cause })
  const systemCode = systemCodeOf(thrown)
  const message = `fetch ${url.href}: ${String(thrown)}`
  const tls = tlsProblemOf(systemCode, thrown)
  if (tls !== null) return new AppError('bad-certificate', message, { ...details, problem: tls }, { cause: thrown })
  const known = systemCodes[systemCode] ?? (systemCode.startsWith('HPE_') ? 'answer-damaged' : 'connection-failed')
  const mayBeOffline = known === 'host-not-found' || known === 'connection-failed'
  return new AppError(mayBeOffline && !isOnline() ? 'offline' : known, message, details, { cause: thrown })
}

/**
 * Returns the error for the status of a response. Returns null for 200 to 399. The caller handles redirects and 304.
 */
export function statusFailure(status: number, url: URL): AppError | null {
  if (status >= 200 && status < 400) return null
  const details = { ...failureDetails(url), status }
  const code = status === 404 || status === 410 ? 'page-not-found' : isBusy(status) ? 'server-busy' : 'server-refused'
  return new AppError(code, `fetch ${url.href}: status ${status}`, details)
}

/** Whether the server may answer later: it reported too many requests, a timeout, or a server error. */
function isBusy(status: number): boolean {
  return status === 429 || status === 408 || status === 425 || (status >= 500 && status < 600)
}

function systemCodeOf(thrown: unknown): string {
  // Node has tried several addresses and reports all errors. The code of the first error is used.
  const error = thrown instanceof AggregateError ? (thrown.errors[0] as unknown) : thrown
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function tlsProblemOf(code: string, thrown: unknown): string | null {
  if (code === '' || code in systemCodes || code.startsWith('HPE_')) return null
  const isTls = /^(?:ERR_SSL_|ERR_TLS_|EPROTO)/.test(code) || /CERT|SELF_SIGNED|UNABLE_TO|INVALID_CA/.test(code)
  if (!isTls) return null
  // One side speaks plain HTTP and the other side expects TLS. Such an error says nothing about the certificate.
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(`${code} ${String(thrown)}`)) return null
  return tlsProblems.find(([pattern]) => pattern.test(code))?.[1] ?? 'untrusted'
}
