import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createRefreshes, type Refreshes } from '../../../../../src/core/follow/refresh/refreshes'
import { startScheduler } from '../../../../../src/core/follow/scheduler'
import { createSource } from '../../../../../src/core/follow/create-source'
import { extractBulletin } from '../../../../../src/core/extract/extract'
import type { FetchAddress } from '../../../../../src/core/fetch/fetch-result'
import { politeLimits, type Waiting } from '../../../../../src/core/fetch/politeness/polite-limits'
import { createPoliteness } from '../../../../../src/core/fetch/politeness/politeness'
import { createJobs, type Jobs } from '../../../../../src/core/jobs'
import type { Library } from '../../../../../src/core/library/library'
import { createParsing } from '../../../../../src/core/parsing/create-parsing'
import type { Output } from '../../../../../src/shared/contract/api'
import { AppError } from '../../../../../src/shared/errors'
import type { Refresh } from '../../../../../src/shared/refresh'
import type { Source } from '../../../../../src/shared/source'
import { startPortal as startFamily } from '../../../../portal/portal'
import { openFollower } from '../../../support/sources'
import { testFetcher } from '../../../support/network'
import { openTestLibrary, temporaryFolder } from '../../../support/library'
import { type Portal, startPortal } from '../../../support/portal'

const pageCount = 8

/** Starts a portal with one feed and the pages that the feed lists. */
async function startFeed(): Promise<{ portal: Portal; source: Source }> {
  const numbers = Array.from({ length: pageCount }, (_, at) => at)
  const items = (origin: string): string =>
    numbers.map((at) => `<item><link>${origin}/tin/${at}</link><title>Tin ${at}</title></item>`).join('')
  const portal = await startPortal({
    '/rss': {
      type: 'application/rss+xml',
      body: (origin) => `<rss version="2.0"><channel><title>Cổng</title>${items(origin)}</channel></rss>`,
    },
    ...Object.fromEntries(
      numbers.map((at) => [
        `/tin/${at}`,
        { body: `<html><body><h1>Tin số ${at}</h1><p>Họp tại trụ sở, lần thứ ${at}.</p></body></html>` },
      ]),
    ),
  })
  onTestFinished(portal.stop)
  const url = `${portal.origin}/rss`
  const given = { url, name: 'Cổng', kind: 'feed' as const, channels: [{ url, kind: 'feed' as const }] }
  return { portal, source: createSource({ ...given, everyMinutes: null }, { now: new Date(), isTyped: true }) }
}

interface World {
  library: Library
  refreshes: Refreshes
  jobs: Jobs
  /** The states of the refresh in the order in which they occurred. Two states in a row are never the same. */
  states: Refresh['state'][]
  run(source: Source): Promise<Refresh>
}

/** Creates refreshes of a real library. The test controls the network and the waiting times. */
async function openWorld(
  fetchAddress: FetchAddress,
  waitForNetwork: () => Promise<boolean>,
  waiting?: Waiting,
): Promise<World> {
  const library = await openTestLibrary(await temporaryFolder())
  const jobs = createJobs(() => undefined)
  const states: Refresh['state'][] = []
  const refreshes = createRefreshes({
    library,
    jobs,
    politeness: createPoliteness(fetchAddress, { ...politeLimits, delayMs: 0 }, waiting),
    extract: (page) => Promise.resolve(extractBulletin(page)),
    runTask: createParsing(null).run,
    discoverChannels: (source) => Promise.resolve(source.channels),
    clock: () => new Date(),
    waitForNetwork,
    onStored: () => undefined,
    batch: (work) => library.batch(work),
    onChange: () => undefined,
  })
  return {
    library,
    refreshes,
    jobs,
    states,
    async run(source) {
      await library.sourceStore.putSource(source)
      const request = { reason: 'reader', since: null, max: null, month: null } as const
      const { jobId, refreshId } = await refreshes.start([source], request)
      for (;;) {
        const { state } = jobs.get(jobId)
        const now = await refreshes.get(refreshId)
        if (states.at(-1) !== now.state) states.push(now.state)
        if (state !== 'running') return now
        await sleep(2)
      }
    },
  }
}

