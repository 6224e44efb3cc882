import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchTyped, listen, shortLimits, testFetcher } from '../../support/network'

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

describe('odd https servers', () => {
  it('a server that speaks only TLS 1.1 gets no request until the user accepts the host', async () => {
    let count = 0
    const options = { key: pem('server.key'), cert: pem('good.pem'), ciphers: 'DEFAULT:@SECLEVEL=0' }
    const server = createServer({ ...options, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }, (_request, response) => {
      count += 1
      response.end('x')
    })
    const address = `https://127.0.0.1:${await listen(server)}/`
    expect(await fetchTyped(testFetcher(), address)).toHaveProperty('code')
    expect(count).toBe(0)
    expect(await fetchTyped(testFetcher({ isAccepted: () => true }), address)).toMatchObject({ status: 200 })
  })

  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => undefined],
    ['answers in plain text', (socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\nsecret')],
    [
      'sends endless handshake records',
      (socket) => sendForever(socket, Buffer.from([22, 3, 3, 0, 5, 2, 255, 255, 255, 0])),
    ],
    ['sends random bytes', (socket) => sendForever(socket, Buffer.from('\u0016\u0003ế'.repeat(500)))],
    ['closes at once', (socket) => void socket.destroy()],
  ])('a server that %s in the handshake ends with an error', async (_name, answer) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      answer(socket)
    })
    const fetchAddress = testFetcher({ limits: shortLimits, isAccepted: () => true })
    const outcome = await fetchTyped(fetchAddress, `https://127.0.0.1:${await listen(server)}/`)
    expect(outcome).toHaveProperty('code')
    expect(outcome).not.toMatchObject({ code: 'internal' })
  })
})

function sendForever(socket: Socket, bytes: Buffer): void {
  const send = (): void => {
    if (!socket.destroyed) socket.write(bytes, () => setImmediate(send))
  }
  send()
}
