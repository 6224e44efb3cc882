import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { FetchResult } from '../../../../src/core/fetch/fetch-result'
import { typedHost } from '../../../../src/core/fetch/ssrf-guard'
import { sha256 } from '../../../../src/core/library/store/identity'
import { fetchTyped, shortLimits, startServer, testFetcher } from '../../support/network'

const html = '<p>Bắc Kạn đẩy mạnh thi đua</p>'

function fetchedOf(outcome: unknown): FetchResult {
  if (typeof outcome === 'object' && outcome !== null && 'facts' in outcome) return outcome as FetchResult
  throw new Error(`not fetched: ${JSON.stringify(outcome)}`)
}

describe('the answer of a server', () => {
  it('the fetcher returns all facts that a capture needs', async () => {
    const { origin, port } = await startServer((request, response) => {
      response.setHeader('Content-Type', 'Text/HTML; charset="UTF-8"')
      response.setHeader('Date', 'Tue, 24 Nov 2026 03:05:00 GMT')
      response.setHeader('ETag', '"a1"')
      response.setHeader('X-Asked', `${request.headers['user-agent']} ${request.headers.host}`)
      response.end(html)
    })
    const { facts, ...fetched } = fetchedOf(await fetchTyped(testFetcher(), `${origin}/tin/1?x=1#phan-2`))
    expect(fetched).toMatchObject({
      address: `${origin}/tin/1?x=1`,
      status: 200,
      mediaType: 'text/html',
      charset: 'utf-8',
      validators: { etag: '"a1"', lastModified: null },
    })
    expect(facts).toMatchObject({
      targetUri: `${origin}/tin/1?x=1`,
      date: '2026-11-24T03:15:00.000Z',
      ip: '127.0.0.1',
      httpVersion: '1.1',
      status: 200,
      redirects: [],
      contentEncoding: null,
      received: { bytes: Buffer.byteLength(html), sha256: sha256(html) },
      decoded: { bytes: Buffer.byteLength(html), sha256: sha256(html) },
      tls: null,
      serverDate: '2026-11-24T03:05:00.000Z',
      clockSkewSeconds: 600,
    })
    expect(facts.userAgent).toMatch(/^BanTin\/0\.0\.0 /)
    expect(facts.requestHeaders).toContainEqual(['Host', `127.0.0.1:${port}`])
    expect(facts.responseHeaders).toContainEqual(['X-Asked', `${facts.userAgent} 127.0.0.1:${port}`])
  })

  it.each([
    ['gzip', gzipSync(html)],
    ['x-gzip', gzipSync(html)],
    ['deflate', deflateSync(html)],
    ['deflate', deflateRawSync(html)],
    ['br', brotliCompressSync(html)],
    ['zstd', zstdCompressSync(html)],
    ['gzip, gzip', gzipSync(gzipSync(html))],
    ['gzip', Buffer.from(html)],
    ['utf-8', Buffer.from(html)],
  ])(
    'the fetcher decompresses a response with Content-Encoding %s, and returns the received bytes too',
    async (encoding, body) => {
      const { origin } = await startServer((_request, response) => {
        response.setHeader('Content-Encoding', encoding)
        response.end(body)
      })
      const { bytes, received, facts } = fetchedOf(await fetchTyped(testFetcher(), origin))
      expect(Buffer.from(bytes).toString()).toBe(html)
      expect(Buffer.from(received).equals(body)).toBe(true)
      expect(facts.received).toEqual({ bytes: body.byteLength, sha256: sha256(body) })
      expect(facts.decoded.sha256).toBe(sha256(html))
    },
  )

  it('the fetcher returns the status 304 if the request has validators and the content is unchanged', async () => {
    const { origin } = await startServer((request, response) => {
      response.statusCode = request.headers['if-none-match'] === '"a1"' ? 304 : 200
      response.end()
    })
    const signal = new AbortController().signal
    const options = { signal, typed: typedHost(new URL(origin)), validators: { etag: '"a1"', lastModified: null } }
    expect(await testFetcher()(origin, options)).toMatchObject({ status: 304 })
  })

  it('the fetcher follows redirects, sends the cookies that they set, and lists the redirects', async () => {
    const { origin } = await startServer((request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: '/tin/b' }).end()
      else if (request.headers.cookie === 'seen=1') response.end(html)
      else response.writeHead(302, { location: request.url, 'set-cookie': 'seen=1; path=/; domain=example.com' }).end()
    })
    const { address, facts } = fetchedOf(await fetchTyped(testFetcher(), `${origin}/a`))
    expect(address).toBe(`${origin}/tin/b`)
    expect(facts.redirects).toEqual([
      { url: `${origin}/a`, status: 301, location: '/tin/b' },
      { url: `${origin}/tin/b`, status: 302, location: '/tin/b' },
    ])
  })

  it('the fetcher tries again after the pause that the server asks for, up to the maximum number of attempts', async () => {
    let requestCount = 0
    const { origin } = await startServer((_request, response) => {
      requestCount += 1
      if (requestCount < 3) response.writeHead(503, { 'retry-after': '0' }).end()
      else response.end(html)
    })
    expect(await fetchTyped(testFetcher(), origin)).toMatchObject({ status: 200 })
    expect(requestCount).toBe(3)
    requestCount = -10
    expect(await fetchTyped(testFetcher(), origin)).toMatchObject({ code: 'server-busy', details: { status: 503 } })
    expect(requestCount).toBe(-7)
  })

  it('the fetcher immediately throws cancelled if the signal aborts during a pause', async () => {
    const { origin } = await startServer((_request, response) => response.writeHead(503).end())
    const fetchAddress = testFetcher({ limits: { ...slow } })
    const controller = new AbortController()
    const asking = fetchAddress(origin, { signal: controller.signal, typed: typedHost(new URL(origin)) })
    setTimeout(() => controller.abort(), 50)
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' })
  })
})

