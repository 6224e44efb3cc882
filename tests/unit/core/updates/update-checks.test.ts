import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Ports } from '../../../../src/core/ports'
import {
  createUpdateChecks,
  type UpdateCheckParts,
  type UpdateChecks,
} from '../../../../src/core/updates/update-checks'
import type { ErrorCode, ErrorShape } from '../../../../src/shared/errors'
import { toErrorShape } from '../../../../src/shared/errors'
import { translate } from '../../../../src/shared/locales/translate'
import { testPorts } from '../../support/app'
import { shortLimits, startServer, testFetcher } from '../../support/network'
import { createPublisher, facts } from './signed-feed'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bantin-updates-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))
const publisher = createPublisher()
const day = 24 * 60 * 60 * 1000

interface Setup extends Partial<UpdateCheckParts> {
  now?: Date
  answer: RequestListener
}

/**
 * Returns the update checks of version 1.1.0 of the program, whose feed is on a server of this machine. `requests`
 * returns the number of requests.
 */
async function startChecks({ now = new Date('2026-11-24T03:15:00Z'), answer, ...given }: Setup): Promise<{
  checks: UpdateChecks
  requests: () => number
  later(ms: number): void
  ports: Ports
}> {
  let count = 0
  let clock = now.getTime()
  const { origin } = await startServer((request, response) => {
    count += 1
    answer(request, response)
  })
  const ports = testPorts(root, { clock: () => new Date(clock) })
  const checks = createUpdateChecks({
    ports,
    version: '1.1.0',
    source: { feed: `${origin}/update.json`, key: publisher.key },
    installer: null,
    fetch: () => testFetcher({ limits: { ...shortLimits, maxAttempts: 1 } }),
    isOn: () => Promise.resolve(true),
    ...given,
  })
  return { checks, requests: () => count, later: (ms) => (clock += ms), ports }
}

const serving =
  (body: string | (() => string)): RequestListener =>
  (_request, response) =>
    response.end(typeof body === 'string' ? body : body())

/** Returns the error of a check that the user starts. */
async function errorOf(checks: UpdateChecks): Promise<ErrorShape> {
  return checks.check({ onlyIfDue: false }).then((value) => {
    throw new Error(`the check gave ${JSON.stringify(value)}`)
  }, toErrorShape)
}

describe('a check for a new version', () => {
  it('a check finds a newer version and its download page', async () => {
    const { checks } = await startChecks({ answer: serving(publisher.publish(facts)) })
    expect(await checks.check({ onlyIfDue: false })).toEqual({
      state: 'available',
      checkedAt: '2026-11-24T03:15:00.000Z',
      version: '1.2.0',
      page: facts.page,
      canInstall: false,
    })
  })

  it.each(['1.1.0', '1.0.9', '0.9.30'])('a check never offers version %s, which is not newer', async (version) => {
    const { checks } = await startChecks({ answer: serving(publisher.publish({ ...facts, version })) })
    expect(await checks.check({ onlyIfDue: false })).toMatchObject({ state: 'current', version: null, page: null })
  })

  it('a check compares versions as numbers', async () => {
    const { checks } = await startChecks({
      answer: serving(publisher.publish({ ...facts, version: '1.10.0' })),
      version: '1.9.0',
    })
    expect(await checks.check({ onlyIfDue: false })).toMatchObject({ state: 'available', version: '1.10.0' })
  })

  it('a check sends no request if the build has no address for updates', async () => {
    const { checks, requests } = await startChecks({ answer: serving(publisher.publish(facts)), source: null })
    expect(await checks.check({ onlyIfDue: false })).toMatchObject({ state: 'no-source', version: null })
    expect(requests()).toBe(0)
  })

  it('a check refuses a signed feed that is older than the feed of the previous check', async () => {
    let body = publisher.publish({ ...facts, issuedAt: '2026-11-23T00:00:00Z', version: '1.3.0' })
    const { checks } = await startChecks({ answer: serving(() => body) })
    await checks.check({ onlyIfDue: false })
    body = publisher.publish({ ...facts, issuedAt: '2026-11-22T00:00:00Z', version: '1.2.0' })
    expect(await errorOf(checks)).toMatchObject({ code: 'update-replayed' })
    expect(await checks.check({ onlyIfDue: true })).toMatchObject({ state: 'available', version: '1.3.0' })
  })

  it('a check returns its result even if the result cannot be stored', async () => {
    const config = join(root, 'a-file')
    await writeFile(config, '')
    const ports = testPorts(root)
    const { checks } = await startChecks({
      answer: serving(publisher.publish(facts)),
      ports: { ...ports, paths: { ...ports.paths, config } },
    })
    expect(await checks.check({ onlyIfDue: false })).toMatchObject({ state: 'available' })
  })
})

