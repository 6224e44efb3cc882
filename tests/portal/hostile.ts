import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { type Behaviour, behaviours } from './behaviours.ts'

/** A server that misbehaves. The path of a request, `/<name of a behaviour>`, chooses the behaviour. */
export interface HostileServer {
  origin: string
  /** The origin over TLS, with a self-signed certificate. */
  tlsOrigin: string
  /** Returns the address of a behaviour. */
  addressOf(name: string): string
  /** The received request lines, in order. */
  requestLines: string[]
  stop(): Promise<void>
}

const certificates = new URL('../fixtures/tls/', import.meta.url)

/** Starts the hostile server on 127.0.0.1, on free ports. */
export async function startHostileServer(): Promise<HostileServer> {
  const requestLines: string[] = []
  const open = new Set<Socket>()
  let origin = ''
  const accept = (socket: Socket): void => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    // The errors of connections are ignored, because the tests expect that clients close connections early.
    socket.on('error', () => undefined)
    let head = ''
    socket.on('data', (part: Buffer) => {
      head += part.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      const line = head.slice(0, head.indexOf('\r\n'))
      const request = head
      head = ''
      requestLines.push(line)
      const [method = '', path = ''] = line.split(' ')
      const behaviour = behaviourAt(path)
      if (behaviour === undefined) socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
      else behaviour.answer({ socket, method, path, origin, request, times: countRequests(requestLines, line) })
    })
  }
  const plain = createServer(accept)
  const secure = createTlsServer(
    {
      key: readFileSync(new URL('server.key', certificates)),
      cert: readFileSync(new URL('self-signed.pem', certificates)),
      ALPNProtocols: ['h2', 'http/1.1'],
    },
    accept,
  )
  secure.on('tlsClientError', () => undefined)
  origin = `http://127.0.0.1:${await listen(plain)}`
  const tlsOrigin = `https://127.0.0.1:${await listen(secure)}`
  return {
    origin,
    tlsOrigin,
    requestLines,
    addressOf: (name) =>
      `${behaviours.some((known) => known.name === name && known.isSecure) ? tlsOrigin : origin}/${name}`,
    async stop() {
      for (const socket of open) socket.destroy()
      await Promise.all([plain, secure].map((server) => new Promise<void>((resolve) => server.close(() => resolve()))))
    },
  }
}

function behaviourAt(path: string): Behaviour | undefined {
  const name = /^\/([a-z0-9-]+)/.exec(path)?.[1]
  return behaviours.find((behaviour) => behaviour.name === name)
}

function countRequests(requestLines: readonly string[], line: string): number {
  return requestLines.filter((other) => other === line).length
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  // The cast is safe, because a server that listens on a TCP port has an address of this type.
  return (server.address() as AddressInfo).port
}
