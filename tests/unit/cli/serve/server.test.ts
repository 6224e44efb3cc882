// P7 of the promises: who may ask the web host, and what nobody gets from it.
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
/** What the reader's own browser sends. */
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
  const shelf = createBackupDownloads()
  const server = await startServer(app, { host: '127.0.0.1', port: 0, shelf })
  onTestFinished(async () => {
    await server.close()
    await app.close()
    await shelf.clear()
  })
  const address = new URL(server.address)
  port = Number(address.port)
  token = address.searchParams.get('token') ?? ''
  own = { host: address.host, cookie: `bantin-${port}=${token}` }
})

/** Asks as no browser would: the path and the headers as they are. */
function ask(method: string, path: string, headers: Record<string, string>, body = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers, setHost: false, agent: false }, (reply) => {
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: Buffer.concat(parts).toString() }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const json = { 'content-type': 'application/json' }
const counting = JSON.stringify({ method: 'countBulletins', input: {} })
const call = (headers: Record<string, string>, body = counting): Promise<Reply> =>
  ask('POST', '/api/call', { ...own, origin: `http://${own['host'] ?? ''}`, ...json, ...headers }, body)

interface HostHeaders {
  accept: string[]
  reject: string[]
}

async function expectHosts({ accept, reject }: HostHeaders): Promise<void> {
  // What is no host name at all never reaches our own guard: 400.
  for (const [names, expected] of [[accept, [200]] as const, [reject, [400, 403]] as const])
    for (const host of names.map((name) => name.replaceAll('PORT', String(port)))) {
      expect(expected, `GET ${host}`).toContain((await ask('GET', '/', { ...own, host })).status)
      expect(expected, `POST ${host}`).toContain((await call({ host, origin: `http://${host}` })).status)
    }
}

const hosts = shared('data/security/host-headers.json')
const paths = shared('data/security/path-names.json')

describe('who asks', () => {
  it('is answered under the names of this machine alone, so that no other name can be bound to it', () =>
    expectHosts({
      accept: ['127.0.0.1:PORT', 'localhost:PORT', '[::1]:PORT'],
      reject: ['portal.example:PORT', '127.0.0.1', '127.0.0.1:PORT.example', 'localhost.portal.example:PORT', '0:PORT'],
    }))

  it.skipIf(!existsSync(hosts))(`the same for the shared list of names (skipped where ${sharedIsAbsent})`, () =>
    expectHosts(JSON.parse(readFileSync(hosts, 'utf8')) as HostHeaders),
  )

  it('from another site is refused, whatever he holds; the reader is not', async () => {
    expect((await call({})).status).toBe(200)
    const foreign = ['http://portal.example', 'null', `https://127.0.0.1:${port}`, `http://localhost:${port}`, '']
    for (const origin of foreign) expect((await call({ origin })).status, origin).toBe(403)
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await call({ 'sec-fetch-site': site })).status, site).toBe(403)
    // A form of an old browser names no origin.
    expect((await ask('POST', '/api/call', { ...own, ...json }, counting)).status).toBe(403)
    expect((await call({ 'content-type': 'text/plain' })).status).toBe(415)
  })

  it('needs the token, which leaves the address at once', async () => {
    const { host = '' } = own
    for (const cookie of ['', `bantin-${port}=`, `bantin-${port}=${token}x`, `bantin-1=${token}`]) {
      expect((await ask('GET', '/', { host, cookie })).status, cookie).toBe(401)
      expect((await call({ cookie })).status, cookie).toBe(401)
      expect((await ask('GET', '/api/events', { host, cookie })).status, cookie).toBe(401)
    }
    expect((await ask('GET', '/?token=x', { host })).status).toBe(401)
    const { status, headers } = await ask('GET', `/?token=${token}`, { host })
    expect([status, headers.location]).toEqual([303, '/'])
    expect(headers['set-cookie']).toEqual([`bantin-${port}=${token}; HttpOnly; SameSite=Strict; Path=/`])
    expect((await ask('GET', `/?token=${token}`, { host: 'portal.example' })).headers['set-cookie']).toBeUndefined()
  })
})

describe('what is asked', () => {
  it('malformed, unknown or too much: an error as data, and nothing is written', async () => {
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
      expect((await ask(method, '/', { ...own, origin: `http://${own['host'] ?? ''}` })).status, method).toBe(405)
    expect(await readdir(root, { recursive: true })).toEqual(before)
  })

  it('answers say that nothing else may load, run or look in, also where there is nothing', async () => {
    const asked = [
      ask('GET', '/', own),
      ask('GET', '/nope', own),
      ask('GET', '/', { host: own['host'] ?? '' }),
      ask('GET', '/', { ...own, host: 'portal.example' }),
      ask('GET', `/?token=${token}`, own),
      call({}),
    ]
    for (const { status, headers } of await Promise.all(asked)) {
      expect(headers['content-security-policy'], String(status)).toMatch(/^default-src 'none';.*frame-ancestors 'none'/)
      expect(headers['x-content-type-options'], String(status)).toBe('nosniff')
      expect(headers['cross-origin-resource-policy'], String(status)).toBe('same-origin')
      expect(headers['referrer-policy'], String(status)).toBe('no-referrer')
    }
  })

  it('a path out of what is served gives nothing', async () => {
    await writeFile(join(root, 'secret.txt'), 'bí mật')
    const ways = ['/../secret.txt', '/assets/../../secret.txt', '/assets/..%2f..%2fsecret.txt', '/%2e%2e/secret.txt']
    for (const path of [...ways, '/assets/..\\..\\secret.txt', '/%00', '/%', '//etc/passwd', '/assets/']) {
      const { status, text } = await ask('GET', path, own)
      expect([400, 404], path).toContain(status)
      expect(text.trim(), path).toMatch(/^(?:404)?$/)
    }
    // Control: what is served there is found.
    expect((await ask('GET', '/index.html', own)).status).toBe(200)
  })

  it.skipIf(!existsSync(paths))(`the same for the shared list of paths (skipped where ${sharedIsAbsent})`, async () => {
    const names = JSON.parse(readFileSync(paths, 'utf8')) as string[]
    for (const name of names)
      for (const folder of ['/', '/assets/', '/media/', '/prints/', '/backup/'])
        expect((await ask('GET', `${folder}${encodeURIComponent(name)}`, own)).status, folder + name).toBe(404)
  })
})