const slow = {
  maxWireBytes: 1e6,
  maxDecodedBytes: 1e6,
  maxDecodedRatio: 200,
  headersTimeoutMs: 60_000,
  totalTimeoutMs: 60_000,
  maxHeaderBytes: 16_384,
  maxRedirects: 10,
  maxAttempts: 3,
  firstPauseMs: 60_000,
  maxPauseMs: 60_000,
}

describe('a failed request', () => {
  it.each([
    [404, 'page-not-found'],
    [410, 'page-not-found'],
    [401, 'server-refused'],
    [403, 'server-refused'],
    [429, 'server-busy'],
    [500, 'server-busy'],
  ])('for the status %i, the fetcher throws the error %s', async (status, code) => {
    const { origin } = await startServer((_request, response) => response.writeHead(status).end('x'))
    expect(await fetchTyped(testFetcher(), origin)).toMatchObject({ code, details: { status } })
  })

  it.each([
    ['an unknown name', 'ENOTFOUND', true, 'host-not-found'],
    ['an unknown name on a machine without a network', 'ENOTFOUND', false, 'offline'],
    ['a name server that does not answer', 'EAI_AGAIN', true, 'offline'],
  ])('the fetcher throws the error that fits %s', async (_what, code, isOnline, expected) => {
    const lookup = (): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }))
    const fetchAddress = testFetcher({ lookup, isOnline: () => isOnline })
    expect(await fetchTyped(fetchAddress, 'http://khong-co.example/')).toMatchObject({
      code: expected,
      details: { host: 'khong-co.example' },
    })
  })

  it('the fetcher throws connection-failed if no server listens at the address', async () => {
    const { origin, port } = await startServer(() => undefined)
    expect(origin).toContain(String(port))
    expect(await fetchTyped(testFetcher(), 'http://127.0.0.1:9/')).toMatchObject({ code: 'connection-failed' })
  })

  it('the fetcher throws timed-out if the lookup of the host name does not end', async () => {
    const fetchAddress = testFetcher({ limits: shortLimits, lookup: () => new Promise<never>(() => undefined) })
    expect(await fetchTyped(fetchAddress, 'http://cham.example/')).toMatchObject({ code: 'timed-out' })
  })
})
