import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { detectContent } from '../../../src/core/follow/discover/detect-content'
import { readListing } from '../../../src/core/feeds/listing/listing'
import type { FetchResult } from '../../../src/core/fetch/fetch-result'
import { fetchLimits } from '../../../src/core/fetch/fetch-limits'
import { typedHost } from '../../../src/core/fetch/ssrf-guard'
import { type ErrorShape, toErrorShape } from '../../../src/shared/errors'
import { behaviours } from '../../portal/behaviours'
import { sections } from '../../portal/bulletins'
import { type FamilyName, familyNames } from '../../portal/families'
import { startHostileServer } from '../../portal/hostile'
import { startPortal } from '../../portal/portal'
import { shared, sharedIsAbsent } from '../support/shared-data'
import { smallLimits, testFetcher } from '../support/network'

const { signal } = new AbortController()

async function get(address: string, validators?: FetchResult['validators']): Promise<FetchResult | ErrorShape> {
  const options = { signal, typed: typedHost(new URL(address)), ...(validators === undefined ? {} : { validators }) }
  return testFetcher({ limits: { ...fetchLimits, maxAttempts: 1 } })(address, options).catch(toErrorShape)
}

async function entriesAt(address: string): Promise<{ urls: (string | null)[]; next: string | null }> {
  const fetched = await get(address)
  if ('code' in fetched) throw new Error(fetched.message)
  const { entries, next } = readListing(new TextDecoder().decode(fetched.bytes), fetched.address)
  return { urls: entries.map(({ url }) => url), next }
}

describe('startPortal', () => {
  it.each<[FamilyName]>(familyNames.map((family) => [family]))(
    'the test portal lists each bulletin of the family %s once, page by page',
    async (family) => {
      const portal = await startPortal({ family, count: 100 })
      onTestFinished(() => portal.stop())
      const found: (string | null)[] = []
      for (const section of sections) {
        let address: string | null = portal.origin + portal.family.listingPath(section, 1)
        for (let pages = 0; address !== null && pages < 20; pages += 1) {
          const { urls, next } = await entriesAt(address)
          found.push(...urls)
          address = next
        }
      }
      expect(found).toHaveLength(100)
      expect(new Set(found)).toEqual(
        new Set(portal.bulletins.map(({ number }) => portal.origin + portal.articlePath(number))),
      )
    },
  )

  it('the test portal answers 304 until a bulletin changes and 404 after its removal, and can redirect or answer 429', async () => {
    const portal = await startPortal({ family: 'nukeviet', count: 10 })
    onTestFinished(() => portal.stop())
    const address = portal.origin + portal.articlePath(4)
    const first = await get(address)
    if ('code' in first) throw new Error(first.message)
    expect(await get(address, first.validators)).toMatchObject({ status: 304 })
    portal.change(4)
    expect(await get(address, first.validators)).toMatchObject({ status: 200 })
    portal.remove(4)
    expect(await get(address, first.validators)).toMatchObject({ code: 'page-not-found' })
    portal.redirect(5, 'http://127.0.0.1:9/')
    expect(await get(portal.origin + portal.articlePath(5))).toMatchObject({ code: 'private-address' })
    portal.beBusy(1, '90')
    expect(await get(address)).toMatchObject({ code: 'server-busy', details: { retryAfterSeconds: 90 } })
    expect(portal.requests.map(({ status }) => status)).toEqual([200, 304, 200, 404, 302, 429])
  })
})

describe('startHostileServer', () => {
  const list = shared('data/security/hostile-server.json')
  it.skipIf(!existsSync(list))(
    `the hostile server has every behaviour of the shared data (skipped if ${sharedIsAbsent})`,
    () => {
      expect(behaviours).toHaveLength((JSON.parse(readFileSync(list, 'utf8')) as unknown[]).length)
    },
  )

  it('every request to the hostile server ends with a page or with a known error', async () => {
    const hostile = await startHostileServer()
    onTestFinished(() => hostile.stop())
    const fetchAddress = testFetcher({
      limits: { ...smallLimits, headersTimeoutMs: 2_000, totalTimeoutMs: 4_000, maxAttempts: 2 },
    })
    const outcomes = await Promise.all(
      behaviours.map(async ({ name }): Promise<[string, string]> => {
        const address = hostile.addressOf(name)
        try {
          const content = await detectContent(
            await fetchAddress(address, { signal, typed: typedHost(new URL(address)) }),
          )
          return [name, content.kind]
        } catch (thrown) {
          return [name, toErrorShape(thrown).code]
        }
      }),
    )
    const unknown = outcomes.filter(([, outcome]) => outcome === 'internal')
    expect(unknown).toEqual([])
    const of: Record<string, string> = Object.fromEntries(outcomes)
    expect(of).toMatchObject({
      'never-answers': 'timed-out',
      'redirects-to-link-local': 'private-address',
      'untrusted-certificate': 'bad-certificate',
      'always-too-many': 'server-busy',
      'gzip-bomb': 'answer-too-large',
    })
    // Control: the fetcher can read a page from a server that misbehaves in only some of its answers.
    expect(of).toMatchObject({ 'busy-once': 'page', 'never-the-same': 'page' })
  })
})
