import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { attachment, makeBulletins, picture, type PortalBulletin, type Section, sections } from './bulletins.ts'
import { families, type Family, type FamilyName, menuOf, wholePage } from './families.ts'
import { atomOf, robotsOf, rssOf, sitemapsOf } from './indexes.ts'

/** One request a portal heard, and what it answered. */
export interface Heard {
  path: string
  status: number
  /** Whether it asked only for what changed. */
  isConditional: boolean
}

/** A portal on this machine. It answers the same to the same question until a test changes it. */
export interface Portal {
  origin: string
  family: Family
  bulletins: readonly PortalBulletin[]
  /** Every request since the start, in order. */
  heard: Heard[]
  articlePath(number: number): string
  /** The text of a bulletin changes, and with it its ETag. */
  change(number: number): void
  /** A bulletin is gone: 404, and out of every list. */
  vanish(number: number): void
  /** It is back. */
  reappear(number: number): void
  /** A bulletin's page leads elsewhere. */
  redirect(number: number, location: string): void
  /** The next `times` requests are answered 429, with this Retry-After. */
  beBusy(times: number, retryAfter: string): void
  stop(): Promise<void>
}

/** What a portal is made of. */
export interface PortalOptions {
  family: FamilyName
  /** How many bulletins it has. */
  count?: number
  /** 0: any free port. */
  port?: number
  /** What every answer waits for, in ms; a weak line. */
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
  const all = makeBulletins(count)
  const gone = new Set<number>()
  const changes = new Map<number, number>()
  const redirects = new Map<number, string>()
  const heard: Heard[] = []
  let busy = { times: 0, retryAfter: '1' }
  let origin = ''
  const byPath = new Map(all.map((bulletin) => [family.articlePath(bulletin), bulletin]))
  const there = (section?: Section): PortalBulletin[] =>
    all.filter(({ number, section: own }) => !gone.has(number) && (section === undefined || own === section))

  const page = (title: string, content: string): Answer => {
    const feed =
      family.feeds === 'linked'
        ? '<link rel="alternate" type="application/atom+xml" href="/tin.atom" title="Tin mới">'
        : ''
    return { type: html, body: wholePage(family, title, content, feed, menuOf(family)) }
  }

  const listing = (path: string): Answer | null => {
    for (const section of sections) {
      const bulletins = there(section)
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
    if (gone.has(bulletin.number)) return null
    const location = redirects.get(bulletin.number)
    if (location !== undefined) return { status: 302, type: html, body: '', headers: { location } }
    const version = changes.get(bulletin.number) ?? 0
    const added = Array.from({ length: version }, (_none, at) => `Bổ sung lần ${at + 1}: nội dung đã được sửa đổi.`)
    return page(bulletin.title, family.article({ ...bulletin, paragraphs: [...bulletin.paragraphs, ...added] }))
  }

  const answer = (path: string): Answer | null => {
    const bulletin = byPath.get(path)
    if (bulletin !== undefined) return article(bulletin)
    if (path === '/') return page('Trang chủ', `<h2>Tin mới</h2>${family.listing(there().slice(0, 6), '')}`)
    if (path === '/gioi-thieu') return page('Giới thiệu', '<h1>Giới thiệu</h1><p>Trang giới thiệu.</p>')
    if (path === '/robots.txt') return { type: 'text/plain', body: robotsOf(family, origin) }
    if (path === '/tin.atom' && family.feeds === 'linked')
      return { type: 'application/atom+xml', body: atomOf(family, there()) }
    if (path === '/rss' && family.feeds === 'usual-place')
      return { type: 'application/rss+xml; charset=utf-8', body: rssOf(family, there(), origin) }
    const map = sitemapsOf(family, there(), origin).get(path)
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
      heard.push({ path, status, isConditional: given !== undefined })
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
  // A server that listens on a port of TCP has an address of this form.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    family,
    bulletins: all,
    heard,
    articlePath: (number) => {
      const bulletin = all[number]
      if (bulletin === undefined) throw new Error(`portal: no bulletin ${number}`)
      return family.articlePath(bulletin)
    },
    change: (number) => void changes.set(number, (changes.get(number) ?? 0) + 1),
    vanish: (number) => void gone.add(number),
    reappear: (number) => void gone.delete(number),
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
