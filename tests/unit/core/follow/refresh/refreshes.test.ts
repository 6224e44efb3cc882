import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { NumberedEvent, Output } from '../../../../../src/shared/contract/api'
import type { Refresh, RescueGrid } from '../../../../../src/shared/refresh'
import { behaviours } from '../../../../portal/behaviours'
import { startHostileServer } from '../../../../portal/hostile'
import { type Portal, startPortal } from '../../../../portal/portal'
import { type Follower, openFollower } from '../../../support/sources'
import { temporaryFolder } from '../../../support/library'

async function portalOf(count: number, delayMs = 0): Promise<Portal> {
  const portal = await startPortal({ family: 'nukeviet', count, delayMs })
  onTestFinished(() => portal.stop())
  return portal
}

const countBulletins = async ({ call }: Follower): Promise<number> =>
  (await call<Output<'listBulletins'>>('listBulletins', { filter: {}, offset: 0, limit: 1 })).total

/** Starts a refresh of all sources and waits until `done` pages are finished. */
async function startAndWait({ call }: Follower, done: number): Promise<{ refreshId: string }> {
  const started = await call<{ refreshId: string }>('startRefresh', { sources: null })
  for (;;) {
    const { total } = await call<Refresh>('getRefresh', { refreshId: started.refreshId })
    if (total.done >= done) return started
    await sleep(5)
  }
}

const repeatedPages = ({ requests }: Portal): string[] => {
  const paths = requests.map(({ path }) => path).filter((path) => path !== '/robots.txt' && path.includes('bai-viet'))
  return paths.filter((path, at) => paths.indexOf(path) < at)
}

