import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Output } from '../../../../../src/shared/contract/api'
import type { Refresh, RescueGrid } from '../../../../../src/shared/refresh'
import type { FamilyName } from '../../../../portal/families'
import { type Portal, startPortal } from '../../../../portal/portal'
import { type Follower, openFollower } from '../../../support/sources'

async function portalOf(family: FamilyName = 'nukeviet', count = 24): Promise<Portal> {
  const portal = await startPortal({ family, count })
  onTestFinished(() => portal.stop())
  return portal
}

const listStored = ({ call }: Follower): Promise<Output<'listBulletins'>> =>
  call('listBulletins', { filter: {}, offset: 0, limit: 500 })

/** Reads the stored bulletin that has this number on the portal. */
async function bulletinOf(follower: Follower, portal: Portal, number: number): Promise<Output<'getBulletin'>> {
  const { items } = await listStored(follower)
  const found = items.find(({ title }) => title === portal.bulletins[number]?.title)
  if (found === undefined) throw new Error(`no bulletin ${number}`)
  return follower.call('getBulletin', { id: found.id })
}

const requestedPages = ({ requests, bulletins, articlePath }: Portal): string[] => {
  const pages = new Set(bulletins.map(({ number }) => articlePath(number)))
  return requests.map(({ path }) => path).filter((path) => pages.has(path))
}

describe('a refresh of a source', () => {
  it.each<FamilyName>(['sharepoint', 'liferay', 'nukeviet', 'vccorp'])(
    'a refresh of a portal on %s stores all bulletins with pictures and files, and requests each page once',
    async (family) => {
      const portal = await portalOf(family, 24)
      const follower = await openFollower()
      const source = await follower.follow(portal.origin)
      const refresh = await follower.refresh(null)
      expect(refresh).toMatchObject({ state: 'done', total: { added: 24, revised: 0, failed: 0, gone: 0 } })
      const { total, items } = await listStored(follower)
      expect(total).toBe(24)
      expect(items.map(({ title }) => title).sort()).toEqual(portal.bulletins.map(({ title }) => title).sort())
      expect(items.every((item) => item.source.id === source.id)).toBe(true)
      expect(items.filter(({ picture }) => picture !== null)).toHaveLength(
        portal.bulletins.filter(({ hasPicture }) => hasPicture).length,
      )
      expect(items.filter(({ attachments }) => attachments > 0)).toHaveLength(
        portal.bulletins.filter(({ hasFile }) => hasFile).length,
      )
      const pages = requestedPages(portal)
      expect(pages).toHaveLength(new Set(pages).size)
      const list = await follower.call<Output<'listSources'>>('listSources', {})
      expect(list.sources).toMatchObject([
        { kept: 24, missing: 0, source: { health: { failuresInARow: 0, lastError: null } } },
      ])
    },
  )

  it('a second refresh sends only conditional requests and finds no new bulletin', async () => {
    const portal = await portalOf()
    const follower = await openFollower()
    await follower.follow(portal.origin)
    await follower.refresh(null)
    portal.requests.length = 0
    const again = await follower.refresh(null)
    const requests = portal.requests.filter(({ path }) => path !== '/robots.txt')
    expect(requests.length).toBeGreaterThan(24)
    expect(requests.filter(({ isConditional }) => !isConditional)).toEqual([])
    expect(again.total).toMatchObject({ added: 0, revised: 0, unchanged: 24, failed: 0 })
  })

  it('a refresh stores a changed page as a new revision with the cause "source-changed"', async () => {
    const portal = await portalOf()
    const follower = await openFollower()
    await follower.follow(portal.origin)
    await follower.refresh(null)
    portal.change(3)
    const again = await follower.refresh(null)
    expect(again.total).toMatchObject({ revised: 1, added: 0, failed: 0 })
    const changed = await bulletinOf(follower, portal, 3)
    expect(changed.revision).toMatchObject({ number: 2, cause: 'source-changed' })
    expect(changed.bodyText).toContain('Bổ sung lần 1')
    expect(changed.figures.every(({ file }) => file !== null)).toBe(true)
  })

  it('a refresh keeps a bulletin whose page was removed, and records when the page was first missing, until the page is back', async () => {
    const portal = await portalOf()
    const follower = await openFollower()
    await follower.follow(portal.origin)
    await follower.refresh(null)
    portal.remove(5)
    const again = await follower.refresh(null)
    expect(again.total).toMatchObject({ gone: 1, failed: 0 })
    const removed = await bulletinOf(follower, portal, 5)
    expect(removed.goneSince).toMatch(/^\d{4}-\d{2}-\d{2}T/)
    expect(removed.bodyText).not.toBe('')
    expect((await listStored(follower)).total).toBe(24)
    expect((await bulletinOf(follower, portal, 6)).goneSince).toBeNull()
    await follower.refresh(null)
    portal.restore(5)
    await follower.refresh(null)
    expect((await bulletinOf(follower, portal, 5)).goneSince).toBeNull()
  })

  it('a refresh does not store a bulletin again that the user deleted or moved to the trash', async () => {
    const portal = await portalOf()
    const follower = await openFollower()
    await follower.follow(portal.origin)
    await follower.refresh(null)
    const deleted = (await bulletinOf(follower, portal, 2)).id
    const trashed = (await bulletinOf(follower, portal, 4)).id
    await follower.call('trashBulletins', { ids: [deleted] })
    await follower.call('emptyTrash', { ids: [deleted] })
    await follower.call('trashBulletins', { ids: [trashed] })
    portal.requests.length = 0
    portal.change(2)
    portal.change(4)
    await follower.refresh(null)
    const { items } = await listStored(follower)
    expect(items.map(({ id }) => id)).not.toContain(deleted)
    expect(items.map(({ id }) => id)).not.toContain(trashed)
    expect(requestedPages(portal)).not.toContain(portal.articlePath(2))
  })

  it('a refresh obeys the first day and the maximum number of bulletins that the user sets', async () => {
    const portal = await portalOf('nukeviet', 60)
    const follower = await openFollower()
    await follower.follow(portal.origin)
    const since = portal.bulletins[9]?.date ?? ''
    const expectedCount = portal.bulletins.filter(({ date }) => date >= since).length
    expect((await follower.refresh(null, { since })).total).toMatchObject({ added: expectedCount, failed: 0 })
    expect((await follower.refresh(null, { max: 5 })).total).toMatchObject({ added: 5 })
    expect((await follower.refresh(null)).total.added).toBe(60 - expectedCount - 5)
  })

  it('a refresh continues with the other sources if one source fails, and records the error', async () => {
    const portal = await portalOf()
    const follower = await openFollower()
    await follower.follow(portal.origin)
    const bad = await follower.call<Output<'addSource'>>('addSource', {
      url: `${portal.origin}/khong-co`,
      kind: 'listing',
      channels: [{ url: `${portal.origin}/khong-co`, kind: 'listing' }],
    })
    const refresh = await follower.refresh(null)
    expect(refresh).toMatchObject({ state: 'done', total: { added: 24 } })
    expect(refresh.sources.find(({ id }) => id === bad.source.id)).toMatchObject({
      state: 'failed',
      error: { code: 'page-not-found' },
    })
    const { sources } = await follower.call<Output<'listSources'>>('listSources', {})
    expect(sources.find(({ source }) => source.id === bad.source.id)?.source.health).toMatchObject({
      failuresInARow: 1,
      lastGoodAt: null,
      lastError: { code: 'page-not-found' },
    })
  })

  it('a refresh lists a page that failed, and a retry requests this page again', async () => {
    const portal = await portalOf()
    const follower = await openFollower()
    await follower.follow(portal.origin)
    portal.redirect(7, 'http://169.254.169.254/latest/')
    const refresh = await follower.refresh(null)
    expect(refresh.total).toMatchObject({ added: 23, failed: 1 })
    expect(refresh.sources[0]?.failures).toMatchObject([
      { code: 'private-address', url: `${portal.origin}${portal.articlePath(7)}` },
    ])
    portal.redirect(7, portal.articlePath(7).replace('.html', '.html?ban=2'))
    const retried = await follower.job<Refresh>('startRetry', { refreshId: refresh.id })
    expect(retried).toMatchObject({ reason: 'retry', total: { wanted: 1 } })
  })
})

