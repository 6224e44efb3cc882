import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchTyped, listen, testFetcher } from '../../support/network'

const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'tls')
const pem = (name: string): string => readFileSync(join(folder, name), 'utf8')
const roots = getCACertificates('default')

beforeAll(() => setDefaultCACertificates([pem('ca.pem')]))
afterAll(() => setDefaultCACertificates(roots))

/** Starts an https server with this certificate. The server counts its requests. */
async function startTlsServer(certificate: string): Promise<{ address: string; requestCount(): number }> {
  let count = 0
  const server = createServer({ key: pem('server.key'), cert: pem(`${certificate}.pem`) }, (_request, response) => {
    count += 1
    response.end('Bắc Kạn')
  })
  return { address: `https://127.0.0.1:${await listen(server)}/`, requestCount: () => count }
}

describe('requests to an https server', () => {
  it('a server with a trusted certificate gets the request, and the result has the issuer of the certificate', async () => {
    const { address } = await startTlsServer('good')
    expect(await fetchTyped(testFetcher(), address)).toMatchObject({
      status: 200,
      facts: {
        tls: {
          issuer: 'Ban Tin test root, Ban Tin tests',
          fingerprint: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/) as string,
          validated: true,
          problem: null,
        },
      },
    })
  })

  it.each([
    ['expired', 'expired', 'CERT_HAS_EXPIRED'],
    ['wrong-host', 'wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['self-signed', 'self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])(
    'a server with the certificate problem "%s" gets no request until the user accepts the host',
    async (certificate, problem, code) => {
      const { address, requestCount } = await startTlsServer(certificate)
      expect(await fetchTyped(testFetcher(), address)).toMatchObject({ code: 'bad-certificate', details: { problem } })
      expect(requestCount()).toBe(0)
      const accepting = testFetcher({ isAccepted: (host) => host === '127.0.0.1' })
      expect(await fetchTyped(accepting, address)).toMatchObject({
        status: 200,
        facts: { tls: { validated: false, problem: code } },
      })
      expect(requestCount()).toBe(1)
    },
  )
})