describe('a refresh of a source with network problems', () => {
  it('a refresh waits until the network is available again, and then fetches each page once', async () => {
    const { portal, source } = await startFeed()
    const real = testFetcher()
    let isOffline = false
    let offlineCount = 0
    const returned = Promise.withResolvers<undefined>()
    const world = await openWorld(
      (address, options) => {
        if (address.endsWith('/tin/3')) isOffline ||= offlineCount === 0
        if (!isOffline) return real(address, options)
        offlineCount += 1
        return Promise.reject(new AppError('offline', 'fetch: no network'))
      },
      async () => {
        await returned.promise
        isOffline = false
        return true
      },
    )
    const running = world.run(source)
    await vi.waitFor(() => expect(world.states).toContain('offline'), { timeout: 20_000 })
    returned.resolve(undefined)
    const refresh = await running
    expect(refresh).toMatchObject({
      state: 'done',
      total: { found: pageCount, wanted: pageCount, done: pageCount, added: pageCount, failed: 0 },
    })
    expect(world.states).toContain('running')
    expect(offlineCount).toBeGreaterThan(0)
    expect((await world.library.list({}, 0, 1)).total).toBe(pageCount)
    const pages = portal.requests.filter((path) => path.startsWith('/tin/'))
    expect(pages.toSorted()).toEqual([...new Set(pages)].toSorted())
  })

  it('a refresh waits as long as a host asks with the status 429, and loses no page', async () => {
    const { portal, source } = await startFeed()
    const real = testFetcher()
    let now = 0
    const slept: number[] = []
    const waiting: Waiting = {
      nowMs: () => now,
      sleep: (ms) => {
        slept.push(ms)
        now += ms
        return Promise.resolve()
      },
    }
    let busyAnswersLeft = 2
    const world = await openWorld(
      (address, options) => {
        if (!address.endsWith('/tin/3') || busyAnswersLeft === 0) return real(address, options)
        busyAnswersLeft -= 1
        // The host requests a pause that is longer than the maximum pause of the fetcher.
        const details = { status: 429, retryAfterSeconds: 90 }
        return Promise.reject(new AppError('server-busy', 'fetch: 429', details))
      },
      () => Promise.resolve(true),
      waiting,
    )
    expect(await world.run(source)).toMatchObject({
      state: 'done',
      total: { done: pageCount, added: pageCount, failed: 0 },
    })
    expect(busyAnswersLeft).toBe(0)
    expect(slept.filter((ms) => ms > 60_000).length).toBeGreaterThanOrEqual(2)
    expect(portal.requests.filter((path) => path === '/tin/3')).toHaveLength(1)
  })

  it('a refresh lists a page as failed if its host stays busy, and stores the other pages', async () => {
    const { source } = await startFeed()
    const real = testFetcher()
    const world = await openWorld(
      (address, options) =>
        address.endsWith('/tin/3')
          ? Promise.reject(new AppError('server-busy', 'fetch: 429', { status: 429, retryAfterSeconds: 1 }))
          : real(address, options),
      () => Promise.resolve(true),
      { nowMs: () => performance.now(), sleep: () => sleep(1) },
    )
    const refresh = await world.run(source)
    expect(refresh).toMatchObject({ state: 'done', total: { added: pageCount - 1, failed: 1 } })
    expect(refresh.sources[0]?.failures).toMatchObject([{ code: 'server-busy' }])
  })
})

describe('scheduled refreshes', () => {
  it('the scheduler leaves out the sources of a refresh that the user has paused, and no other sources', async () => {
    const portal = await startFamily({ family: 'nukeviet', count: 20, delayMs: 10 })
    onTestFinished(() => portal.stop())
    const root = await temporaryFolder()
    const first = await openFollower({ root, followsSchedules: true })
    const { id } = await first.follow(portal.origin)
    await first.call('changeSource', { id, everyMinutes: 5 })
    await first.close()

    const second = await openFollower({ root, followsSchedules: true })
    const newest = async (): Promise<Refresh | undefined> =>
      (await second.call<Output<'listRefreshes'>>('listRefreshes', { limit: 5 })).refreshes[0]
    await vi.waitFor(async () => expect((await newest())?.total.done).toBeGreaterThan(2), { timeout: 20_000 })
    const refreshId = (await newest())?.id ?? ''
    await second.call('pauseRefresh', { refreshId })
    await second.close()

    // Waits until the requests that the closed program had already sent have been answered.
    await sleep(300)
    const requestCount = portal.requests.length
    // A second due source is added. Its refresh shows that the scheduler has checked the sources.
    const third = await openFollower({ root })
    const other = { url: `${portal.origin}/khong-co`, kind: 'listing', everyMinutes: 5 }
    await third.call('addSource', { ...other, channels: [{ url: other.url, kind: 'listing' }] })
    await third.close()
    const fourth = await openFollower({ root, followsSchedules: true })
    const all = async (): Promise<Refresh[]> =>
      (await fourth.call<Output<'listRefreshes'>>('listRefreshes', { limit: 5 })).refreshes
    // The order of two refreshes that start in the same second is not tested here.
    const states = async (): Promise<unknown[][]> =>
      (await all()).map(({ state, sources }) => [state, sources.length]).sort()
    await vi.waitFor(async () => expect((await states())[0]?.[0]).toBe('failed'), { timeout: 20_000 })
    expect(await states()).toEqual([
      ['failed', 1],
      ['paused', 1],
    ])
    expect(portal.requests.slice(requestCount).filter(({ path }) => path.includes('bai-viet'))).toEqual([])
    expect(await fourth.job<Refresh>('resumeRefresh', { refreshId })).toMatchObject({ state: 'done' })
  })

  it('the scheduler starts a single refresh after the machine slept through several times for a refresh', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    let now = new Date('2026-11-24T00:00:00Z')
    const created = createSource(
      { url: 'https://a.gov.vn/', name: null, kind: 'portal', channels: [], everyMinutes: 60 },
      { now, isTyped: true },
    )
    let source: Source = { ...created, health: { ...created.health, lastTriedAt: now.toISOString() } }
    const started: string[] = []
    const scheduler = startScheduler({
      listSources: () => Promise.resolve([source]),
      isUnderWay: () => false,
      start() {
        started.push(now.toISOString())
        source = { ...source, health: { ...source.health, lastTriedAt: now.toISOString() } }
        return Promise.resolve()
      },
      clock: () => now,
      onFailure: (thrown) => {
        throw thrown
      },
    })
    onTestFinished(() => scheduler.stop())
    // While a machine sleeps, its timers stop and its clock goes on.
    now = new Date('2026-11-27T08:00:00Z')
    expect(started).toEqual([])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(started).toEqual(['2026-11-27T08:00:00.000Z'])
    await vi.advanceTimersByTimeAsync(600_000)
    expect(started).toHaveLength(1)
    now = new Date('2026-11-27T09:10:00Z')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(started).toEqual(['2026-11-27T08:00:00.000Z', '2026-11-27T09:10:00.000Z'])
  })
})
