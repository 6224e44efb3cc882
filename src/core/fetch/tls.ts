import { type SecureContextOptions, TLSSocket } from 'node:tls'
import { nodeCrypto } from '../node-crypto'
import type { TlsFacts } from './fetch-result'

/**
 * Returns the options of a TLS connection. These are Node's defaults, unless the user accepts the host. For an accepted
 * host, an expired or self-signed certificate, TLS 1.0, and renegotiation without RFC 5746 are allowed, because some
 * offices have such servers.
 */
export function tlsOptions(isAccepted: boolean): SecureContextOptions & { rejectUnauthorized: boolean } {
  if (!isAccepted) return { rejectUnauthorized: true }
  const { SSL_OP_LEGACY_SERVER_CONNECT: legacy } = nodeCrypto().constants
  return {
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    // These options are left out in Electron. It uses BoringSSL, which has no security levels and no option for legacy
    // renegotiation, and needs neither.
    ...(hasBoringSsl() ? {} : { ciphers: 'DEFAULT@SECLEVEL=0', secureOptions: legacy }),
  }
}

function hasBoringSsl(): boolean {
  return 'openssl_is_boringssl' in process.features && process.features.openssl_is_boringssl === true
}

/** Returns the facts about a TLS connection. Returns null for plain HTTP. */
export function tlsFactsOf(socket: unknown): TlsFacts | null {
  if (!(socket instanceof TLSSocket)) return null
  const certificate = socket.getPeerCertificate()
  // The issuer is read as optional. The types say that a certificate always has an issuer, but the object is empty if
  // the server sent no certificate.
  const issuer: Record<string, unknown> = { ...certificate.issuer }
  const names = [issuer['CN'], issuer['O']].filter((name) => typeof name === 'string')
  return {
    issuer: names.join(', '),
    fingerprint: typeof certificate.fingerprint256 === 'string' ? certificate.fingerprint256 : '',
    validated: socket.authorized,
    problem: socket.authorized ? null : String(socket.authorizationError),
    protocol: socket.getProtocol(),
  }
}
