// Tests of the web host for guests, the clients of `serve --read-only` (docs/security.md#guests): its routes, its event
// streams, and the owners of its jobs.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createBackupDownloads } from '../../../../src/cli/serve/backup-downloads'
import { isLocalSocket, type WebClient } from '../../../../src/cli/serve/client'
import { createEventStreams } from '../../../../src/cli/serve/event-stream'
import { createJobOwners } from '../../../../src/cli/serve/job-owners'
import { createRoutes, webRoutes } from '../../../../src/cli/serve/routes'
import { startServer } from '../../../../src/cli/serve/server'
import { createApp } from '../../../../src/core/app'
import type { App } from '../../../../src/core/app-interface'
import type { AppEvent, CallResult, Job, NumberedEvent } from '../../../../src/shared/contract/api'
import { testPorts } from '../../support/app'
import { temporaryFolder } from '../../support/library'

interface Host {
  origin: string
  headers: Record<string, string>
  call(method: string, input: unknown): Promise<{ status: number; answer: CallResult<unknown> }>
}

/** Starts a web host on a new library, for guests or for the user. */
async function startHost(isForGuests: boolean): Promise<Host> {
  const root = await temporaryFolder()
  await mkdir(join(root, 'interface'))
  await writeFile(join(root, 'interface', 'index.html'), '<!doctype html><title>Bản Tin</title>')
  const ports = testPorts(join(root, 'library'))
  const paths = { ...ports.paths, interface: join(root, 'interface') }
  await (await createApp({ ...ports, paths }, { access: 'write', offerSample: true, workers: null })).close()
  const access = isForGuests ? 'read' : 'write'
  const app = await createApp({ ...ports, paths }, { access, isForGuests, offerSample: false, workers: null })
  const backups = createBackupDownloads()
  const server = await startServer(app, { host: '127.0.0.1', port: 0, backups, isForGuests })
  onTestFinished(async () => {
    await server.close()
    await app.close()
    await backups.clear()
  })
  const entered = await fetch(server.address, { redirect: 'manual' })
  const { origin } = new URL(server.address)
  const cookie = entered.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const headers = { cookie, origin, 'content-type': 'application/json' }
  return {
    origin,
    headers,
    async call(method, input) {
      const body = JSON.stringify({ method, input })
      const reply = await fetch(`${origin}/api/call`, { method: 'POST', headers, body })
      return { status: reply.status, answer: (await reply.json()) as CallResult<unknown> }
    },
  }
}

