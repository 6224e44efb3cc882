import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { discover, type Discovery } from '../../../../../src/core/follow/discover/discover'
import type { DiscoverParts } from '../../../../../src/core/follow/discover/discover-parts'
import { fetchLimits } from '../../../../../src/core/fetch/fetch-limits'
import { politeLimits } from '../../../../../src/core/fetch/politeness/polite-limits'
import { createPoliteness } from '../../../../../src/core/fetch/politeness/politeness'
import { typedHost } from '../../../../../src/core/fetch/ssrf-guard'
import { createParsing } from '../../../../../src/core/parsing/create-parsing'
import type { FamilyName } from '../../../../portal/families'
import { type Portal, startPortal } from '../../../../portal/portal'
import { testFetcher } from '../../../support/network'

const now = new Date('2026-11-21T00:00:00Z')

function search(address: string, given: Partial<DiscoverParts> = {}): Promise<Discovery> {
  const politeness = createPoliteness(testFetcher({ limits: fetchLimits }), { ...politeLimits, delayMs: 0 })
  const typed = typedHost(new URL(address))
  const { run: runTask } = createParsing(null)
  return discover(address, { politeness, runTask, typed, now, signal: new AbortController().signal, ...given })
}

async function portalOf(family: FamilyName, count = 90): Promise<Portal> {
  const portal = await startPortal({ family, count })
  onTestFinished(() => portal.stop())
  return portal
}

/** Starts a server that has the given pages. It answers every other address with 404. */
async function serverOf(pages: Record<string, string>): Promise<string> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '']
    response
      .writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
      .end(page ?? 'none')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  // A server that listens on a TCP port returns an `AddressInfo`.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const shapeOf = ({ channels, address }: Discovery): string[] =>
  channels.map(
    ({ kind, url, entries, total }) =>
      `${kind} ${url.slice(new URL(address).origin.length)} ${entries.length}/${String(total)}`,
  )

