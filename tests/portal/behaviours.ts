import type { Socket } from 'node:net'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { picture } from './bulletins.ts'

/** The request that a behaviour answers. */
export interface Exchange {
  socket: Socket
  method: string
  /** The requested path. Further parts may follow the name of the behaviour. */
  path: string
  /** The origin of the hostile server. */
  origin: string
  /** The request line and the headers of the request. */
  request: string
  /** The number of times that this request line has been received, including the current request. */
  times: number
}

/** A way in which a server is broken, slow or hostile. */
export interface Behaviour {
  name: string
  /** Whether the behaviour needs TLS. */
  isSecure: boolean
  answer(exchange: Exchange): void
}

const title = 'Bản tin của máy chủ lạ'
const page = `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>Nội dung bản tin.</p>`
const htmlType = 'Content-Type: text/html; charset=utf-8'

function send(socket: Socket, status: string, headers: readonly string[], body: string | Buffer = ''): void {
  const length = Buffer.byteLength(body)
  socket.write(
    `HTTP/1.1 ${status}\r\n${[...headers, `Content-Length: ${length}`, 'Connection: close'].join('\r\n')}\r\n\r\n`,
  )
  socket.end(body)
}

function sendPage({ socket }: Exchange, headers: readonly string[] = [], body: string | Buffer = page): void {
  send(socket, '200 OK', [htmlType, ...headers], body)
}

/** Writes raw bytes and closes the connection. */
function raw({ socket }: Exchange, bytes: string | Buffer): void {
  socket.end(bytes)
}

/** Writes until the client closes the connection. The function waits while the client does not read. */
function endlessly(socket: Socket, start: string, piece: string | Buffer, everyMs: number | null): void {
  socket.write(start)
  const next = (): void => {
    if (socket.destroyed) return
    if (everyMs !== null) {
      socket.write(piece)
      setTimeout(next, everyMs).unref()
    } else if (socket.write(piece)) setImmediate(next)
    else socket.once('drain', next)
  }
  next()
}

/** Writes a piece `times` times, then `end`. The function waits while the client does not read. */
function repeatedly(socket: Socket, start: string, piece: string, times: number, end: string): void {
  socket.write(start)
  let left = times
  const next = (): void => {
    while (left > 0 && !socket.destroyed) {
      left -= 1
      if (!socket.write(piece)) {
        socket.once('drain', next)
        return
      }
    }
    if (!socket.destroyed) socket.end(end)
  }
  next()
}

function redirect(to: string | ((exchange: Exchange) => string), headers: readonly string[] = []) {
  return (exchange: Exchange): void => {
    const location = typeof to === 'string' ? to : to(exchange)
    send(exchange.socket, '302 Found', [`Location: ${location}`, ...headers])
  }
}

/** Returns the number after the last slash of a path. Returns 0 if no number stands there. */
function step({ path }: Exchange): number {
  return Number(/\/(\d+)$/.exec(path)?.[1] ?? 0)
}

