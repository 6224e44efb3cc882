import { existsSync, readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { typedHost } from '../../../../src/core/fetch/ssrf-guard'
import { toErrorShape } from '../../../../src/shared/errors'
import { shortLimits, smallLimits, startRawServer, testFetcher } from '../../support/network'
import { shared, sharedIsAbsent } from '../../support/shared-data'

type Answer = (socket: Socket, requestLine: string, port: number) => void

const ok = (headers: string, body: Buffer | string = ''): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${headers}\r\n`, 'latin1'), Buffer.from(body)])
const send =
  (...parts: (Buffer | string)[]): Answer =>
  (socket) => {
    for (const part of parts) socket.write(part)
    socket.end()
  }
const location = (address: string): Answer =>
  send(`HTTP/1.1 302 Found\r\nLocation: ${address}\r\nContent-Length: 0\r\n\r\n`)
const encoded = (encoding: string, body: Buffer): Answer => send(ok(`Content-Encoding: ${encoding}\r\n`, body))

/** The number of bytes that {@link forever} has written. */
const written = { bytes: 0 }
/** Creates an answer that never ends and is written as fast as the client reads. */
const forever =
  (head: string, piece: () => string | Buffer, everyMs = 0): Answer =>
  (socket) => {
    written.bytes = 0
    socket.write(head)
    const next = (): void => {
      if (socket.destroyed || written.bytes > 100 * 1024 * 1024) return
      const part = Buffer.from(piece())
      written.bytes += part.byteLength
      if (everyMs > 0) setTimeout(() => socket.write(part, next), everyMs)
      else socket.write(part, next)
    }
    next()
  }

const zeros = Buffer.alloc(40 * 1024 * 1024)
const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`
let requestNumber = 0

/**
 * The behaviours of hostile servers: what the server answers, and the allowed outcomes. An outcome is an error code or
 * `fetched`.
 */
const behaviours: Readonly<Record<string, [Answer, ...string[]]>> = {
  'accept then never send bytes': [() => undefined, 'timed-out'],
  'send 1 header byte per 5 s (slowloris)': [forever('HTTP/1.1 200 OK\r\n', () => 'x', 100), 'timed-out'],
  'send body 1 byte/s with Content-Length 1e6': [
    forever(ok('Content-Length: 1000000\r\n').toString(), () => 'x', 100),
    'timed-out',
  ],
  'endless chunked body': [forever(ok('Transfer-Encoding: chunked\r\n').toString(), () => chunk), 'answer-too-large'],
  'endless headers (64 MB)': [forever('HTTP/1.1 200 OK\r\n', () => `X-${'a'.repeat(1000)}: b\r\n`), 'answer-damaged'],
  '10,000 headers': [send(ok('X-A: b\r\n'.repeat(10_000), 'x')), 'fetched'],
  'single 10 MB header': [send('HTTP/1.1 200 OK\r\n', `X: ${'a'.repeat(10_000_000)}\r\n\r\n`), 'answer-damaged'],
  'Content-Length larger than body then close': [send(ok('Content-Length: 100\r\n', 'x')), 'answer-damaged'],
  'Content-Length smaller than body': [send(ok('Content-Length: 1\r\n', 'xyz')), 'fetched', 'answer-damaged'],
  'two different Content-Length': [send(ok('Content-Length: 1\r\nContent-Length: 2\r\n', 'xy')), 'answer-damaged'],
  'Transfer-Encoding + Content-Length': [
    send(ok('Transfer-Encoding: chunked\r\nContent-Length: 3\r\n', '1\r\nx\r\n0\r\n\r\n')),
    'answer-damaged',
  ],
  'bad chunk size': [send(ok('Transfer-Encoding: chunked\r\n', 'zz\r\nx\r\n')), 'answer-damaged'],
  'chunk size overflow FFFFFFFFFFFFFFFFF': [
    send(ok('Transfer-Encoding: chunked\r\n', 'FFFFFFFFFFFFFFFFF\r\nx')),
    'answer-damaged',
  ],
  'RST mid-body': [
    (socket) => socket.write(ok('Content-Length: 100\r\n', 'x'), () => setTimeout(() => socket.resetAndDestroy(), 20)),
    'answer-damaged',
    'connection-failed',
  ],
  'close before status line': [(socket) => socket.end(), 'connection-failed', 'answer-damaged'],
  'HTTP/0.9 body without status': [send('<p>x</p>'), 'answer-damaged'],
  'status 999': [send('HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n'), 'server-refused'],
  'status 204 with body': [
    send('HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nxyz'),
    'fetched',
    'answer-damaged',
  ],
  '304 with no cached copy': [send('HTTP/1.1 304 Not Modified\r\n\r\n'), 'answer-damaged'],
  '1xx flood (1000 x 103)': [send('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1000), ok('', 'x')), 'answer-damaged'],
  'redirect loop A->A': [location('/a'), 'too-many-redirects'],
  'redirect loop A->B->A': [
    (socket, line, port) => location(line.includes('/b') ? '/a' : '/b')(socket, line, port),
    'too-many-redirects',
  ],
  '30-hop redirect chain': [
    (socket, line, port) => location(`/a${(requestNumber += 1)}`)(socket, line, port),
    'too-many-redirects',
  ],
  'redirect to file://': [location('file:///etc/hosts'), 'bad-redirect'],
  'redirect to 127.0.0.1': [location('http://127.0.0.1/'), 'private-address'],
  'redirect to 169.254.169.254': [location('http://169.254.169.254/latest'), 'private-address'],
  'redirect to javascript:': [location('javascript:alert(1)'), 'bad-redirect'],
  'redirect with CRLF in Location': [
    (socket, line, port) =>
      line.includes('/b') ? send(ok('', 'x'))(socket, line, port) : location('/b\r\nX-Injected: 1')(socket, line, port),
    'fetched',
  ],
  'redirect with no Location': [send('HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n'), 'bad-redirect'],
  'Set-Cookie 200 KB': [send(ok(`Set-Cookie: a=${'b'.repeat(200_000)}\r\n`, 'x')), 'fetched'],
  '500 Set-Cookie headers': [send(ok('Set-Cookie: a=b\r\n'.repeat(500), 'x')), 'fetched'],
  'Set-Cookie for other domain': [send(ok('Set-Cookie: a=b; domain=example.com\r\n', 'x')), 'fetched'],
  'Set-Cookie needed to leave redirect loop': [
    (socket, line, port) => {
      requestNumber += 1
      if (requestNumber > 1) send(ok('', 'x'))(socket, line, port)
      else
        send('HTTP/1.1 302 Found\r\nLocation: /a\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n')(socket, line, port)
    },
    'fetched',
  ],
  'gzip declared, plain body': [encoded('gzip', Buffer.from('<p>x</p>')), 'fetched'],
  'gzip bomb 1000:1': [encoded('gzip', gzipSync(zeros)), 'answer-too-large'],
  'double gzip': [encoded('gzip, gzip', gzipSync(gzipSync(zeros))), 'answer-too-large'],
  'br bomb': [encoded('br', brotliCompressSync(zeros.subarray(0, 8 * 1024 * 1024))), 'answer-too-large'],
  'truncated gzip': [encoded('gzip', gzipSync('<p>Bắc Kạn</p>').subarray(0, 20)), 'answer-damaged'],
  'Content-Encoding: unknown': [encoded('unknown', Buffer.from('x')), 'fetched'],
  'Content-Type image/png with HTML body': [send(ok('Content-Type: image/png\r\n', '<p>x</p>')), 'fetched'],
  'Content-Type text/html with PNG body': [send(ok('Content-Type: text/html\r\n', '\x89PNG')), 'fetched'],
  'no Content-Type': [send(ok('', 'x')), 'fetched'],
  'Content-Disposition filename=../../x': [
    send(ok('Content-Disposition: attachment; filename=../../x\r\n', 'x')),
    'fetched',
  ],
  'ETag 1 MB': [send(ok(`ETag: "${'a'.repeat(1_000_000)}"\r\n`, 'x')), 'answer-damaged'],
  'Last-Modified in year 9999': [send(ok('Last-Modified: Fri, 31 Dec 9999 23:59:59 GMT\r\n', 'x')), 'fetched'],
  'Retry-After: 999999999': [send('HTTP/1.1 503 No\r\nRetry-After: 999999999\r\n\r\n'), 'server-busy'],
  'Retry-After: garbage': [send('HTTP/1.1 503 No\r\nRetry-After: garbage\r\n\r\n'), 'server-busy'],
  '429 storm': [send('HTTP/1.1 429 Slow down\r\n\r\n'), 'server-busy'],
  '503 then OK': [
    (socket, line, port) =>
      send((requestNumber += 1) > 1 ? ok('', 'x') : 'HTTP/1.1 503 No\r\nRetry-After: 0\r\n\r\n')(socket, line, port),
    'fetched',
  ],
  'Alt-Svc to loopback': [send(ok('Alt-Svc: h2="127.0.0.1:22"\r\n', 'x')), 'fetched'],
}

/** The behaviours that do not concern a single fetch, or that other tests cover. */
const coveredElsewhere = [
  'redirect https->http', // allowed, because old portals do it, and recorded in the capture
  'DNS name that resolves public then private (rebinding)', // ssrf-guard.test.ts
  'TLS expired / wrong host / self-signed', // tls.test.ts
  'HTTP/2 rapid reset / GOAWAY', // the fetcher uses only HTTP/1.1
  'meta refresh chain 50', // the fetcher follows no meta refresh
  'charset header vs meta conflict',
  'HEAD differs from GET', // the fetcher sends no HEAD
  'Range ignored', // the fetcher requests no range
  'same URL different bytes each time', // the text decides whether a bulletin is revised
  'robots.txt 500 KB+',
  'robots.txt as HTML 200',
  'robots.txt redirect loop',
  '100,000 <link rel=alternate>',
  'feed with 1,000,000 items',
]

describe('a hostile server', () => {
  it.each(Object.entries(behaviours))(
    'the fetcher answers a server that does "%s" with one of the allowed results',
    async (_name, [answer, ...expected]) => {
      requestNumber = 0
      const server = await startRawServer(answer)
      const typed = typedHost(new URL(server.origin))
      const { signal } = new AbortController()
      const limits = expected.includes('timed-out') ? shortLimits : smallLimits
      const outcome = await testFetcher({ limits })(`${server.origin}/a`, { signal, typed }).catch(toErrorShape)
      expect(expected).toContain('code' in outcome ? outcome.code : 'fetched')
      // The sentence that the user sees needs these details.
      if ('code' in outcome) expect(Object.keys(outcome.details)).toEqual(expect.arrayContaining(['url', 'host']))
      expect(server.requestLines.length).toBeLessThanOrEqual(smallLimits.maxRedirects + 2)
    },
  )

  it('a server that never stops writing is disconnected at the maximum number of bytes', async () => {
    const server = await startRawServer(behaviours['endless chunked body']?.[0] ?? send(''))
    const { signal } = new AbortController()
    await expect(
      testFetcher()(server.origin, { signal, typed: typedHost(new URL(server.origin)) }),
    ).rejects.toMatchObject({
      code: 'answer-too-large',
      details: { limitMb: 1 },
    })
    // The limit is 1 MB. The server can write more, because the system buffers bytes that are not read.
    expect(written.bytes).toBeLessThan(20 * 1024 * 1024)
  })

  it('a decompression bomb makes the program use little more memory than the limit', async () => {
    const server = await startRawServer(encoded('gzip', gzipSync(Buffer.alloc(200 * 1024 * 1024))))
    const { signal } = new AbortController()
    const before = process.memoryUsage().arrayBuffers
    let maxBytes = 0
    const watch = setInterval(() => (maxBytes = Math.max(maxBytes, process.memoryUsage().arrayBuffers - before)), 1)
    await expect(
      testFetcher()(server.origin, { signal, typed: typedHost(new URL(server.origin)) }),
    ).rejects.toMatchObject({
      code: 'answer-too-large',
      details: { limitMb: 4 },
    })
    clearInterval(watch)
    expect(maxBytes).toBeLessThan(60 * 1024 * 1024)
  })

  it('every behaviour of hostile servers in the shared data is tested here or elsewhere', ({ skip }) => {
    const file = shared('data/security/hostile-server.json')
    if (!existsSync(file)) skip(sharedIsAbsent)
    const listed = JSON.parse(readFileSync(file, 'utf8')) as string[]
    expect(listed.filter((name) => !(name in behaviours) && !coveredElsewhere.includes(name))).toEqual([])
  })
})
