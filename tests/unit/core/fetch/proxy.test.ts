import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { typedHost } from '../../../../src/core/fetch/ssrf-guard'
import { toErrorShape } from '../../../../src/shared/errors'
import { proxyOf } from '../../../../src/main/proxy'
import { fetchTyped, listen, startServer, testFetcher } from '../../support/network'

/** Starts a proxy that answers for every host and records the requests it receives. */
async function startProxy(status = 200): Promise<{ address: string; requests: string[] }> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
    response.writeHead(status).end('qua proxy')
  })
  server.on('connect', (request, socket) => {
    requests.push(`CONNECT ${request.url ?? ''}`)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  return { address: `http://127.0.0.1:${await listen(server)}`, requests }
}

const unknownName = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))

describe('the proxy of the system', () => {
  it("the proxy receives the requested address, even if this machine can't resolve the host name", async () => {
    const { address, requests } = await startProxy()
    const fetchAddress = testFetcher({ proxyFor: () => Promise.resolve(address), lookup: unknownName })
    const { signal } = new AbortController()
    const { bytes, facts } = await fetchAddress('http://backan.gov.vn/tin/1', { signal })
    expect(Buffer.from(bytes).toString()).toBe('qua proxy')
    expect(requests).toEqual(['GET http://backan.gov.vn/tin/1'])
    expect(facts.ip).toBeNull()
  })

  it('the proxy is asked for a tunnel, and a request fails with proxy-failed if the proxy refuses', async () => {
    const { address, requests } = await startProxy()
    const fetchAddress = testFetcher({ proxyFor: () => Promise.resolve(address), lookup: unknownName })
    const { signal } = new AbortController()
    const outcome = await fetchAddress('https://backan.gov.vn/', { signal }).catch(toErrorShape)
    expect(outcome).toMatchObject({ code: 'proxy-failed' })
    expect(requests).toEqual(['CONNECT backan.gov.vn:443'])
  })

  it.each(['http://10.0.0.8/', 'http://may-in.local/', 'http://trong.example/'])(
    'the proxy receives no request for the private address %s',
    async (inner) => {
      const { address, requests } = await startProxy()
      const lookup = (): Promise<string[]> => Promise.resolve(['10.0.0.8'])
      const { signal } = new AbortController()
      const outcome = await testFetcher({ proxyFor: () => Promise.resolve(address), lookup })(inner, { signal }).catch(
        toErrorShape,
      )
      expect(outcome).toMatchObject({ code: 'private-address' })
      expect(requests).toEqual([])
    },
  )

  it('the proxy receives no request for an address of this machine', async () => {
    const { address, requests } = await startProxy()
    const { origin } = await startServer((_request, response) => response.end('x'))
    const fetchAddress = testFetcher({ proxyFor: () => Promise.resolve(address) })
    expect(await fetchTyped(fetchAddress, origin)).toMatchObject({ facts: { ip: '127.0.0.1' } })
    expect(requests).toEqual([])
  })

  it("a request fails with connection-failed if the proxy can't be reached", async () => {
    const fetchAddress = testFetcher({ proxyFor: () => Promise.resolve('http://127.0.0.1:9'), lookup: unknownName })
    const typed = typedHost(new URL('http://backan.gov.vn/'))
    const outcome = await fetchAddress('http://backan.gov.vn/', { signal: new AbortController().signal, typed }).catch(
      toErrorShape,
    )
    expect(outcome).toMatchObject({ code: 'connection-failed' })
  })
})

describe('proxyOf', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.tinh.vn:8080; DIRECT', 'http://proxy.tinh.vn:8080'],
    ['HTTPS b:443; SOCKS5 a:1080', 'https://b:443'],
    ['SOCKS5 a:1080; DIRECT', 'socks5h://a:1080'],
    ['SOCKS a:1080', 'socks4://a:1080'],
    ['QUIC a:443; PROXY b:80', 'http://b:80'],
    ['', null],
  ])('proxyOf converts the answer %j of the system to the proxy %j', (answer, expected) => {
    expect(proxyOf(answer)).toBe(expected)
  })
})
