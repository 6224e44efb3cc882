import { createSocket } from 'node:dgram'
import { promises as dns } from 'node:dns'
import { once } from 'node:events'
import { expect, describe, it, onTestFinished } from 'vitest'
import { type Lookup, reachableAddresses, typedHost } from '../../../../src/core/fetch/ssrf-guard'
import { toErrorShape } from '../../../../src/shared/errors'
import { fetchTyped, startRawServer, startServer, testFetcher } from '../../support/network'

const types: Readonly<Record<number, 'A' | 'AAAA'>> = { 1: 'A', 28: 'AAAA' }

/**
 * Starts a name server (RFC 1035) on this machine and returns a lookup that asks it. Each query takes the next answer of
 * its type, and the last answer stays. No answer may be cached (TTL 0).
 */
async function startNameServer(answers: { A?: string[][]; AAAA?: string[][] }): Promise<Lookup> {
  const socket = createSocket('udp4')
  socket.on('message', (query, client) => {
    const type = types[query.readUInt16BE(query.indexOf(0, 12) + 1)]
    const left = type === undefined ? [] : (answers[type] ?? [])
    const now = (left.length > 1 ? left.shift() : left[0]) ?? []
    const question = query.subarray(12, query.indexOf(0, 12) + 5)
    const head = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, now.length, 0, 0, 0, 0])
    const records = now.map((address) => {
      const bytes = type === 'A' ? Buffer.from(address.split('.').map(Number)) : Buffer.from(address, 'hex')
      return Buffer.concat([
        Buffer.from([0xc0, 12, 0, type === 'A' ? 1 : 28, 0, 1, 0, 0, 0, 0, 0, bytes.length]),
        bytes,
      ])
    })
    socket.send(Buffer.concat([head, question, ...records]), client.port, client.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  const resolver = new dns.Resolver()

  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return async (host) => {
    const found = await Promise.all(
      [resolver.resolve4(host), resolver.resolve6(host)].map((each) => each.catch(() => [])),
    )
    return found.flat()
  }
}

const loopback = ['127.0.0.1']
const somePublic = ['93.184.215.14']

describe('a name server that leads to this machine', () => {
  it.each<[string, { A?: string[][]; AAAA?: string[][] }]>([
    ['a private address', { A: [loopback] }],
    ['a public and a private address', { A: [[...somePublic, ...loopback]] }],
    ['a public IPv4 and a private IPv6 address', { A: [somePublic], AAAA: [[`${'0'.repeat(31)}1`]] }],
    ['an IPv4 address in IPv6', { AAAA: [['00000000000000000000ffff7f000001']] }],
    ['the address of every interface', { A: [['0.0.0.0']] }],
    ['the address of a cloud service', { A: [['169.254.169.254']] }],
  ])('gets no request by a redirect to a name with %s', async (_name, answers) => {
    const lookup = await startNameServer(answers)
    const inner = await startRawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nsecret'))
    const { origin } = await startServer((_request, response) =>
      response.writeHead(302, { location: `http://doi.example:${inner.port}/` }).end(),
    )
    expect(await fetchTyped(testFetcher({ lookup }), origin)).toMatchObject({ code: 'private-address' })
    expect(inner.requestLines).toEqual([])
  })

  it('cannot change a name that the user typed from public to private', async () => {
    const lookup = await startNameServer({ A: [somePublic, loopback] })
    const url = new URL('http://doi.example/')
    const typed = typedHost(url)
    expect(await reachableAddresses(url, lookup, typed)).toEqual(somePublic)
    const again = await reachableAddresses(url, lookup, typed).catch(toErrorShape)
    expect(again).toMatchObject({ code: 'private-address' })
  })

  it('cannot change the address between the check and the connection', async () => {
    const lookup = await startNameServer({ A: [loopback, ['127.0.0.2']] })
    const { port } = await startServer((_request, response) => response.end('x'))
    const outcome = await fetchTyped(testFetcher({ lookup }), `http://doi.example:${port}/`)
    expect(outcome).toMatchObject({ status: 200, facts: { ip: '127.0.0.1' } })
  })

  it('control: a client that resolves the name again is led to this machine', async () => {
    const lookup = await startNameServer({ A: [somePublic, loopback] })
    expect(await lookup('doi.example')).toEqual(somePublic)
    expect(await lookup('doi.example')).toEqual(loopback)
  })
})