describe('a refresh', () => {
  it('a refresh that the user pauses and resumes stores every bulletin', async () => {
    const portal = await portalOf(30, 10)
    const follower = await openFollower()
    await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 5)
    await follower.call('pauseRefresh', { refreshId })
    expect(await follower.call<Refresh>('getRefresh', { refreshId })).toMatchObject({ state: 'paused' })
    const before = await countBulletins(follower)
    expect(before).toBeLessThan(30)
    const ended = await follower.job<Refresh>('resumeRefresh', { refreshId })
    expect(ended).toMatchObject({ state: 'done', total: { done: 30, failed: 0 } })
    expect(await countBulletins(follower)).toBe(30)
    expect(new Set(repeatedPages(portal)).size).toBeLessThanOrEqual(2)
  })

  it("a running refresh prevents a change of its source's address, but not of its source's name", async () => {
    const [portal, other] = [await portalOf(30, 10), await portalOf(3)]
    const follower = await openFollower()
    const { id } = await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 5)
    await expect(follower.call('changeSource', { id, url: other.origin })).rejects.toThrow('refresh-under-way')
    expect(await follower.call('changeSource', { id, name: 'Cổng mới' })).toMatchObject({ name: 'Cổng mới' })
    await follower.call('pauseRefresh', { refreshId })
    expect(await follower.call('changeSource', { id, url: other.origin })).toMatchObject({ url: `${other.origin}/` })
  })

  it('a paused refresh obeys the first day that the user gives the source during the pause', async () => {
    const portal = await portalOf(30, 10)
    const follower = await openFollower()
    const { id } = await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 5)
    await expect(follower.call('changeSource', { id, since: '2024-01-01' })).rejects.toThrow('refresh-under-way')
    await follower.call('pauseRefresh', { refreshId })
    const before = await countBulletins(follower)
    const since = portal.bulletins[9]?.date ?? ''
    await follower.call('changeSource', { id, since })
    const ended = await follower.job<Refresh>('resumeRefresh', { refreshId })
    const expectedCount = portal.bulletins.filter(({ date }) => date >= since).length
    expect(await countBulletins(follower)).toBe(Math.max(before, expectedCount))
    // Control: without the change, the refresh would request all 30 pages.
    expect(ended).toMatchObject({ state: 'done', total: { wanted: Math.max(before, expectedCount) } })
    expect(Math.max(before, expectedCount)).toBeLessThan(30)
  })

  it('a program with schedules continues an interrupted refresh at its next start', async () => {
    const portal = await portalOf(30, 10)
    const root = await temporaryFolder()
    const first = await openFollower({ root })
    await first.follow(portal.origin)
    const { refreshId } = await startAndWait(first, 5)
    await first.close()
    const second = await openFollower({ root, followsSchedules: true })
    for (;;) {
      const { state } = await second.call<Refresh>('getRefresh', { refreshId })
      if (state === 'done') break
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    expect(await countBulletins(second)).toBe(30)
  })

  it('a paused refresh is resumed if the user starts a refresh of the same sources', async () => {
    const portal = await portalOf(30, 10)
    const follower = await openFollower()
    await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 5)
    await follower.call('pauseRefresh', { refreshId })
    const ended = await follower.refresh(null)
    expect(ended).toMatchObject({ id: refreshId, state: 'done' })
  })

  it('a refresh that the user cancels is listed as cancelled, and the stored bulletins stay', async () => {
    const portal = await portalOf(30, 10)
    const follower = await openFollower()
    await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 5)
    await follower.call('cancelRefresh', { refreshId })
    const { refreshes } = await follower.call<Output<'listRefreshes'>>('listRefreshes', { limit: 10 })
    expect(refreshes).toMatchObject([{ id: refreshId, state: 'cancelled', sources: [{ state: 'cancelled' }] }])
    expect(await countBulletins(follower)).toBeGreaterThanOrEqual(5)
    expect(await follower.app.call('resumeRefresh', { refreshId })).toMatchObject({
      ok: false,
      error: { code: 'refresh-not-found' },
    })
  })

  it('a refresh reports its counts and bytes while it runs, and reports its end', async () => {
    const portal = await portalOf(12)
    const follower = await openFollower()
    await follower.follow(portal.origin)
    const reported: Refresh[] = []
    const stop = follower.app.on(({ event }: NumberedEvent) => {
      if (event.type === 'refresh-changed') reported.push(event.refresh)
    })
    await follower.refresh(null)
    stop()
    expect(reported.at(-1)).toMatchObject({ state: 'done', total: { found: 12, wanted: 12, done: 12, added: 12 } })
    expect(reported.at(-1)?.total.bytes).toBeGreaterThan(10_000)
  })

  it('a running refresh prevents a second refresh of the same source', async () => {
    const portal = await portalOf(30, 10)
    const follower = await openFollower()
    const source = await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 1)
    expect(await follower.app.call('startRefresh', { sources: [source.id] })).toMatchObject({
      ok: false,
      error: { code: 'refresh-under-way' },
    })
    await follower.call('cancelRefresh', { refreshId })
  })

  it('a refresh stores the bulletins of a good source even if other sources are hostile servers', async () => {
    const portal = await portalOf(12)
    const hostile = await startHostileServer()
    onTestFinished(() => hostile.stop())
    const follower = await openFollower()
    const source = await follower.follow(portal.origin)
    // The test uses only the hostile behaviours that end quickly. bench/refresh.bench.mjs covers all of them.
    const quick = behaviours.filter(({ name }) =>
      /^(?:redirects-|no-|huge-|many-(?:cookies|alternates)|html-|picture-|gzip-(?:bomb|twice))/.test(name),
    )
    expect(quick.length).toBeGreaterThan(15)
    for (const { name } of quick)
      await follower.call('addSource', {
        url: hostile.addressOf(name),
        kind: 'listing',
        channels: [{ url: hostile.addressOf(name), kind: 'listing' }],
      })
    const { sources } = await follower.refresh(null, { max: 2 })
    expect(sources).toHaveLength(quick.length + 1)
    expect(sources.filter(({ state }) => state !== 'done' && state !== 'failed')).toEqual([])
    expect(sources.find(({ id }) => id === source.id)).toMatchObject({ state: 'done', added: 2, failed: 0 })
  }, 120_000)
})

