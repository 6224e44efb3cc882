import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { typedHost } from '../../../../src/core/fetch/ssrf-guard'
import { toErrorShape } from '../../../../src/shared/errors'
import { proxyOf } from '../../../../src/main/proxy'
import { fetchTyped, listen, startServer, testFetcher } from '../../support/network'

/** A proxy that answers for every host, and knows what it was asked. */
async function startProxy(status = 200): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
    response.writeHead(status).end('qua proxy')
  })
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url ?? ''}`)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  return { address: `http://127.0.0.1:${await listen(server)}`, asked }
}

const unknownHere = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))

describe('a proxy', () => {
  it('is asked for the address, also for a name that only it can resolve', async () => {
    const { address, asked } = await startProxy()
    const fetchAddress = testFetcher({ proxyFor: () => Promise.resolve(address), lookup: unknownHere })
    const { signal } = new AbortController()
    const { bytes, facts } = await fetchAddress('http://backan.gov.vn/tin/1', { signal })
    expect(Buffer.from(bytes).toString()).toBe('qua proxy')
    expect(asked).toEqual(['GET http://backan.gov.vn/tin/1'])
    expect(facts.ip).toBeNull()
  })

  it('is asked for a tunnel to a secured server; its refusal is said to be its own', async () => {
    const { address, asked } = await startProxy()
    const fetchAddress = testFetcher({ proxyFor: () => Promise.resolve(address), lookup: unknownHere })
    const { signal } = new AbortController()
    const outcome = await fetchAddress('https://backan.gov.vn/', { signal }).catch(toErrorShape)
    expect(outcome).toMatchObject({ code: 'proxy-failed' })
    expect(asked).toEqual(['CONNECT backan.gov.vn:443'])
  })

  it.each(['http://10.0.0.8/', 'http://may-in.local/', 'http://trong.example/'])(
    'is not asked for %s: it would lead inward as well',
    async (inner) => {
      const { address, asked } = await startProxy()
      const lookup = (): Promise<string[]> => Promise.resolve(['10.0.0.8'])
      const { signal } = new AbortController()
      const outcome = await testFetcher({ proxyFor: () => Promise.resolve(address), lookup })(inner, { signal }).catch(
        toErrorShape,
      )
      expect(outcome).toMatchObject({ code: 'private-address' })
      expect(asked).toEqual([])
    },
  )

  it('is passed by for this very machine', async () => {
    const { address, asked } = await startProxy()
    const { origin } = await startServer((_request, response) => response.end('x'))
    const fetchAddress = testFetcher({ proxyFor: () => Promise.resolve(address) })
    expect(await fetchTyped(fetchAddress, origin)).toMatchObject({ facts: { ip: '127.0.0.1' } })
    expect(asked).toEqual([])
  })

  it('that is not there is a failed connection', async () => {
    const fetchAddress = testFetcher({ proxyFor: () => Promise.resolve('http://127.0.0.1:9'), lookup: unknownHere })
    const typed = typedHost(new URL('http://backan.gov.vn/'))
    const outcome = await fetchAddress('http://backan.gov.vn/', { signal: new AbortController().signal, typed }).catch(
      toErrorShape,
    )
    expect(outcome).toMatchObject({ code: 'connection-failed' })
  })
})

describe('the system’s answer about proxies', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.tinh.vn:8080; DIRECT', 'http://proxy.tinh.vn:8080'],
    ['SOCKS5 a:1080; HTTPS b:443', 'https://b:443'],
    ['SOCKS a:1080', null],
    ['', null],
  ])('%j means %j', (answer, expected) => {
    expect(proxyOf(answer)).toBe(expected)
  })
})
