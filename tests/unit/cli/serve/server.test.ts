// Tests of the requests that the web host answers and of those that it refuses (docs/security.md, P7).
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createBackupDownloads } from '../../../../src/cli/serve/backup-downloads'
import { startServer } from '../../../../src/cli/serve/server'
import { createApp } from '../../../../src/core/app'
import { testPorts } from '../../support/app'
import { temporaryFolder } from '../../support/library'
import { shared, sharedIsAbsent } from '../../support/shared-data'

interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

let root: string
let port: number
let token: string
let createLoginAddress: () => string
/** The headers that the user's own browser sends. */
let own: Record<string, string>

beforeEach(async () => {
  root = await temporaryFolder()
  const built = join(root, 'interface')
  await mkdir(built)
  await writeFile(join(built, 'index.html'), '<!doctype html><title>Bản Tin</title>')
  const ports = testPorts(join(root, 'library'))
  const app = await createApp(
    { ...ports, paths: { ...ports.paths, interface: built } },
    { access: 'write', offerSample: false, workers: null },
  )
  const backups = createBackupDownloads()
  const server = await startServer(app, { host: '127.0.0.1', port: 0, backups })
  onTestFinished(async () => {
    await server.close()
    await app.close()
    await backups.clear()
  })
  createLoginAddress = () => server.createLoginAddress()
  const address = new URL(server.address)
  port = Number(address.port)
  token = address.searchParams.get('token') ?? ''
  own = { host: address.host, cookie: `bantin-${port}=${token}` }
})

/** Sends a request with exactly this path and these headers. A browser would normalize both. */
function send(method: string, path: string, headers: Record<string, string>, body = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, setHost: false, agent: false }, (reply) => {
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: Buffer.concat(parts).toString() }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const json = { 'content-type': 'application/json' }
const countCall = JSON.stringify({ method: 'countBulletins', input: {} })
const call = (headers: Record<string, string>, body = countCall): Promise<Reply> =>
  send('POST', '/api/call', { ...own, origin: `http://${own['host'] ?? ''}`, ...json, ...headers }, body)

interface HostHeaders {
  accept: string[]
  reject: string[]
}

async function expectHosts({ accept, reject }: HostHeaders): Promise<void> {
  // Node answers an invalid Host header with 400 before the request reaches the guard.
  for (const [names, expected] of [[accept, [200]] as const, [reject, [400, 403]] as const])
    for (const host of names.map((name) => name.replaceAll('PORT', String(port)))) {
      expect(expected, `GET ${host}`).toContain((await send('GET', '/', { ...own, host })).status)
      expect(expected, `POST ${host}`).toContain((await call({ host, origin: `http://${host}` })).status)
    }
}

const hosts = shared('data/security/host-headers.json')
const paths = shared('data/security/path-names.json')

describe('the guard of the web host', () => {
  it('the web host accepts only requests to the host names of this machine, which stops DNS rebinding', () =>
    expectHosts({
      accept: ['127.0.0.1:PORT', 'localhost:PORT', '[::1]:PORT'],
      reject: ['portal.example:PORT', '127.0.0.1', '127.0.0.1:PORT.example', 'localhost.portal.example:PORT', '0:PORT'],
    }))

  it.skipIf(!existsSync(hosts))(
    `the web host accepts and rejects the hosts in the shared data as expected (skipped if ${sharedIsAbsent})`,
    () => expectHosts(JSON.parse(readFileSync(hosts, 'utf8')) as HostHeaders),
  )

  it('the web host refuses a request from another site, even if the request has the cookie', async () => {
    expect((await call({})).status).toBe(200)
    const foreign = ['http://portal.example', 'null', `https://127.0.0.1:${port}`, `http://localhost:${port}`, '']
    for (const origin of foreign) expect((await call({ origin })).status, origin).toBe(403)
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await call({ 'sec-fetch-site': site })).status, site).toBe(403)
    // A request without an Origin header is refused too, because an old browser sends a form without this header.
    expect((await send('POST', '/api/call', { ...own, ...json }, countCall)).status).toBe(403)
    expect((await call({ 'content-type': 'text/plain' })).status).toBe(415)
  })

  it('the web host requires the token, and removes the token from the address with a redirect', async () => {
    const { host = '' } = own
    for (const cookie of ['', `bantin-${port}=`, `bantin-${port}=${token}x`, `bantin-1=${token}`]) {
      expect((await send('GET', '/', { host, cookie })).status, cookie).toBe(401)
      expect((await call({ cookie })).status, cookie).toBe(401)
      expect((await send('GET', '/api/events', { host, cookie })).status, cookie).toBe(401)
    }
    expect((await send('GET', '/?token=x', { host })).status).toBe(401)
    const { status, headers } = await send('GET', `/?token=${token}`, { host })
    expect([status, headers.location]).toEqual([303, '/'])
    expect(headers['set-cookie']).toEqual([
      `bantin-${port}=${token}; HttpOnly; SameSite=Strict; Path=/`,
      expect.stringMatching(new RegExp(`^bantin-${port}-session=[\\w-]{22}; HttpOnly; SameSite=Strict; Path=/$`)),
    ])
    expect((await send('GET', `/?token=${token}`, { host: 'portal.example' })).headers['set-cookie']).toBeUndefined()
  })
})