describe('the refreshes of a library', () => {
  it('two simultaneous requests for the same refresh start one refresh', async () => {
    const portal = await portalOf(6, 10)
    const follower = await openFollower()
    await follower.follow(portal.origin)
    const answers = await Promise.allSettled([1, 2].map(() => follower.call('startRefresh', { sources: null })))
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(String(answers.find((answer) => answer.status === 'rejected')?.reason)).toContain('refresh-under-way')
  })

  it('a refresh that is resumed and cancelled at the same moment ends as cancelled', async () => {
    const portal = await portalOf(30, 10)
    const follower = await openFollower()
    await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 3)
    await follower.call('pauseRefresh', { refreshId })
    await Promise.allSettled(
      (['resumeRefresh', 'cancelRefresh'] as const).map((method) => follower.call(method, { refreshId })),
    )
    expect(await follower.call<Refresh>('getRefresh', { refreshId })).toMatchObject({ state: 'cancelled' })
    await sleep(100) // waits for the requests that were already sent
    const requestCount = portal.requests.length
    await sleep(300)
    expect(portal.requests.length).toBe(requestCount)
  })

  it('refreshes are listed in the order of their starts, even if they started in the same second', async () => {
    const follower = await openFollower()
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const startedIds: string[] = []
    for (const name of names) {
      const url = `http://127.0.0.1:9/${name}`
      const { source } = await follower.call<Output<'addSource'>>('addSource', {
        url,
        kind: 'listing',
        channels: [{ url, kind: 'listing' }],
      })
      const { refreshId } = await follower.call<Output<'startRefresh'>>('startRefresh', { sources: [source.id] })
      startedIds.push(refreshId)
      await sleep(2)
    }
    const { refreshes } = await follower.call<Output<'listRefreshes'>>('listRefreshes', { limit: 10 })
    expect(refreshes.map(({ id }) => id).reverse()).toEqual(startedIds)
  })

  it('a stored bulletin does not count as missing after its refresh is cancelled', async () => {
    const portal = await portalOf(30, 10)
    const follower = await openFollower()
    const { id } = await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 5)
    await follower.call('cancelRefresh', { refreshId })
    const stored = await countBulletins(follower)
    const { sources } = await follower.call<Output<'listSources'>>('listSources', {})
    expect(sources).toMatchObject([{ kept: stored, missing: 30 - stored }])
    const grid = await follower.call<RescueGrid>('getRescueGrid', { id })
    expect(grid.months.reduce((sum, month) => sum + month.kept, 0)).toBe(stored)
  })

  it('a stored bulletin does not count as missing while its refresh runs', async () => {
    const portal = await portalOf(30, 10)
    const follower = await openFollower()
    await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 10)
    const { sources } = await follower.call<Output<'listSources'>>('listSources', {})
    // Control: the refresh is still running.
    expect(await follower.call<Refresh>('getRefresh', { refreshId })).toMatchObject({ state: 'running' })
    expect(sources[0]?.missing).toBeLessThanOrEqual(20)
    await follower.call('cancelRefresh', { refreshId })
  })

  it('if a source is removed and added again, a new refresh can start, and the paused refresh of the source is cancelled', async () => {
    const portal = await portalOf(30, 10)
    const follower = await openFollower()
    const { id } = await follower.follow(portal.origin)
    const { refreshId } = await startAndWait(follower, 5)
    await follower.call('pauseRefresh', { refreshId })
    await follower.call('removeSource', { id })
    expect(await follower.call<Refresh>('getRefresh', { refreshId })).toMatchObject({ state: 'cancelled' })
    const since = portal.bulletins[2]?.date ?? ''
    await follower.follow(portal.origin)
    await follower.call('changeSource', { id, since })
    const second = await follower.refresh(null)
    expect(second.id).not.toBe(refreshId)
    expect(second.total.wanted).toBe(portal.bulletins.filter(({ date }) => date >= since).length)
  })

  it('a paused refresh of several sources keeps the other sources if one source is removed', async () => {
    const [one, other] = [await portalOf(20, 10), await portalOf(20, 10)]
    const follower = await openFollower()
    const { id } = await follower.follow(one.origin)
    await follower.follow(other.origin)
    const { refreshId } = await startAndWait(follower, 5)
    await follower.call('pauseRefresh', { refreshId })
    await follower.call('removeSource', { id })
    const ended = await follower.job<Refresh>('resumeRefresh', { refreshId })
    expect(ended.sources.map(({ id: of, state }) => (of === id ? `removed ${state}` : state)).sort()).toEqual([
      'done',
      'removed cancelled',
    ])
    expect(ended.state).toBe('done')
  })
})