describe('the discovery of a portal', () => {
  it.each<[FamilyName, string[]]>([
    [
      'sharepoint',
      [
        'listing / 6/6',
        'listing /Pages/tin-trong-tinh.aspx 15/30',
        'listing /Pages/thong-bao.aspx 15/30',
        'listing /Pages/chi-dao-dieu-hanh.aspx 15/30',
      ],
    ],
    [
      'liferay',
      [
        'listing / 6/6',
        'feed /tin.atom 20/null',
        'sitemap /sitemap.xml 90/90',
        'listing /tin-trong-tinh 10/null',
        'listing /thong-bao 10/null',
        'listing /chi-dao-dieu-hanh 10/null',
      ],
    ],
    [
      'nukeviet',
      [
        'listing / 6/6',
        'sitemap /sitemap.xml 90/90',
        'feed /rss 20/null',
        'listing /tin-trong-tinh/ 20/40',
        'listing /thong-bao/ 20/40',
        'listing /chi-dao-dieu-hanh/ 20/40',
      ],
    ],
    [
      'vccorp',
      [
        'listing / 6/6',
        'feed /tin.atom 20/null',
        'sitemap /sitemap-index.xml 90/90',
        'listing /tin-trong-tinh.htm 12/null',
        'listing /thong-bao.htm 12/null',
        'listing /chi-dao-dieu-hanh.htm 12/null',
      ],
    ],
  ])('discover finds all feeds, listings and sitemaps of a portal that runs on %s', async (family, wanted) => {
    const portal = await portalOf(family)
    const found = await search(portal.origin)
    expect([found.kind, shapeOf(found), found.failed]).toEqual(['portal', wanted, []])
    expect(found.title).toContain(portal.family.title)
    const [section] = found.channels.filter(({ kind, url }) => kind === 'listing' && url !== `${portal.origin}/`)
    const newest = portal.bulletins[0]
    expect(section?.samples[0]).toMatchObject({
      url: portal.origin + portal.articlePath(0),
      title: newest?.title,
      publishedAt: family === 'sharepoint' ? newest?.date : `${newest?.date}T${newest?.time}:00+07:00`,
    })
    // The portal has one bulletin every 37 hours, which makes 19 or 20 in 30 days.
    expect(found.estimate.lastMonth).toBeGreaterThanOrEqual(19)
    expect(found.estimate.lastMonth).toBeLessThanOrEqual(20)
    expect(portal.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(1)
  })
})

describe('the discovery of any address', () => {
  it('discover distinguishes a bulletin, a listing, a feed, a sitemap and any other page', async () => {
    const { origin, articlePath } = await portalOf('liferay')
    const kinds: string[] = []
    for (const path of [articlePath(3), '/thong-bao', '/tin.atom', '/sitemap.xml'])
      kinds.push((await search(origin + path)).kind)
    expect(kinds).toEqual(['bulletin', 'listing', 'feed', 'sitemap'])
    const empty = await serverOf({
      '/': '<title>Trống</title><p>Trang trống.',
      '/a': '<title>Trống</title><p>Trang trống.',
    })
    expect([(await search(`${empty}/`)).kind, (await search(`${empty}/a`)).kind]).toEqual(['nothing', 'nothing'])
  })

  it('discover reads the sitemaps that a sitemap index lists', async () => {
    const { origin } = await portalOf('vccorp', 250)
    const { channels } = await search(`${origin}/sitemap-index.xml`)
    expect([channels[0]?.entries.length, channels[0]?.total]).toEqual([250, 250])
  })

  it('discover finds the feeds that are listed on an HTML page at the address of a feed', async () => {
    const feed = '<rss><channel><title>Tin mới</title><item><title>Một</title><link>/1</link></item></channel></rss>'
    const origin = await serverOf({
      '/': '<p><a href="/rss.htm">RSS</a>',
      '/rss.htm': '<ul><li><a href="/a.rss">Tin A</a><li><a href="/b.rss">Tin B</a></ul>',
      '/a.rss': feed,
      '/b.rss': feed,
    })
    const found = await search(`${origin}/`)
    expect(shapeOf(found)).toEqual(['feed /a.rss 1/null', 'feed /b.rss 1/null'])
  })
})

describe('the requests of a discovery', () => {
  it('discover sends at most the maximum number of requests, and reports that some addresses were not tried', async () => {
    const portal = await portalOf('liferay')
    const counts: number[] = []
    const found = await search(portal.origin, { maxRequests: 3, onProgress: ({ requested }) => counts.push(requested) })
    // The request for robots.txt is not counted.
    expect(portal.requests.filter(({ path }) => path !== '/robots.txt')).toHaveLength(3)
    expect([found.isCut, counts.at(-1)]).toEqual([true, 3])
  })

  it('discover obeys robots.txt, except for the address that the user typed', async () => {
    const origin = await serverOf({
      '/robots.txt': 'User-agent: *\nDisallow: /',
      '/': '<link rel="alternate" type="application/rss+xml" href="/tin.xml"><p>Trang chủ',
      '/tin.xml': '<rss><channel></channel></rss>',
    })
    const found = await search(`${origin}/`)
    expect(found.channels).toEqual([])
    expect(found.failed).toMatchObject([{ url: `${origin}/tin.xml`, error: { code: 'robots-refused' } }])
  })

  it('discover never connects to a private network address that a page contains', async () => {
    let wasRequested = false
    const inner = createServer((_request, response) => {
      wasRequested = true
      response.end()
    })
    await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void inner.close())
    // A server that listens on a TCP port returns an `AddressInfo`.
    const privateUrl = `http://127.0.0.1:${(inner.address() as AddressInfo).port}/rss`
    const origin = await serverOf({
      '/': `<link rel="alternate" type="application/rss+xml" href="${privateUrl}"><p>Trang`,
    })
    const found = await search(`${origin}/`)
    expect(found.failed).toMatchObject([{ error: { code: 'private-address' } }])
    expect(wasRequested).toBe(false)
    // Control: an address that the user typed may be private.
    await search(privateUrl)
    expect(wasRequested).toBe(true)
  })

  it('discover throws cancelled if the signal aborts', async () => {
    const { origin } = await portalOf('vccorp')
    const stop = new AbortController()
    const searching = search(origin, {
      signal: stop.signal,
      onProgress: ({ requested }) => requested === 2 && stop.abort(),
    })
    await expect(searching).rejects.toMatchObject({ code: 'cancelled' })
  })
})
