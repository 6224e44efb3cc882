import { connect, createServer, type Socket } from 'node:net'
import { listen } from './network'

/** What a SOCKS server does with a request. */
export type SocksAnswer = 'connects' | 'refuses' | 'is-silent'

/**
 * Starts a SOCKS proxy (version 4, 4a and 5 without passwords, RFC 1928). `requests` holds the wanted targets. Every
 * connection goes to `port` of this machine, because the names of the tests do not exist.
 */
export async function startSocksServer(
  port: number,
  answer: SocksAnswer = 'connects',
): Promise<{ place: string; requests: string[] }> {
  const requests: string[] = []
  const server = createServer((client) => {
    client.on('error', () => undefined)
    client.once('data', (first) => {
      if (answer === 'is-silent') return
      if (first[0] === 4) {
        requests.push(`4 ${targetOf4(first)}`)
        reply(client, port, answer, [Buffer.from([0, 90, 0, 0, 0, 0, 0, 0]), Buffer.from([0, 91, 0, 0, 0, 0, 0, 0])])
        return
      }
      client.write(Buffer.from([5, 0]))
      client.once('data', (second) => {
        requests.push(`5 ${targetOf5(second)}`)
        reply(client, port, answer, [
          Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
          Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 0]),
        ])
      })
    })
  })
  return { place: `127.0.0.1:${await listen(server)}`, requests }
}

function reply(client: Socket, port: number, answer: SocksAnswer, [yes, no]: readonly [Buffer, Buffer]): void {
  if (answer === 'refuses') return void client.end(no)
  const target = connect(port, '127.0.0.1', () => {
    client.write(yes)
    client.pipe(target).pipe(client)
  })
  target.on('error', () => client.destroy())
}

/** The target of a request of version 4: an address, or a name behind an address 0.0.0.x (4a). */
function targetOf4(request: Buffer): string {
  const address = [...request.subarray(4, 8)]
  const texts = request.subarray(8).toString('latin1').split('\0')
  const isName = address.slice(0, 3).every((part) => part === 0)
  return `${isName ? (texts[1] ?? '') : address.join('.')}:${request.readUInt16BE(2)}`
}

function targetOf5(request: Buffer): string {
  const isName = request[3] === 3
  const host = isName ? request.subarray(5, 5 + (request[4] ?? 0)).toString('latin1') : request.subarray(4, 8).join('.')
  return `${host}:${request.readUInt16BE(request.length - 2)}`
}
