import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { AddResult } from '../../../../src/shared/contract/api'
import type { Refresh } from '../../../../src/shared/refresh'
import type { Source } from '../../../../src/shared/source'
import { openFollower } from '../../support/sources'

/** A host with two feeds of pages; tells how many requests it had at once, and in which order. */
async function twoFeeds(pages: number): Promise<{ origin: string; asked: string[]; mostAtOnce(): number }> {
  const asked: string[] = []
  let [running, most] = [0, 0]
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
    asked.push(path)
    running += 1
    most = Math.max(most, running)
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
  // A listening TCP server has an address of this shape.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, asked, mostAtOnce: () => most }
}

it('two refreshes and an add share the two connections of a host; the add does not wait for them, nor for robots.txt', async () => {
  const host = await twoFeeds(12)
  const { call, job } = await openFollower()
  const sources: Source[] = []
  for (const name of ['a', 'b']) {
    const url = `${host.origin}/${name}.xml`
    const given = { url, kind: 'feed', channels: [{ url, kind: 'feed' }] }
    sources.push((await call<{ source: Source }>('addSource', given)).source)
  }
  const refreshes = sources.map(({ id }) => job<Refresh>('startRefresh', { sources: [id] }))
  while (!host.asked.some((path) => path.startsWith('/b/'))) await sleep(5)
  const { added, failed } = await job<AddResult>('startAdd', { urls: [`${host.origin}/kin/a.html`] })
  const askedThen = host.asked.length
  expect(failed).toEqual([])
  expect(added).toHaveLength(1)
  const done = await Promise.all(refreshes)
  // The refreshes had most of their pages still before them.
  expect(host.asked.length - askedThen).toBeGreaterThan(5)
  expect(host.mostAtOnce()).toBe(2)
  // What robots.txt closes to programs, a refresh leaves alone; what is kept already it needs not ask for.
  expect(done.flatMap(({ sources: of }) => of.flatMap(({ failures }) => failures.map(({ code }) => code)))).toContain(
    'robots-refused',
  )
  expect(host.asked.filter((path) => path.startsWith('/kin/'))).toEqual(['/kin/a.html'])
})