const head = `HTTP/1.1 200 OK\r\n${htmlType}\r\n`
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`
/**
 * 60 MB of zeros, which are compressed once at the start, because the compression is slow. The result is less than a
 * thousandth of that size.
 */
const zeros = Buffer.alloc(60 * 1024 * 1024)
const gzipBomb = gzipSync(zeros)
const brotliBomb = brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })

/** The behaviours by name. They are in the same order as in the list with which the tests compare them. */
const plain: Readonly<Record<string, (exchange: Exchange) => void>> = {
  'never-answers': () => undefined,
  'slow-headers': ({ socket }) => endlessly(socket, 'HTTP/1.1 200 OK\r\nX: ', 'a', 5_000),
  'slow-body': ({ socket }) => endlessly(socket, `${head}Content-Length: 1000000\r\n\r\n`, 'a', 1_000),
  'endless-chunks': ({ socket }) => endlessly(socket, chunked, `4000\r\n${'a'.repeat(0x4000)}\r\n`, null),
  'endless-headers': ({ socket }) =>
    repeatedly(socket, 'HTTP/1.1 200 OK\r\n', `X-A: ${'a'.repeat(65_530)}\r\n`, 1024, '\r\n'),
  'many-headers': ({ socket }) => repeatedly(socket, head, 'X-A: a\r\n', 10_000, `\r\n${page}`),
  'huge-header': ({ socket }) => repeatedly(socket, `${head}X-A: `, 'a'.repeat(65_536), 160, `\r\n\r\n${page}`),
  'length-too-large': (exchange) => raw(exchange, `${head}Content-Length: 1000000\r\n\r\n${page}`),
  'length-too-small': (exchange) => raw(exchange, `${head}Content-Length: 20\r\n\r\n${page}`),
  'two-lengths': (exchange) => raw(exchange, `${head}Content-Length: 20\r\nContent-Length: 40\r\n\r\n${page}`),
  'length-and-chunks': (exchange) =>
    raw(exchange, `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`),
  'bad-chunk-size': (exchange) => raw(exchange, `${chunked}xyz\r\nhello\r\n0\r\n\r\n`),
  'chunk-size-overflow': (exchange) => raw(exchange, `${chunked}FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n`),
  'reset-in-body': ({ socket }) => {
    socket.write(`${head}Content-Length: 1000000\r\n\r\n${page}`, () => socket.resetAndDestroy())
  },
  'closes-at-once': ({ socket }) => void socket.destroy(),
  'no-status-line': (exchange) => raw(exchange, page),
  'status-999': ({ socket }) => send(socket, '999 Odd', [htmlType], page),
  'no-content-with-body': ({ socket }) => send(socket, '204 No Content', [htmlType], page),
  'not-modified-unasked': ({ socket }) => send(socket, '304 Not Modified', ['ETag: "x"']),
  'early-hints-flood': ({ socket }) =>
    repeatedly(
      socket,
      '',
      'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n',
      1_000,
      `${head}Connection: close\r\n\r\n${page}`,
    ),
  'redirects-to-itself': redirect('/redirects-to-itself'),
  'redirects-in-a-round': redirect((exchange) => `/redirects-in-a-round/${1 - step(exchange)}`),
  'thirty-redirects': (exchange) =>
    step(exchange) < 30 ? redirect(`/thirty-redirects/${step(exchange) + 1}`)(exchange) : sendPage(exchange),
  'redirects-to-file': redirect('file:///etc/passwd'),
  'redirects-to-loopback': redirect('http://127.0.0.1:9/'),
  'redirects-to-link-local': redirect('http://169.254.169.254/latest/meta-data/'),
  'redirects-to-script': redirect('javascript:alert(1)'),
  'redirects-with-line-break': redirect('/a%0d%0aSet-Cookie: x=y\r\nX-Injected: yes'),
  'redirects-nowhere': ({ socket }) => send(socket, '302 Found', []),
  'redirects-to-plain-http': redirect(({ origin }) => `${origin}/alternative-service`),
  // The test cannot change the address of a host name, so the server answers like a private host.
  'private-after-public': (exchange) => sendPage(exchange, [], '<h1>Bí mật trong mạng nội bộ</h1>'),
  'huge-cookie': (exchange) => sendPage(exchange, [`Set-Cookie: a=${'a'.repeat(200 * 1024)}`]),
  'many-cookies': (exchange) =>
    sendPage(
      exchange,
      Array.from({ length: 500 }, (_none, at) => `Set-Cookie: a${at}=b; Path=/`),
    ),
  'cookie-of-another': (exchange) => sendPage(exchange, ['Set-Cookie: a=b; Domain=example.org']),
  'cookie-ends-the-loop': (exchange) =>
    /\r\ncookie:[^\r]*seen=1/i.test(exchange.request)
      ? sendPage(exchange)
      : redirect('/cookie-ends-the-loop', ['Set-Cookie: seen=1; Path=/'])(exchange),
  'says-gzip-sends-plain': (exchange) => sendPage(exchange, ['Content-Encoding: gzip']),
  'gzip-bomb': (exchange) => sendPage(exchange, ['Content-Encoding: gzip'], gzipBomb),
  'gzip-twice': (exchange) => sendPage(exchange, ['Content-Encoding: gzip, gzip'], gzipSync(gzipSync(page))),
  'brotli-bomb': (exchange) => sendPage(exchange, ['Content-Encoding: br'], brotliBomb),
  'gzip-cut-off': (exchange) => {
    const whole = gzipSync(page)
    sendPage(exchange, ['Content-Encoding: gzip'], whole.subarray(0, whole.length - 12))
  },
  'unknown-encoding': (exchange) => sendPage(exchange, ['Content-Encoding: sdch']),
  'html-as-picture': ({ socket }) => send(socket, '200 OK', ['Content-Type: image/png'], page),
  'picture-as-html': (exchange) => sendPage(exchange, [], picture(1)),
  'no-type': ({ socket }) => send(socket, '200 OK', [], page),
  'path-in-file-name': (exchange) => sendPage(exchange, ['Content-Disposition: attachment; filename="../../x"']),
  'huge-etag': (exchange) => sendPage(exchange, [`ETag: "${'a'.repeat(1024 * 1024)}"`]),
  'modified-in-9999': (exchange) => sendPage(exchange, ['Last-Modified: Fri, 31 Dec 9999 23:59:59 GMT']),
  'retry-in-thirty-years': ({ socket }) => send(socket, '503 Service Unavailable', ['Retry-After: 999999999']),
  'retry-garbage': ({ socket }) => send(socket, '503 Service Unavailable', ['Retry-After: ngày mai']),
  'always-too-many': ({ socket }) => send(socket, '429 Too Many Requests', ['Retry-After: 1']),
  'busy-once': (exchange) =>
    exchange.times === 1 ? send(exchange.socket, '503 Service Unavailable', ['Retry-After: 0']) : sendPage(exchange),
  'untrusted-certificate': (exchange) => sendPage(exchange),
  // The bytes are a GOAWAY frame (type 7) on stream 0, then a frame that resets stream 1.
  'http2-goaway': (exchange) =>
    raw(
      exchange,
      Buffer.from([0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8]),
    ),
  'meta-refresh-chain': (exchange) => {
    const next = step(exchange) + 1
    const refresh = next > 50 ? '' : `<meta http-equiv="refresh" content="0;url=/meta-refresh-chain/${next}">`
    sendPage(exchange, [], `<!doctype html>${refresh}<p>${step(exchange)}`)
  },
  'charset-conflict': ({ socket }) =>
    send(socket, '200 OK', ['Content-Type: text/html; charset=windows-1258'], page.replace('utf-8', 'iso-8859-1')),
  'head-differs': (exchange) =>
    exchange.method === 'HEAD' ? send(exchange.socket, '404 Not Found', []) : sendPage(exchange),
  'ignores-range': (exchange) => sendPage(exchange, ['Accept-Ranges: bytes']),
  'never-the-same': (exchange) =>
    sendPage(exchange, [], `${page}<p>Lượt xem: ${exchange.times}</p><!-- ${process.hrtime.bigint()} -->`),
  'huge-robots': ({ socket }) =>
    send(socket, '200 OK', ['Content-Type: text/plain'], `User-agent: *\n${'Disallow: /an/\n'.repeat(40_000)}`),
  'robots-as-html': (exchange) => sendPage(exchange, [], '<!doctype html><p>User-agent: *</p><p>Disallow: /</p>'),
  'robots-redirect-loop': redirect('/robots-redirect-loop'),
  'alternative-service': (exchange) => sendPage(exchange, ['Alt-Svc: h2="127.0.0.1:9"; ma=86400']),
  'many-alternates': (exchange) =>
    sendPage(
      exchange,
      [],
      `<!doctype html><title>x</title>${Array.from({ length: 100_000 }, (_none, at) => `<link rel="alternate" type="application/rss+xml" href="/f${at}">`).join('')}`,
    ),
  'endless-feed': ({ socket }) =>
    repeatedly(
      socket,
      'HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n\r\n<rss><channel>',
      '<item><title>a</title><link>/a</link></item>'.repeat(1_000),
      1_000,
      '</channel></rss>',
    ),
}

/** The list of all behaviours. */
export const behaviours: readonly Behaviour[] = Object.entries(plain).map(([name, answer]) => ({
  name,
  isSecure: name === 'untrusted-certificate' || name === 'redirects-to-plain-http',
  answer,
}))
