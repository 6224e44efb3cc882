import { gzipSync } from 'node:zlib'
import type { PortalBulletin } from './bulletins.ts'
import type { Family } from './families.ts'

/**
 * The maximum number of entries in a feed. Like the feeds of real portals, the feed contains only the newest entries.
 */
const maxFeedEntries = 20
/** The maximum number of pages in one sitemap. */
const maxSitemapEntries = 100

/** Returns the newest bulletins as RSS 2.0, with dates of RFC 822. */
export function rssOf(family: Family, bulletins: readonly PortalBulletin[], origin: string): string {
  const items = bulletins.slice(0, maxFeedEntries).map(
    (
      bulletin,
    ) => `<item><title><![CDATA[${bulletin.title}]]></title><link>${origin}${xml(family.articlePath(bulletin))}</link>
    <pubDate>${new Date(momentOf(bulletin)).toUTCString()}</pubDate><description><![CDATA[<p>${bulletin.summary}</p>]]></description></item>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${family.title}</title><link>${origin}/</link>${items.join('\n')}</channel></rss>`
}

/** Returns the newest bulletins as Atom, with relative addresses. */
export function atomOf(family: Family, bulletins: readonly PortalBulletin[]): string {
  const entries = bulletins.slice(0, maxFeedEntries).map(
    (bulletin) => `<entry><title>${bulletin.title}</title><link href="${xml(family.articlePath(bulletin))}"/>
    <id>urn:bulletin:${bulletin.number}</id><published>${momentOf(bulletin)}</published><summary>${bulletin.summary}</summary></entry>`,
  )
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${family.title}</title>${entries.join('\n')}</feed>`
}

/** Returns the sitemaps of a portal by path: one sitemap, or an index of gzipped sitemaps. */
export function sitemapsOf(family: Family, bulletins: readonly PortalBulletin[], origin: string): Map<string, Buffer> {
  const urlset = (some: readonly PortalBulletin[]): string =>
    `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${some
      .map(
        (bulletin) =>
          `<url><loc>${origin}${xml(family.articlePath(bulletin))}</loc><lastmod>${bulletin.date}</lastmod></url>`,
      )
      .join('\n')}</urlset>`
  if (family.sitemap === 'none') return new Map()
  if (family.sitemap === 'plain') return new Map([['/sitemap.xml', Buffer.from(urlset(bulletins))]])
  const parts = Array.from({ length: Math.ceil(bulletins.length / maxSitemapEntries) }, (_none, at) =>
    bulletins.slice(at * maxSitemapEntries, (at + 1) * maxSitemapEntries),
  )
  const index = parts.map(
    (part, at) =>
      `<sitemap><loc>${origin}/sitemap-${at + 1}.xml.gz</loc><lastmod>${part[0]?.date ?? ''}</lastmod></sitemap>`,
  )
  return new Map([
    ['/sitemap-index.xml', Buffer.from(`<?xml version="1.0"?><sitemapindex>${index.join('\n')}</sitemapindex>`)],
    ...parts.map((part, at): [string, Buffer] => [`/sitemap-${at + 1}.xml.gz`, gzipSync(urlset(part))]),
  ])
}

/** Returns the robots.txt of a portal. */
export function robotsOf(family: Family, origin: string): string {
  const map = { none: null, plain: '/sitemap.xml', index: '/sitemap-index.xml' }[family.sitemap]
  return `User-agent: *\nDisallow: /quan-tri/\n${map === null ? '' : `Sitemap: ${origin}${map}\n`}`
}

function momentOf({ date, time }: PortalBulletin): string {
  return `${date}T${time}:00+07:00`
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;')
}