describe('the first day of a source', () => {
  it('a refresh goes back to the first day of its source and misses no older page, and a rescue goes back further', async () => {
    const portal = await portalOf('nukeviet', 60)
    const follower = await openFollower()
    const { id } = await follower.follow(portal.origin)
    const since = portal.bulletins[9]?.date ?? ''
    const older = portal.bulletins.filter(({ date }) => date < since)
    await follower.call('changeSource', { id, since, everyMinutes: 60 })
    const { root } = follower
    await follower.close()

    const scheduled = await openFollower({ root, followsSchedules: true })
    for (;;) {
      const { refreshes } = await scheduled.call<Output<'listRefreshes'>>('listRefreshes', { limit: 5 })
      if (refreshes[0]?.state === 'done') {
        expect(refreshes[0]).toMatchObject({ reason: 'schedule', total: { added: 60 - older.length, failed: 0 } })
        break
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    const pages = requestedPages(portal)
    for (const { number } of older) expect(pages).not.toContain(portal.articlePath(number))
    const listItem = async () => (await scheduled.call<Output<'listSources'>>('listSources', {})).sources[0]
    expect(await listItem()).toMatchObject({ kept: 60 - older.length, missing: 0 })

    // A rescue downloads missing bulletins of the past. With the month "nothing", it only reads the channels, and
    // records all entries.
    const channelsOnly = await scheduled.job<Refresh>('startRescue', { id, month: 'nothing' })
    expect(channelsOnly.total).toMatchObject({ found: 60, wanted: 0, added: 0 })
    expect(requestedPages(portal)).toHaveLength(pages.length)
    const grid = await scheduled.call<RescueGrid>('getRescueGrid', { id })
    expect(grid.isWhole).toBe(true)
    expect(grid.months.reduce((sum, { found }) => sum + found, 0)).toBe(60)
    expect(await listItem()).toMatchObject({ missing: 0 })
    // Control: without the first day, the older bulletins count as missing.
    await scheduled.call('changeSource', { id, since: null })
    expect(await listItem()).toMatchObject({ missing: older.length })
    await scheduled.call('changeSource', { id, since })

    const rescued = await scheduled.job<Refresh>('startRescue', { id, month: null })
    expect(rescued.total).toMatchObject({ added: older.length, failed: 0 })
    expect((await listStored(scheduled)).total).toBe(60)
  })
})

describe('the rescue of a portal, which downloads missing bulletins of the past', () => {
  it('a rescue downloads the missing bulletins of one month, and counts the bulletins of each month', async () => {
    const portal = await portalOf('nukeviet', 60)
    const follower = await openFollower()
    const source = await follower.follow(portal.origin)
    await follower.refresh(null, { max: 10 })
    const month = portal.bulletins[59]?.date.slice(0, 7) ?? ''
    const ofMonth = portal.bulletins.filter(({ date }) => date.startsWith(month)).length
    const rescued = await follower.job<Refresh>('startRescue', { id: source.id, month })
    expect(rescued).toMatchObject({ reason: 'rescue', total: { added: ofMonth, failed: 0 } })
    const grid = await follower.call<RescueGrid>('getRescueGrid', { id: source.id })
    expect(grid.months.find((each) => each.month === month)).toEqual({ month, found: ofMonth, kept: ofMonth, gone: 0 })
    expect(grid.months.reduce((sum, { found }) => sum + found, 0)).toBe(60)
    expect(grid.months.reduce((sum, each) => sum + each.kept, 0)).toBe(10 + ofMonth)
    expect(grid.isWhole).toBe(true)
  })
})

describe('the list of sources', () => {
  it('the list of sources is sorted by name, and numbers in names are sorted by their value', async () => {
    const follower = await openFollower()
    for (const [at, name] of ['Xã số 10', 'Đông Hà', 'Xã số 2', 'Dương Kinh'].entries())
      await follower.call('addSource', { url: `http://127.0.0.1:${at + 1}/`, kind: 'portal', name })
    const { sources } = await follower.call<Output<'listSources'>>('listSources', {})
    expect(sources.map(({ source }) => source.name)).toEqual(['Dương Kinh', 'Đông Hà', 'Xã số 2', 'Xã số 10'])
  })
})

describe('renaming a source', () => {
  it('the bulletins of a renamed source stay in one group, under the name that the bulletins have stored', async () => {
    const portal = await portalOf('nukeviet', 6)
    const follower = await openFollower()
    const { id, name } = await follower.follow(portal.origin)
    await follower.refresh(null)
    await follower.call('changeSource', { id, name: 'Cổng tỉnh Thái Nguyên' })
    const { sources } = await follower.call<Output<'listGroups'>>('listGroups', {})
    expect(sources).toEqual([{ name, count: 6, ids: [id] }])
  })
})

describe('a rescue, which looks for bulletins of the past', () => {
  it('a rescue without a month loads the channels again, even if an earlier refresh has loaded them', async () => {
    const portal = await portalOf()
    const follower = await openFollower()
    const { id } = await follower.follow(portal.origin)
    await follower.refresh(null)
    expect((await follower.call<RescueGrid>('getRescueGrid', { id })).isWhole).toBe(true)
    portal.requests.length = 0
    const channelsOnly = await follower.job<Refresh>('startRescue', { id, month: 'nothing' })
    expect(channelsOnly.total).toMatchObject({ found: 24, wanted: 0 })
    expect(portal.requests.filter(({ path }) => path !== '/robots.txt').length).toBeGreaterThan(0)
    expect(requestedPages(portal)).toEqual([])
  })

  it('a rescue loads the channels at the new address of a portal that has moved', async () => {
    const [before, now] = [await portalOf('nukeviet', 12), await portalOf('liferay', 12)]
    const follower = await openFollower()
    const { id } = await follower.follow(before.origin)
    await follower.refresh(null)
    await follower.call('changeSource', { id, url: now.origin })
    expect((await follower.call<RescueGrid>('getRescueGrid', { id })).isWhole).toBe(false)
    await follower.job<Refresh>('startRescue', { id, month: null })
    expect(requestedPages(now).length).toBe(12)
  })
})

describe('removing a source', () => {
  it('when a source is removed, its bulletins stay in the library', async () => {
    const portal = await portalOf()
    const follower = await openFollower()
    const source = await follower.follow(portal.origin)
    expect(JSON.parse(await readFile(join(follower.root, 'sources', `${source.id}.json`), 'utf8'))).toMatchObject({
      url: `${portal.origin}/`,
      kind: 'portal',
    })
    await follower.refresh(null)
    await follower.call('removeSource', { id: source.id })
    expect((await follower.call<Output<'listSources'>>('listSources', {})).sources).toEqual([])
    expect((await listStored(follower)).total).toBe(24)
  })
})