const tamper = (text: string): string => text.replace('1.2.0', '9.2.0')
const refused: readonly [string, RequestListener, ErrorCode, RegExp][] = [
  ['is HTML', serving('<!doctype html><title>Đăng nhập</title>'), 'update-damaged', /^Nơi đăng bản cập nhật/],
  ['is JSON of another kind', serving('{"version":"9.9.9"}'), 'update-damaged', /^Nơi đăng bản cập nhật/],
  ['was tampered with', serving(tamper(publisher.publish(facts))), 'update-not-trusted', /^Chữ ký/],
  ['has the signature of a stranger', serving(createPublisher().publish(facts)), 'update-not-trusted', /^Chữ ký/],
  ['has no signature', serving(JSON.stringify({ signed: '{}', signature: '' })), 'update-not-trusted', /^Chữ ký/],
  [
    'has expired',
    serving(publisher.publish({ ...facts, expiresAt: '2026-11-24T03:14:00Z' })),
    'update-expired',
    /ngày giờ của máy/,
  ],
  [
    'comes from the future',
    serving(publisher.publish({ ...facts, issuedAt: '2026-12-24T00:00:00Z' })),
    'update-expired',
    /ngày giờ của máy/,
  ],
  [
    'names a page without https',
    serving(publisher.publish({ ...facts, page: 'http://a.example/' })),
    'update-damaged',
    /./,
  ],
  ['names no version', serving(publisher.publish({ ...facts, version: 'mới' })), 'update-damaged', /./],
  ['is too large', serving('x'.repeat(100_000)), 'update-damaged', /^Nơi đăng bản cập nhật/],
  ['does not come', () => undefined, 'timed-out', /quá chậm/],
  ['is not there', (_request, response) => response.writeHead(404).end(), 'update-damaged', /^Nơi đăng bản cập nhật/],
]

describe('a refused feed', () => {
  it.each(refused)(
    'a feed that %s leads to an error with one sentence, and no version is offered',
    async (_name, answer, code, sentence) => {
      const { checks } = await startChecks({ answer })
      const error = await errorOf(checks)
      expect(error.code).toBe(code)
      const shown = translate('vi', `error.${error.code}`, error.details)
      expect(shown).toMatch(sentence)
      expect(shown).not.toMatch(/[{}]/)
      expect(await checks.check({ onlyIfDue: true })).toMatchObject({ state: 'never', version: null, page: null })
    },
  )

  it('a feed that cannot be reached without a network leads to the sentence about the missing network', async () => {
    const fetch: UpdateCheckParts['fetch'] = () =>
      testFetcher({
        isOnline: () => false,
        lookup: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
      })
    const source = { feed: 'https://cap-nhat.example/update.json', key: publisher.key }
    const { checks } = await startChecks({ answer: serving(''), fetch, source })
    const error = await errorOf(checks)
    expect(translate('vi', `error.${error.code}`, error.details)).toMatch(/^Máy chưa nối mạng/)
  })
})

describe('an automatic check', () => {
  it('an automatic check asks the server once a week, also after a restart', async () => {
    const { checks, requests, later, ports } = await startChecks({ answer: serving(publisher.publish(facts)) })
    expect(await checks.check({ onlyIfDue: true })).toMatchObject({ version: '1.2.0' })
    later(6 * day)
    expect(await checks.check({ onlyIfDue: true })).toMatchObject({ version: '1.2.0' })
    expect(requests()).toBe(1)
    later(2 * day)
    await checks.check({ onlyIfDue: true })
    expect(requests()).toBe(2)
    const stored: unknown = JSON.parse(await readFile(join(ports.paths.config, 'updates.json'), 'utf8'))
    expect(stored).toMatchObject({ version: '1.2.0', checkedAt: '2026-12-02T03:15:00.000Z' })
    await rm(join(ports.paths.config, 'updates.json'))
    await checks.check({ onlyIfDue: true })
    expect(requests()).toBe(3)
  })

  it('an automatic check sends no request if the user has switched it off, and a check by hand still sends one', async () => {
    const { checks, requests } = await startChecks({
      answer: serving(publisher.publish(facts)),
      isOn: () => Promise.resolve(false),
    })
    expect(await checks.check({ onlyIfDue: true })).toMatchObject({ state: 'never' })
    expect(requests()).toBe(0)
    expect(await checks.check({ onlyIfDue: false })).toMatchObject({ state: 'available' })
    expect(requests()).toBe(1)
  })

  it('an automatic check is repeated one day after a failed check', async () => {
    const { checks, requests, later } = await startChecks({ answer: serving('<html>') })
    await checks.check({ onlyIfDue: true }).catch(() => undefined)
    later(day - 1)
    expect(await checks.check({ onlyIfDue: true })).toMatchObject({ state: 'never' })
    expect(requests()).toBe(1)
    later(1)
    await checks.check({ onlyIfDue: true }).catch(() => undefined)
    expect(requests()).toBe(2)
  })

  it('an automatic check sends one request if two windows start the check at the same time', async () => {
    const { checks, requests } = await startChecks({ answer: serving(publisher.publish(facts)) })
    await Promise.all([checks.check({ onlyIfDue: true }), checks.check({ onlyIfDue: true })])
    expect(requests()).toBe(1)
  })
})

describe('an installation', () => {
  it('an installation passes only the signed facts to the installer', async () => {
    const passed: unknown[] = []
    const installer = { install: (update: unknown) => Promise.resolve(void passed.push(update)) }
    const { checks } = await startChecks({ answer: serving(publisher.publish(facts)), installer })
    expect(await checks.check({ onlyIfDue: false })).toMatchObject({ canInstall: true })
    await checks.install()
    expect(passed).toEqual([facts])
  })

  it('an installation does not start for a version that is not newer', async () => {
    const installer = { install: () => Promise.reject(new Error('must not run')) }
    const { checks } = await startChecks({
      answer: serving(publisher.publish({ ...facts, version: '1.0.0' })),
      installer,
    })
    expect(await checks.install().catch(toErrorShape)).toMatchObject({ code: 'update-not-found' })
  })
})
