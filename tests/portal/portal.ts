import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { attachment, createBulletins, picture, type PortalBulletin, type Section, sections } from './bulletins.ts'
import { families, type Family, type FamilyName, menuOf, wholePage } from './families.ts'
import { atomOf, robotsOf, rssOf, sitemapsOf } from './indexes.ts'

/** A request to the portal and the status of its answer. */
export interface PortalRequest {
  path: string
  status: number
  /** Whether the request had If-None-Match. */
  isConditional: boolean
}

/** A test portal on this machine. Its answers stay the same until a test changes them. */
export interface Portal {
  origin: string
  family: Family
  bulletins: readonly PortalBulletin[]
  /** Every request since the start, in order. */
  requests: PortalRequest[]
  /** Returns the path of a bulletin's page. */
  articlePath(number: number): string
  /** Changes the text of a bulletin and its ETag. */
  change(number: number): void
  /** Removes a bulletin. The page of the bulletin then answers 404, and no list contains the bulletin. */
  remove(number: number): void
  /** Restores a removed bulletin. */
  restore(number: number): void
  /** Redirects the page of a bulletin to `location`. */
  redirect(number: number, location: string): void
  /** Answers the next `times` requests with 429 and the given Retry-After. */
  beBusy(times: number, retryAfter: string): void
  stop(): Promise<void>
}

/** The options of a test portal. */
export interface PortalOptions {
  family: FamilyName
  /** The number of bulletins. */
  count?: number
  /** The port of the portal. With 0, the system chooses a free port. */
  port?: number
  /** The delay of every answer in ms, which imitates a slow connection. */
  delayMs?: number
}

interface Answer {
  status?: number
  type: string
  body: string | Buffer
  headers?: Record<string, string>
}

const html = 'text/html; charset=utf-8'

/** Starts a portal on 127.0.0.1. */
export async function startPortal({
  family: name,
  count = 300,
  port = 0,
  delayMs = 0,
}: PortalOptions): Promise<Portal> {
  const family = families[name]
  const all = createBulletins(count)
  const removed = new Set<number>()
  const changes = new Map<number, number>()
  const redirects = new Map<number, string>()
  const requests: PortalRequest[] = []
  let busy = { times: 0, retryAfter: '1' }
  let origin = ''
  const byPath = new Map(all.map((bulletin) => [family.articlePath(bulletin), bulletin]))
  const listed = (section?: Section): PortalBulletin[] =>
    all.filter(({ number, section: own }) => !removed.has(number) && (section === undefined || own === section))

  const page = (title: string, content: string): Answer => {
    const feed =
      family.feeds === 'linked'
        ? '<link rel="alternate" type="application/atom+xml" href="/tin.atom" title="Tin mới">'
        : ''
    return { type: html, body: wholePage(family, title, content, feed, menuOf(family)) }
  }

  const listing = (path: string): Answer | null => {
    for (const section of sections) {
      const bulletins = listed(section)
      const pages = Math.max(1, Math.ceil(bulletins.length / family.pageSize))
      for (let at = 1; at <= pages; at += 1) {
        if (path !== family.listingPath(section, at)) continue
        const shown = bulletins.slice((at - 1) * family.pageSize, at * family.pageSize)
        return page(section.name, `<h1>${section.name}</h1>${family.listing(shown, family.pager(section, at, pages))}`)
      }
    }
    return null
  }

  const article = (bulletin: PortalBulletin): Answer | null => {
    if (removed.has(bulletin.number)) return null
    const location = redirects.get(bulletin.number)
    if (location !== undefined) return { status: 302, type: html, body: '', headers: { location } }
    const version = changes.get(bulletin.number) ?? 0
    const added = Array.from({ length: version }, (_none, at) => `Bổ sung lần ${at + 1}: nội dung đã được sửa đổi.`)
    return page(bulletin.title, family.article({ ...bulletin, paragraphs: [...bulletin.paragraphs, ...added] }))
  }

  const answer = (path: string): Answer | null => {
    const bulletin = byPath.get(path)
    if (bulletin !== undefined) return article(bulletin)
    if (path === '/') return page('Trang chủ', `<h2>Tin mới</h2>${family.listing(listed().slice(0, 6), '')}`)
    if (path === '/gioi-thieu') return page('Giới thiệu', '<h1>Giới thiệu</h1><p>Trang giới thiệu.</p>')
    if (path === '/robots.txt') return { type: 'text/plain', body: robotsOf(family, origin) }
    if (path === '/tin.atom' && family.feeds === 'linked')
      return { type: 'application/atom+xml', body: atomOf(family, listed()) }
    if (path === '/rss' && family.feeds === 'common-address')
      return { type: 'application/rss+xml; charset=utf-8', body: rssOf(family, listed(), origin) }
    const map = sitemapsOf(family, listed(), origin).get(path)
    if (map !== undefined) return { type: path.endsWith('.gz') ? 'application/gzip' : 'application/xml', body: map }
    const number = Number(/^\/(?:anh|tep)\/(?:van-ban-)?(\d+)\.(?:png|pdf)$/.exec(path)?.[1] ?? NaN)
    if (number < count) {
      if (path.startsWith('/anh/')) return { type: 'image/png', body: picture(number) }
      return { type: 'application/pdf', body: attachment(number) }
    }
    return listing(path)
  }

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '/'
    const given = request.headers['if-none-match']
    const end = (status: number, headers: Record<string, string>, body: string | Buffer): void => {
      requests.push({ path, status, isConditional: given !== undefined })
      response.writeHead(status, headers).end(body)
    }
    if (busy.times > 0) {
      busy.times -= 1
      end(429, { 'retry-after': busy.retryAfter, 'content-type': 'text/plain' }, 'Too many requests')
      return
    }
    const found = answer(path)
    if (found === null) {
      end(404, { 'content-type': html }, '<h1>404</h1>')
      return
    }
    const etag = `"${createHash('sha256').update(found.body).digest('hex').slice(0, 20)}"`
    if (given === etag) end(304, { etag }, '')
    else
      end(
        found.status ?? 200,
        { 'content-type': found.type, etag, 'last-modified': lastModified, ...found.headers },
        found.body,
      )
  }

  const server = createServer((request, response) => {
    if (delayMs === 0) serve(request, response)
    else setTimeout(() => serve(request, response), delayMs)
  })
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  // The cast is safe, because a server that listens on a TCP port has an address of this type.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    family,
    bulletins: all,
    requests,
    articlePath: (number) => {
      const bulletin = all[number]
      if (bulletin === undefined) throw new Error(`portal: no bulletin ${number}`)
      return family.articlePath(bulletin)
    },
    change: (number) => void changes.set(number, (changes.get(number) ?? 0) + 1),
    remove: (number) => void removed.add(number),
    restore: (number) => void removed.delete(number),
    redirect: (number, location) => void redirects.set(number, location),
    beBusy: (times, retryAfter) => {
      busy = { times, retryAfter }
    },
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const lastModified = 'Fri, 20 Nov 2026 01:30:00 GMT'
