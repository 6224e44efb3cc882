import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { AddResult } from '../../../../../src/shared/contract/api'
import type { Refresh } from '../../../../../src/shared/refresh'
import type { Source } from '../../../../../src/shared/source'
import { openFollower } from '../../../support/sources'

/**
 * Starts a host with two feeds and their pages. Records the requests in order, and the maximum number at the same time.
 */
async function twoFeeds(pages: number): Promise<{ origin: string; requests: string[]; maxConcurrent(): number }> {
  const requests: string[] = []
  let [running, max] = [0, 0]
  let origin = ''
  const bodyOf = (path: string): string | null => {
    if (path === '/robots.txt') return 'User-agent: *\nDisallow: /kin/\n'
    const [, feed] = /^\/(a|b)\.xml$/.exec(path) ?? []
    if (feed !== undefined) {
      const items = Array.from({ length: pages }, (_, at) => `<item><link>${origin}/${feed}/${at}.html</link></item>`)
      const kin = `<item><link>${origin}/kin/${feed}.html</link></item>`
      return `<rss version="2.0"><channel><title>${feed}</title>${items.join('')}${kin}</channel></rss>`
    }
    return /\.html$/.test(path)
      ? `<html><body><h1>Tin ${path}</h1><p>Họp tại trụ sở, bài ${path}.</p></body></html>`
      : null
  }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const body = bodyOf(path)
    requests.push(path)
    running += 1
    max = Math.max(max, running)
    void sleep(20).then(() => {
      running -= 1
      response.writeHead(body === null ? 404 : 200, {
        'content-type': path.endsWith('.xml') ? 'application/rss+xml' : 'text/html; charset=utf-8',
      })
      response.end(body ?? '404')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(() => void server.close())
  // A server that listens on a TCP port returns an `AddressInfo`.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, requests, maxConcurrent: () => max }
}

it('a download shares the connections of a host with two refreshes, goes first, and ignores robots.txt', async () => {
  const host = await twoFeeds(12)
  const { call, job } = await openFollower()
  const sources: Source[] = []
  for (const name of ['a', 'b']) {
    const url = `${host.origin}/${name}.xml`
    const given = { url, kind: 'feed', channels: [{ url, kind: 'feed' }] }
    sources.push((await call<{ source: Source }>('addSource', given)).source)
  }
  const refreshes = sources.map(({ id }) => job<Refresh>('startRefresh', { sources: [id] }))
  while (!host.requests.some((path) => path.startsWith('/b/'))) await sleep(5)
  const { added, failed } = await job<AddResult>('startAdd', { urls: [`${host.origin}/kin/a.html`] })
  const countAfterAdd = host.requests.length
  expect(failed).toEqual([])
  expect(added).toHaveLength(1)
  const done = await Promise.all(refreshes)
  // When the download ended, most pages of the refreshes were not fetched yet.
  expect(host.requests.length - countAfterAdd).toBeGreaterThan(5)
  expect(host.maxConcurrent()).toBe(2)
  // The refreshes obey robots.txt, so they do not request the page that the download has stored.
  expect(done.flatMap(({ sources: of }) => of.flatMap(({ failures }) => failures.map(({ code }) => code)))).toContain(
    'robots-refused',
  )
  expect(host.requests.filter((path) => path.startsWith('/kin/'))).toEqual(['/kin/a.html'])
})
