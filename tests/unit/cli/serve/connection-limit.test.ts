import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { limitConnections } from '../../../../src/cli/serve/connection-limit'
import { hostsOf } from '../../../../src/cli/serve/request-guard'

const maxConnections = 5

/** A server that lets in whoever shows the cookie; `crowd` is what bounds its connections. */
async function startServer(bounds: 'crowd' | 'maxConnections'): Promise<number> {
  const server = createServer((request, response) => {
    if (request.headers.cookie === 'ours') crowd?.markAuthenticated(request.socket)
    // Whoever waits keeps his connection, as a stream of events does.
    if (request.url !== '/wait') response.end('ok')
  })
  const crowd = bounds === 'crowd' ? limitConnections(server, maxConnections) : null
  if (bounds === 'maxConnections') server.maxConnections = maxConnections
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => server.closeAllConnections())
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/** As many connections that say nothing; some may be closed by the other side. */
async function crowdInto(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = []
  for (let n = 0; n < count; n++) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    sockets.push(socket)
  }
  return sockets
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    get({ port, host: '127.0.0.1', agent: false, headers: { cookie: 'ours' } }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    }).on('error', () => resolve(false))
  })

describe('a server with more connections than it takes', () => {
  it('answers whoever comes: the stranger who has been there longest goes', async () => {
    const port = await startServer('crowd')
    const [first] = await crowdInto(port, maxConnections)
    const gone = once(first ?? connect(port), 'close')
    expect(await answers(port)).toBe(true)
    await gone
  })

  it('sends nobody away whom it has let in', async () => {
    const port = await startServer('crowd')
    const waiting = get({ port, host: '127.0.0.1', agent: false, path: '/wait', headers: { cookie: 'ours' } })
    let isClosed = false
    waiting.on('error', () => (isClosed = true))
    await once(waiting, 'socket')
    expect(await answers(port)).toBe(true)
    await crowdInto(port, 3 * maxConnections)
    expect(await answers(port)).toBe(true)
    expect(isClosed).toBe(false)
    waiting.destroy()
  })

  it('control: with a plain limit those who say nothing keep everybody out', async () => {
    const port = await startServer('maxConnections')
    await crowdInto(port, maxConnections)
    expect(await answers(port)).toBe(false)
  })
})

describe('the names a server answers to', () => {
  it.each([
    { address: '127.0.0.1', own: [], names: ['127.0.0.1:80', 'localhost:80', '[::1]:80'] },
    { address: '::1', own: [], names: ['[::1]:80', '127.0.0.1:80', 'localhost:80'] },
    { address: '192.168.1.20', own: [], names: ['192.168.1.20:80'] },
    { address: 'May-Chu.local', own: [], names: ['may-chu.local:80'] },
    {
      address: '0.0.0.0',
      own: ['192.168.1.20', '10.0.0.4'],
      names: ['192.168.1.20:80', '10.0.0.4:80', '127.0.0.1:80', 'localhost:80', '[::1]:80'],
    },
    { address: '::', own: ['2001:db8::7'], names: ['[2001:db8::7]:80', '127.0.0.1:80', 'localhost:80', '[::1]:80'] },
  ])('on $address are $names', ({ address, own, names }) => {
    expect([...hostsOf(address, 80, own)]).toEqual(names)
  })
})
