import { existsSync, readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { isPublicIp, typedHost } from '../../../../src/core/fetch/ssrf-guard'
import { parseTypedAddress } from '../../../../src/core/fetch/url'
import { toErrorShape } from '../../../../src/shared/errors'
import { fetchTyped, startRawServer, startServer, testFetcher, watchConnections } from '../../support/network'
import { shared, sharedIsAbsent } from '../../support/shared-data'

/** The IP addresses of host names that the tests use. */
const addressesByName: Readonly<Record<string, string[]>> = {
  '127.0.0.1.nip.io': ['127.0.0.1'],
  'localtest.me': ['127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  'both.example': ['93.184.215.14', '10.0.0.8'],
  'six.example': ['::ffff:10.0.0.8'],
}
const lookup = (host: string): Promise<string[]> => {
  const found = addressesByName[host]
  return found === undefined
    ? Promise.reject(Object.assign(new Error(host), { code: 'ENOTFOUND' }))
    : Promise.resolve(found)
}

const privateAddresses = [
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::ffff:127.0.0.1]/',
  'http://[64:ff9b::a00:1]/',
  'http://[fec0::1]/',
  'http://[2002:a00:1::]/',
  'http://192.168.1.1:8080/',
  'http://printer.local/',
  'http://both.example/',
  'http://six.example/',
  'file:///etc/hosts',
]

describe('private network addresses', () => {
  const refused = ['private-address', 'bad-address', 'bad-redirect', 'host-not-found']

  it.each(privateAddresses)('a private address in a page is refused without a connection: %s', async (address) => {
    const connections = watchConnections()
    const { signal } = new AbortController()
    const outcome = await testFetcher({ lookup })(address, { signal }).catch(toErrorShape)
    expect(refused).toContain('code' in outcome ? outcome.code : 'fetched')
    expect(connections.count()).toBe(0)
  })

  it.each(privateAddresses)('a redirect from a typed page to a private address is refused: %s', async (address) => {
    const { origin } = await startRawServer((socket) => redirect(socket, address))
    const connections = watchConnections()
    const outcome = await fetchTyped(testFetcher({ lookup }), origin)
    expect(refused).toContain('code' in outcome ? outcome.code : 'fetched')
    expect(connections.count()).toBe(1)
  })

  it(
    'a private address is refused in every spelling of the shared data, also as the target of a redirect',
    { timeout: 120_000 },
    async ({ skip }) => {
      const file = shared('data/security/ssrf-urls.json')
      if (!existsSync(file)) skip(sharedIsAbsent)
      const { signal } = new AbortController()
      for (const address of JSON.parse(readFileSync(file, 'utf8')) as string[]) {
        const { origin } = await startRawServer((socket) => redirect(socket, address))
        const connections = watchConnections()
        const requested = await testFetcher({ lookup })(address, { signal }).catch(toErrorShape)
        expect(refused, address).toContain('code' in requested ? requested.code : 'fetched')
        expect(connections.count(), address).toBe(0)
        // By the URL standard, "http:/x" is a path on the same server, which is allowed.
        if (URL.parse(address, origin)?.origin === origin) continue
        const redirected = await fetchTyped(testFetcher({ lookup }), origin)
        expect(refused, address).toContain('code' in redirected ? redirected.code : 'fetched')
        expect(connections.count(), address).toBe(1)
      }
    },
  )

  it('a private address that the user typed is requested', async () => {
    const { origin } = await startServer((_request, response) => response.end('x'))
    const connections = watchConnections()
    expect(await fetchTyped(testFetcher(), origin)).toMatchObject({ status: 200 })
    expect(connections.count()).toBe(1)
  })

  it('a private address that the user typed is refused on any other port', async () => {
    const inner = await startRawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nsecret'))
    const { origin } = await startServer((_request, response) =>
      response.writeHead(302, { location: inner.origin }).end(),
    )
    expect(await fetchTyped(testFetcher(), origin)).toMatchObject({ code: 'private-address' })
    expect(inner.requestLines).toEqual([])
  })
})

describe('the lookup of a host name', () => {
  it('a host name is resolved only once, so that the fetcher connects to the addresses that were checked', async () => {
    const { origin, port } = await startServer((_request, response) => response.end('x'))
    const answers = [['127.0.0.1'], ['127.0.0.2']]
    const rebinding = (): Promise<string[]> => Promise.resolve(answers.shift() ?? [])
    const outcome = await fetchTyped(testFetcher({ lookup: rebinding }), `http://doi.example:${port}/`)
    expect(outcome).toMatchObject({ status: 200, facts: { ip: '127.0.0.1' } })
    expect(answers).toHaveLength(1)
    expect(origin).toContain(String(port))
  })

  it('a host name may change neither from a public to a private address, nor from one private address to another', () => {
    const url = new URL('http://cong.example/')
    const wasPublic = typedHost(url)
    expect(wasPublic.allows(url, ['93.184.215.14'], true)).toBe(true)
    expect(wasPublic.allows(url, ['127.0.0.1'], false)).toBe(false)
    const wasPrivate = typedHost(url)
    expect(wasPrivate.allows(url, ['10.0.0.8'], false)).toBe(true)
    expect(wasPrivate.allows(url, ['10.0.0.8'], false)).toBe(true)
    expect(wasPrivate.allows(url, ['127.0.0.1'], false)).toBe(false)
  })
})

describe('isPublicIp', () => {
  it.each([
    ['8.8.8.8', true],
    ['203.113.131.2', true],
    ['2405:4800::1', true],
    ['64:ff9b::808:808', true],
    ['64:ff9b::7f00:1', false],
    ['64:ff9b:1::808:808', false],
    ['::7f00:1', false],
    ['4000::1', false],
    ['100.64.0.1', false],
    ['khong-phai', false],
  ])('for the address %s, isPublicIp returns %s', (address, expected) => {
    expect(isPublicIp(address)).toBe(expected)
  })
})

describe('parseTypedAddress', () => {
  it.each([
    ['  https://backan.gov.vn/tin-1  ', 'https://backan.gov.vn/tin-1'],
    ['backan.gov.vn/tin-1?id=2', 'http://backan.gov.vn/tin-1?id=2'],
    ['BacKan.gov.vn', 'http://backan.gov.vn/'],
    ['10.20.30.40:8080/portal', 'http://10.20.30.40:8080/portal'],
    ['<https://backan.gov.vn/>', 'https://backan.gov.vn/'],
    ['http://user:pass@backan.gov.vn/#a', 'http://backan.gov.vn/'],
  ])('parseTypedAddress reads "%s" as %s', (typed, expected) => {
    expect(parseTypedAddress(typed).href).toBe(expected)
  })

  it.each(['', 'bản tin', 'javascript:alert(1)', 'file:///c:/a.html', `http://a.vn/${'a'.repeat(9000)}`])(
    'parseTypedAddress throws bad-address for "%s"',
    (typed) => {
      expect(() => parseTypedAddress(typed)).toThrow(expect.objectContaining({ code: 'bad-address' }) as Error)
    },
  )
})

function redirect(socket: Socket, address: string): void {
  const location = Buffer.from(address, 'utf8').toString('latin1')
  socket.end(Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`, 'latin1'))
}