/** Sends a request to a route of {@link webRoutes}. */
const requestFor = (route: string, { origin, headers }: Host): Promise<Response> => {
  const [method = '', path = ''] = route.split(' ')
  const address = `${origin}${path.replace(':name', 'a'.repeat(32)).replace('*', '/')}`
  return fetch(address.replace(/(?<!:)\/\//, '/'), { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) })
}

describe('the routes of the web host', () => {
  it('the web host answers exactly the routes of the table', () => {
    const guardOf = () => ({ hosts: new Set<string>(), token: '', cookieName: '' })
    const parts = {
      ...{ guardOf, stopping: new AbortController().signal, backups: createBackupDownloads() },
      codes: { take: () => false },
    }
    const routes = createRoutes({ on: () => () => undefined } as unknown as App, { ...parts, isForGuests: true }).routes
    const answered = routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
    expect(answered.map((route) => route.replace('GET /*', 'GET *')).sort()).toEqual(Object.keys(webRoutes).sort())
  })

  it.each(Object.entries(webRoutes).filter(([, { guests }]) => !guests))(
    'the web host refuses the route %s for guests',
    async (route) => {
      const reply = await requestFor(route, await startHost(true))
      expect(reply.status).toBe(403)
      expect(await reply.json()).toEqual({ ok: false, error: { code: 'forbidden', message: 'forbidden', details: {} } })
      const own = await requestFor(route, await startHost(false)) // control
      expect(own.status).not.toBe(403)
    },
  )
})

describe('a call of a guest over HTTP', () => {
  it('a call of a guest is refused if the method is not for guests, and is answered if the method is for guests', async () => {
    const host = await startHost(true)
    expect((await host.call('getStorage', {})).answer).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect((await host.call('startImportPaths', { paths: ['/etc'] })).answer).toMatchObject({
      error: { code: 'unknown-method' },
    })
    expect((await host.call('countBulletins', {})).answer).toMatchObject({ ok: true, value: { all: 1 } })
    expect((await host.call('getHost', {})).answer).toMatchObject({ value: { isForGuests: true, libraryPath: '' } })
    const own = await startHost(false) // control
    expect((await own.call('getStorage', {})).answer).toMatchObject({ ok: true })
    expect((await own.call('getHost', {})).answer).toMatchObject({ value: { isForGuests: false } })
  })
})

const clientOf = (given: Partial<WebClient>): WebClient => ({
  ...{ address: '192.168.1.7', isLocal: false, session: 'one', page: '' },
  ...given,
})
const job = (id: string, state: Job['state'] = 'running'): Job => ({
  ...{ kind: 'print', id, state, done: 0, total: 1, current: 'Tin của khách', error: null, result: null },
})

/** Creates a program whose events the test sends. */
function createEvents(): Pick<App, 'on' | 'call'> & { send(event: AppEvent): void; jobs: Map<string, Job> } {
  const listeners = new Set<(event: NumberedEvent) => void>()
  const jobs = new Map<string, Job>()
  let number = 0
  return {
    jobs,
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    call: (_method, input) => Promise.resolve({ ok: true, value: jobs.get((input as { jobId: string }).jobId) }),
    send(event) {
      number += 1
      for (const listener of listeners) listener({ number, event })
    },
  }
}

describe('the event streams', () => {
  const open = (app: ReturnType<typeof createEvents>, jobOwners: ReturnType<typeof createJobOwners> | null) =>
    createEventStreams({
      app: app as unknown as App,
      ...{ jobOwners, stopping: new AbortController().signal, headers: {} },
    })
  const signal = new AbortController().signal

  it('the host refuses the seventeenth stream of a machine, and still opens streams for another machine and for this machine', () => {
    const streams = open(createEvents(), null)
    const opened = Array.from({ length: 20 }, () => streams.open(clientOf({}), signal))
    expect(opened.map((stream) => stream !== null)).toEqual(Array.from({ length: 20 }, (_, at) => at < 16))
    expect(streams.open(clientOf({ address: '192.168.1.8' }), signal)).not.toBeNull()
    for (let at = 0; at < 40; at++)
      expect(streams.open(clientOf({ address: '127.0.0.1', isLocal: true }), signal)).not.toBeNull()
  })

  it('the host refuses further streams if all other machines together have 120, and never refuses this machine', () => {
    const streams = open(createEvents(), null)
    const opened = Array.from({ length: 130 }, (_, at) => streams.open(clientOf({ address: `10.0.0.${at}` }), signal))
    expect(opened.filter((stream) => stream !== null)).toHaveLength(120)
    expect(streams.open(clientOf({ address: '127.0.0.1', isLocal: true }), signal)).not.toBeNull()
  })

  it('when a stream has ended, a new stream can be opened in its place', () => {
    const streams = open(createEvents(), null)
    const first = new AbortController()
    streams.open(clientOf({}), first.signal)
    for (let at = 1; at < 16; at++) streams.open(clientOf({}), signal)
    expect(streams.open(clientOf({}), signal)).toBeNull() // control
    first.abort()
    expect(streams.open(clientOf({}), signal)).not.toBeNull()
  })

  it('a guest receives the events of its own jobs, and no events about settings, sources, status or jobs of other clients', async () => {
    const app = createEvents()
    const owners = createJobOwners(app)
    const own = clientOf({})
    app.jobs.set('own', job('own'))
    await owners.start(own, () => Promise.resolve({ ok: true, value: { jobId: 'own' } }))
    const read = async (events: readonly AppEvent[], jobOwners: typeof owners | null): Promise<string> => {
      const left = new AbortController()
      const stream = open(app, jobOwners).open(own, left.signal)
      for (const event of events) app.send(event)
      left.abort()
      return (await stream?.text()) ?? ''
    }
    const events: AppEvent[] = [
      { type: 'job-changed', job: job('foreign') },
      { type: 'status-changed', ids: ['x'] },
      { type: 'sources-changed' },
      { type: 'job-changed', job: job('own') },
      { type: 'bulletins-changed', ids: ['y'] },
    ]
    const data = (text: string): NumberedEvent[] =>
      [...text.matchAll(/^data: (.*)$/gm)].map(([, line = '']) => JSON.parse(line) as NumberedEvent)
    expect(data(await read(events, owners)).map(({ number, event }) => [number, event.type])).toEqual([
      [1, 'job-changed'],
      [2, 'bulletins-changed'],
    ])
    expect(data(await read(events, null))).toHaveLength(events.length) // control
  })
})

describe('the owners of jobs', () => {
  const start = (owners: ReturnType<typeof createJobOwners>, client: WebClient, jobId: string) =>
    owners.start(client, () => Promise.resolve({ ok: true, value: { jobId } }))

  it("the host refuses a machine's fourth job with output-busy until one of the machine's jobs ends", async () => {
    const app = createEvents()
    const owners = createJobOwners(app)
    for (const id of ['a', 'b', 'c', 'd', 'e']) app.jobs.set(id, job(id))
    for (const id of ['a', 'b', 'c']) expect(await start(owners, clientOf({}), id)).toMatchObject({ ok: true })
    expect(await start(owners, clientOf({ session: 'two' }), 'd')).toMatchObject({ error: { code: 'output-busy' } })
    expect(await start(owners, clientOf({ address: '192.168.1.8' }), 'd')).toMatchObject({ ok: true })
    app.send({ type: 'job-changed', job: job('b', 'done') })
    expect(await start(owners, clientOf({}), 'e')).toMatchObject({ ok: true })
  })

  it("a job that ended before the host stored the job's owner does not count", async () => {
    const app = createEvents()
    const owners = createJobOwners(app)
    for (const id of ['a', 'b', 'c', 'd']) {
      app.jobs.set(id, job(id, 'failed'))
      expect(await start(owners, clientOf({}), id)).toMatchObject({ ok: true })
    }
  })

  it('the host distinguishes the browsers of one machine', async () => {
    const owners = createJobOwners(createEvents())
    await start(owners, clientOf({}), 'a')
    expect(owners.owns(clientOf({}), 'a')).toBe(true)
    expect(owners.owns(clientOf({ session: 'two' }), 'a')).toBe(false)
    expect(owners.owns(clientOf({ session: '' }), 'a')).toBe(false)
  })
})

describe('isLocalSocket', () => {
  it.each([
    { remoteAddress: '127.0.0.1', localAddress: '127.0.0.1', isLocal: true },
    { remoteAddress: '::ffff:127.0.0.1', localAddress: '::ffff:127.0.0.1', isLocal: true },
    { remoteAddress: '::1', localAddress: '::1', isLocal: true },
    { remoteAddress: '192.168.1.20', localAddress: '192.168.1.20', isLocal: true },
    { remoteAddress: '192.168.1.7', localAddress: '192.168.1.20', isLocal: false },
    { remoteAddress: '::ffff:192.168.1.7', localAddress: '::ffff:192.168.1.20', isLocal: false },
  ])('for $remoteAddress connected to $localAddress, isLocalSocket returns $isLocal', ({ isLocal, ...socket }) => {
    expect(isLocalSocket(socket)).toBe(isLocal)
  })

  it('isLocalSocket returns false for a socket that is already closed', () => {
    expect(isLocalSocket({})).toBe(false)
  })
})
