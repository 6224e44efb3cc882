import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readSitemap, sitemapLimits } from '../../../../src/core/feeds/sitemap'

const at = 'https://tinh.example.vn/sitemap.xml'
const bytes = (text: string): Uint8Array => Buffer.from(text)

describe('readSitemap', () => {
  it('readSitemap reads the addresses of pages and the times of their last changes, plain and gzipped', async () => {
    const xml = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="urn:image">
      <url><loc>https://tinh.example.vn/a?x=1&amp;y=2</loc><lastmod>2020-09-08</lastmod>
        <image:image><image:loc>https://tinh.example.vn/a.jpg</image:loc><image:title>Ảnh</image:title></image:image></url>
      <url><loc> /b </loc><lastmod>2020-09-08T00:30:00Z</lastmod></url><url><loc>ftp://x/</loc></url></urlset>`
    for (const received of [bytes(xml), gzipSync(xml)])
      expect(await readSitemap(received, at)).toEqual({
        kind: 'pages',
        isCut: false,
        sitemaps: [],
        entries: [
          {
            url: 'https://tinh.example.vn/a?x=1&y=2',
            title: null,
            publishedAt: null,
            summary: null,
            changedAt: '2020-09-08',
          },
          {
            url: 'https://tinh.example.vn/b',
            title: null,
            publishedAt: null,
            summary: null,
            changedAt: '2020-09-08T07:30:00+07:00',
          },
        ],
      })
  })

  it('readSitemap reads the titles and dates of the pages in a news sitemap', async () => {
    const xml = `<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://x.vn/1</loc>
      <news:news><news:publication><news:name>Báo</news:name></news:publication>
      <news:publication_date>2020-09-08T14:30:00+07:00</news:publication_date><news:title>Mưa &amp;amp; lũ</news:title>
      </news:news></url></urlset>`
    expect((await readSitemap(bytes(xml), at))?.entries).toMatchObject([
      { url: 'https://x.vn/1', title: 'Mưa & lũ', publishedAt: '2020-09-08T14:30:00+07:00' },
    ])
  })

  it('readSitemap returns the addresses of the sitemaps that a sitemap index lists', async () => {
    const xml = `<sitemapindex><sitemap><loc>https://x.vn/2020.xml.gz</loc><lastmod>2021-01-02</lastmod></sitemap></sitemapindex>`
    expect(await readSitemap(bytes(xml), at)).toMatchObject({
      kind: 'index',
      entries: [],
      sitemaps: [{ url: 'https://x.vn/2020.xml.gz', changedAt: '2021-01-02' }],
    })
  })

  it('readSitemap reads a plain text that has one address on each line', async () => {
    const list = await readSitemap(bytes('https://x.vn/1\r\nhttps://x.vn/2\n'), at)
    expect(list?.entries.map(({ url }) => url)).toEqual(['https://x.vn/1', 'https://x.vn/2'])
  })

  it.each([
    ['a page', '<!doctype html><html><body>https://x.vn/</body></html>'],
    ['a feed', '<rss><channel><item><link>https://x.vn/</link></item></channel></rss>'],
    ['a text that begins with an address', 'https://x.vn/1\nlà địa chỉ của cổng'],
    ['empty bytes', ''],
  ])('readSitemap returns null for %s, which is not a sitemap', async (_name, text) => {
    expect(await readSitemap(bytes(text), at)).toBeNull()
  })

  it('readSitemap stops at its limits of pages, nested elements and bytes, and reads a file that is cut off', async () => {
    const url = '<url><loc>https://x.vn/1</loc></url>'
    const long = await readSitemap(bytes(`<urlset>${url.repeat(sitemapLimits.maxEntries + 5)}`), at)
    expect([long?.entries.length, long?.isCut]).toEqual([sitemapLimits.maxEntries, true])
    expect((await readSitemap(bytes(`<urlset>${'<a>'.repeat(500_000)}${'</b>'.repeat(500_000)}`), at))?.isCut).toBe(
      true,
    )
    await expect(readSitemap(gzipSync(Buffer.alloc(sitemapLimits.maxBytes + 1, 32)), at)).rejects.toMatchObject({
      code: 'answer-too-large',
    })
    const cut = gzipSync(`<urlset>${url.repeat(3)}</urlset>`, { level: 0 })
    expect((await readSitemap(cut.subarray(0, -60), at))?.entries).toHaveLength(2)
  })
})
