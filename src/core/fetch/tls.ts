import { type SecureContextOptions, TLSSocket } from 'node:tls'
import { nodeCrypto } from '../node-crypto'
import type { TlsFacts } from './fetch-result'

/**
 * Options of a secured connection: as strict as Node is, unless the reader has accepted this host, whose server may
 * then be as old as some offices' are: an expired or own certificate, TLS 1.0, renegotiation as before RFC 5746.
 */
export function tlsOptions(isAccepted: boolean): SecureContextOptions & { rejectUnauthorized: boolean } {
  if (!isAccepted) return { rejectUnauthorized: true }
  const { SSL_OP_LEGACY_SERVER_CONNECT: legacy } = nodeCrypto().constants
  return {
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    // Electron's BoringSSL knows neither the levels nor the option, and needs none.
    ...(hasBoringSsl() ? {} : { ciphers: 'DEFAULT@SECLEVEL=0', secureOptions: legacy }),
  }
}

function hasBoringSsl(): boolean {
  return 'openssl_is_boringssl' in process.features && process.features.openssl_is_boringssl === true
}

/** How a connection was secured; null where it was not. */
export function tlsFactsOf(socket: unknown): TlsFacts | null {
  if (!(socket instanceof TLSSocket)) return null
  const certificate = socket.getPeerCertificate()
  // The types promise an issuer; a server without a certificate gives an empty object.
  const issuer: Record<string, unknown> = { ...certificate.issuer }
  const named = [issuer['CN'], issuer['O']].filter((name) => typeof name === 'string')
  return {
    issuer: named.join(', '),
    fingerprint: typeof certificate.fingerprint256 === 'string' ? certificate.fingerprint256 : '',
    validated: socket.authorized,
    problem: socket.authorized ? null : String(socket.authorizationError),
    protocol: socket.getProtocol(),
  }
}
