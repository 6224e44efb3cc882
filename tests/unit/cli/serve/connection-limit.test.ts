import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ConnectionLimits, limitConnections } from '../../../../src/cli/serve/connection-limit'
import { hostsOf } from '../../../../src/cli/serve/request-guard'

const maxConnections = 5

/**
 * A server that authenticates a client by its cookie. `limitedBy` is the function that limits the server's connections.
 */
async function startServer(
  limitedBy: 'limitConnections' | 'maxConnections',
  limits: ConnectionLimits = {},
): Promise<number> {
  const server = createServer((request, response) => {
    if (request.headers.cookie === 'ours') limit?.markAuthenticated(request.socket)
    // A request to /wait gets an answer that does not end, as an event stream does.
    if (request.url === '/wait') response.flushHeaders()
    else response.end('ok')
  })
  const limit = limitedBy === 'limitConnections' ? limitConnections(server, { max: maxConnections, ...limits }) : null
  if (limitedBy === 'maxConnections') server.maxConnections = maxConnections
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => server.closeAllConnections())
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/** Opens `count` connections that send nothing. The server may close some of them. */
async function openSilentConnections(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = []
  for (let n = 0; n < count; n++) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    sockets.push(socket)
  }
  return sockets
}

/** Opens an authenticated connection that stays open, as an event stream does. */
async function holdConnection(port: number): Promise<void> {
  const waiting = get({ port, host: '127.0.0.1', agent: false, path: '/wait', headers: { cookie: 'ours' } })
  waiting.on('error', () => undefined)
  onTestFinished(() => void waiting.destroy())
  await once(waiting, 'response')
}

const isAnswered = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    get({ port, host: '127.0.0.1', agent: false, headers: { cookie: 'ours' } }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    }).on('error', () => resolve(false))
  })

describe('a server at its connection limit', () => {
  it('the server closes the oldest connection without a token, and answers a new client', async () => {
    const port = await startServer('limitConnections')
    const [first] = await openSilentConnections(port, maxConnections)
    const closed = once(first ?? connect(port), 'close')
    expect(await isAnswered(port)).toBe(true)
    await closed
  })

  it('the server keeps serving authenticated clients when silent connections reach the limit', async () => {
    const port = await startServer('limitConnections')
    const waiting = get({ port, host: '127.0.0.1', agent: false, path: '/wait', headers: { cookie: 'ours' } })
    let isClosed = false
    waiting.on('error', () => (isClosed = true))
    await once(waiting, 'socket')
    expect(await isAnswered(port)).toBe(true)
    await openSilentConnections(port, 3 * maxConnections)
    expect(await isAnswered(port)).toBe(true)
    expect(isClosed).toBe(false)
    waiting.destroy()
  })

  /**
   * Returns a function that treats the first `count` connections as those of another machine, and all later ones as
   * those of this machine.
   */
  const isLocalAfter = (count: number): ((socket: unknown) => boolean) => {
    let seen = 0
    return () => ++seen > count
  }

  it('the server answers this machine when authenticated connections of other machines reach the limit', async () => {
    const port = await startServer('limitConnections', { isLocal: isLocalAfter(maxConnections) })
    for (let n = 0; n < maxConnections; n++) await holdConnection(port)
    expect(await isAnswered(port)).toBe(true)
  })

  it('control: the server refuses another machine when authenticated connections reach the limit', async () => {
    const port = await startServer('limitConnections', { isLocal: () => false })
    for (let n = 0; n < maxConnections; n++) await holdConnection(port)
    expect(await isAnswered(port)).toBe(false)
  })

  it('if one machine has too many connections, the server closes the newest one and still answers on the others', async () => {
    const port = await startServer('limitConnections', { max: 50, perAddress: 3, isLocal: isLocalAfter(4) })
    for (let n = 0; n < 3; n++) await holdConnection(port)
    expect(await isAnswered(port)).toBe(false)
    expect(await isAnswered(port)).toBe(true)
  })

  it('control: a server with the option maxConnections of Node refuses a new client when silent connections reach the limit', async () => {
    const port = await startServer('maxConnections')
    await openSilentConnections(port, maxConnections)
    expect(await isAnswered(port)).toBe(false)
  })
})

describe('hostsOf', () => {
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
  ])('for a server on $address, hostsOf returns the hosts $names', ({ address, own, names }) => {
    expect([...hostsOf(address, 80, own)]).toEqual(names)
  })
})