describe('the answers of the web host', () => {
  it('a malformed, unknown or too large request is answered with an error and changes no file', async () => {
    const before = await readdir(root, { recursive: true })
    const bodies = [
      '',
      '{',
      '[]',
      'null',
      '{"method":"__proto__"}',
      '{"method":["countBulletins"]}',
      '['.repeat(100_000),
    ]
    const inputs = [null, { filter: {}, offset: -1, limit: 1 }, { filter: {}, offset: 0, limit: 1, more: '../x' }]
    for (const body of [
      ...bodies,
      ...inputs.map((input) => JSON.stringify({ method: 'getBulletin', input })),
      JSON.stringify({ method: 'getBulletin', input: { id: '../../etc/passwd' } }),
    ])
      expect(JSON.parse((await call({}, body)).text), body.slice(0, 60)).toMatchObject({ ok: false })
    expect((await call({}, `"${'x'.repeat(2_000_000)}"`)).status).toBe(413)
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await send(method, '/', { ...own, origin: `http://${own['host'] ?? ''}` })).status, method).toBe(405)
    expect(await readdir(root, { recursive: true })).toEqual(before)
  })

  it('every answer, even an error page, has headers that forbid loading, running and framing other content', async () => {
    const replies = [
      send('GET', '/', own),
      send('GET', '/nope', own),
      send('GET', '/', { host: own['host'] ?? '' }),
      send('GET', '/', { ...own, host: 'portal.example' }),
      send('GET', `/?token=${token}`, own),
      call({}),
    ]
    for (const { status, headers } of await Promise.all(replies)) {
      expect(headers['content-security-policy'], String(status)).toMatch(/^default-src 'none';.*frame-ancestors 'none'/)
      expect(headers['x-content-type-options'], String(status)).toBe('nosniff')
      expect(headers['cross-origin-resource-policy'], String(status)).toBe('same-origin')
      expect(headers['referrer-policy'], String(status)).toBe('no-referrer')
    }
  })

  it('no answer contains a file from outside the served folders', async () => {
    await writeFile(join(root, 'secret.txt'), 'bí mật')
    const traversals = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/%2e%2e/secret.txt',
    ]
    for (const path of [...traversals, '/assets/..\\..\\secret.txt', '/%00', '/%', '//etc/passwd', '/assets/']) {
      const { status, text } = await send('GET', path, own)
      expect([400, 404], path).toContain(status)
      expect(text.trim(), path).toMatch(/^(?:404)?$/)
    }
    // Control: a file of a served folder is found.
    expect((await send('GET', '/index.html', own)).status).toBe(200)
  })

  it.skipIf(!existsSync(paths))(
    `every hostile path of the shared data gets the status 404 (skipped if ${sharedIsAbsent})`,
    async () => {
      const names = JSON.parse(readFileSync(paths, 'utf8')) as string[]
      for (const name of names)
        for (const folder of ['/', '/assets/', '/media/', '/prints/', '/backup/'])
          expect((await send('GET', `${folder}${encodeURIComponent(name)}`, own)).status, folder + name).toBe(404)
    },
  )
})

describe('an address with a code', () => {
  const pathOf = (address: string): string => new URL(address).pathname + new URL(address).search

  it('a login address works once and in one browser, and the token is only in the cookie of its answer', async () => {
    const path = pathOf(createLoginAddress())
    const first = await send('GET', path, { host: own['host'] ?? '' })
    expect(first.status).toBe(200)
    expect(first.headers['set-cookie']?.[0]).toBe(`bantin-${port}=${token}; HttpOnly; SameSite=Strict; Path=/`)
    expect(first.text).toContain('url=/')
    expect(first.text + path).not.toContain(token)
    const second = await send('GET', path, { host: own['host'] ?? '' })
    expect([second.status, second.headers['set-cookie']]).toEqual([401, undefined])
  })

  it('a login address does not work with a foreign host or on another path', async () => {
    const path = pathOf(createLoginAddress())
    expect((await send('GET', path, { host: 'evil.example' })).status).toBe(403)
    expect((await send('GET', `/api/events${path.slice(1)}`, { host: own['host'] ?? '' })).status).toBe(401)
    expect((await send('GET', path, { host: own['host'] ?? '' })).status).toBe(200)
  })
})
