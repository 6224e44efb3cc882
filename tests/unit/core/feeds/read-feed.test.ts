import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeMarkup } from '../../../../src/core/feeds/decode-markup'
import { maxFeedEntries, readFeed } from '../../../../src/core/feeds/read-feed'
import { shared, sharedIsAbsent } from '../../support/shared-data'

const at = 'https://tinh.example.vn/tin/rss.aspx'

function entriesIn(feed: string): unknown[] {
  return readFeed(feed, at)?.entries ?? []
}

describe('reading a well-formed feed', () => {
  const expected = {
    url: 'https://tinh.example.vn/tin/mua-lu',
    title: 'Cảnh báo mưa lũ & sạt lở',
    publishedAt: '2020-09-08T14:30:00+07:00',
    summary: 'Mưa to ở phía bắc.',
  }
  const title = 'Cảnh báo mưa lũ &amp;amp; sạt lở'
  it.each([
    [
      'RSS 2.0 with relative links and a summary in HTML',
      `<?xml version="1.0"?><rss version="2.0"><channel><title>Tin tỉnh</title><link>/</link><item><title>${title}</title>
       <link>mua-lu#top</link><pubDate>Tue, 08 Sep 2020 14:30:00 +0700</pubDate>
       <description>&lt;p&gt;&lt;img src="a.jpg"&gt;Mưa to&lt;/p&gt;ở phía bắc.</description></item></channel></rss>`,
    ],
    [
      'RSS 0.91 with CDATA and a date in another zone',
      `<rss version="0.91"><channel><item><title><![CDATA[Cảnh báo mưa lũ & sạt lở]]></title><link><![CDATA[ mua-lu ]]></link>
       <pubDate>8 Sep 20 07:30 GMT</pubDate><description><![CDATA[Mưa <b>to</b> ở phía bắc.]]></description></item></channel></rss>`,
    ],
    [
      'RSS 1.0 as RDF with a date of Dublin Core',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
       xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tin</title></channel>
       <item rdf:about="https://tinh.example.vn/tin/mua-lu"><title>${title}</title>
       <dc:date>2020-09-08T07:30:00Z</dc:date><description>Mưa to ở phía bắc.</description></item></rdf:RDF>`,
    ],
    [
      'Atom with prefixes, xml:base and a title of type HTML',
      `<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="/tin/"><a:entry><a:title type="html">${title}</a:title>
       <a:link rel="self" href="self.xml"/><a:link rel="alternate" type="text/html" href="mua-lu"/>
       <a:updated>2021-01-01T00:00:00Z</a:updated><a:published>2020-09-08T14:30:00+07:00</a:published>
       <a:source><a:title>Báo khác</a:title></a:source><a:summary>Mưa to ở phía bắc.</a:summary></a:entry></a:feed>`,
    ],
    [
      'CDF, which is older than RSS',
      `<CHANNEL HREF="/"><ITEM HREF="mua-lu" LASTMOD="2020-09-08T14:30"><TITLE>${title}</TITLE>
       <ABSTRACT>Mưa to ở phía bắc.</ABSTRACT></ITEM></CHANNEL>`,
    ],
    [
      'JSON Feed',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Tin',
        items: [{ ...expected, id: '1', url: 'mua-lu', date_published: '2020-09-08T14:30:00+07:00' }],
      }),
    ],
  ])('readFeed reads the address, title, date and summary of an entry in %s', (_name, feed) => {
    expect(entriesIn(feed)).toEqual([expected])
  })
})

describe('reading a malformed feed', () => {
  it.each([
    [
      'an ampersand that begins no entity',
      '<item><title>A & B</title><link>a?x=1&y=2</link></item>',
      'https://tinh.example.vn/tin/a?x=1&y=2',
    ],
    [
      'a truncated feed',
      '<item><title>A & B</title><link>a?x=1&amp;y=2</link><descr',
      'https://tinh.example.vn/tin/a?x=1&y=2',
    ],
    [
      'a guid instead of a link',
      '<item><title>A &amp; B</title><guid>https://x.example.vn/1</guid></item>',
      'https://x.example.vn/1',
    ],
    [
      'a guid that is no permalink',
      '<item><title>A &amp; B</title><guid isPermaLink="false">https://x.vn/1</guid></item>',
      null,
    ],
    ['a link that runs a script', '<item><title>A &amp; B</title><link>javascript:alert(1)</link></item>', null],
    [
      'a title of another vocabulary before the title',
      '<item><media:title>Ảnh</media:title><title>A &amp; B</title></item>',
      null,
    ],
  ])('readFeed reads an entry with %s', (_name, items, url) => {
    expect(entriesIn(`<rss><channel>${items}</channel></rss>`)).toMatchObject([{ url, title: 'A & B' }])
  })

  it.each([
    ['a page', '<!doctype html><html><head><title>Tin</title></head></html>'],
    ['an empty text', ''],
    ['other JSON', '{"items":[1,2]}'],
    ['a sitemap', '<urlset><url><loc>https://x.vn/</loc></url></urlset>'],
  ])('readFeed returns null for %s, which is not a feed', (_name, text) => {
    expect(readFeed(text, at)).toBeNull()
  })

  it('readFeed reads all numeric dates of a feed in the one order of day and month that fits them all', () => {
    const feed = (...dates: string[]): string =>
      `<rss><channel>${dates.map((date) => `<item><pubDate>${date}</pubDate></item>`).join('')}</channel></rss>`
    const datesOf = (text: string): unknown[] =>
      (readFeed(text, at)?.entries ?? []).map(({ publishedAt }) => publishedAt)
    expect(datesOf(feed('08/09/2020 07:30', '9/8/2020'))).toEqual(['2020-09-08T07:30:00+07:00', '2020-08-09'])
    expect(datesOf(feed('9/8/2020 7:30:00 AM', '9/23/2020 2:05:00 PM'))).toEqual([
      '2020-09-08T07:30:00+07:00',
      '2020-09-23T14:05:00+07:00',
    ])
  })

  it('readFeed does not expand the entities that the feed declares', () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
      <rss><channel><item><title>&b;&x; mưa</title></item></channel></rss>`
    expect(entriesIn(bomb)).toMatchObject([{ title: '&b;&x; mưa' }])
  })

  it('readFeed stops at the maximum number of entries, nested elements and characters in a title', () => {
    const long = readFeed(`<rss><channel>${'<item><link>a</link></item>'.repeat(1_000_000)}`, at)
    expect(long?.entries).toHaveLength(maxFeedEntries)
    expect(long?.isCut).toBe(true)
    expect(readFeed(`<rss>${'<a>'.repeat(1_000_000)}${'</b>'.repeat(1_000_000)}`, at)?.isCut).toBe(true)
    const title = readFeed(`<rss><channel><item><title>${'mưa '.repeat(1_000_000)}`, at)?.entries[0]?.title
    expect(title?.length).toBeLessThanOrEqual(1_000)
  })
})

describe('reading a feed after other words', () => {
  const item = '<item><title>Lịch cắt nước</title><link>/a/1</link></item>'
  const rss = `<rss version="2.0"><channel><title>Tin</title>${item}</channel></rss>`
  it.each([
    ['a warning of PHP', '<br />\n<b>Warning</b>: mysql_connect() in /var/www/x.php on line <b>3</b><br />\n'],
    ['a notice without tags', 'Notice: Undefined index: id in C:\\www\\rss.php on line 12\n\n'],
    ['blank lines', '\n\n   \n'],
    ['two byte order marks', '\ufeff\ufeff'],
    [
      'a table of Xdebug',
      '<font size="1"><table class="xdebug-error"><tr><th>( ! ) Deprecated</th></tr></table></font>\n',
    ],
    ['a comment', '<!-- generated in 0.2 s -->\n'],
    ['many warnings', '<br />\n<b>Deprecated</b>: each() in /x.php on line 3<br />\n'.repeat(100)],
  ])('readFeed finds a feed after %s', (_name, junk) => {
    for (const declaration of ['<?xml version="1.0" encoding="utf-8"?>\n', ''])
      expect(entriesIn(`${junk}${declaration}${rss}`)).toMatchObject([{ title: 'Lịch cắt nước' }])
  })

  it('readFeed finds a JSON Feed after a warning', () => {
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      items: [{ title: 'Lịch cắt nước', url: '/a/1' }],
    })
    expect(entriesIn(`<b>Notice</b>: x\n${json}`)).toMatchObject([{ title: 'Lịch cắt nước' }])
  })

  it('readFeed returns null for an HTML page that shows the source of a feed', () => {
    expect(readFeed(`<html><body><p>Ví dụ:</p>${rss}</body></html>`, at)).toBeNull()
    expect(readFeed(`<!DOCTYPE html><title>Ví dụ</title>${rss}`, at)).toBeNull()
  })

  it('decodeMarkup finds the declared encoding after a warning', () => {
    const bytes = Buffer.from(
      `<b>Notice</b><?xml version="1.0" encoding="windows-1258"?><rss><channel/></rss>`,
      'latin1',
    )
    expect(decodeMarkup(Buffer.concat([bytes, Uint8Array.of(0xd0)]))).toMatch(/Đ$/)
  })

  it.each([
    ['http:tinh.example.com/a/1', 'http://tinh.example.com/a/1'],
    ['https:/so.example.com/a/1', 'https://so.example.com/a/1'],
    ['http://tinh.example.com/a/1', 'http://tinh.example.com/a/1'],
    ['https:a/1', 'https://tinh.example.vn/tin/a/1'],
  ])('readFeed completes the slashes of a link to a host: "%s" becomes %s', (link, url) => {
    expect(entriesIn(`<rss><channel><item><title>x</title><link>${link}</link></item></channel></rss>`)).toMatchObject([
      { url },
    ])
  })
})

describe('the encoding of a feed', () => {
  const feed = (declared: string): string =>
    `<?xml version="1.0" encoding="${declared}"?><rss><channel><item><title>Cà phê</title></item></channel></rss>`
  const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')
  it.each<[string, Uint8Array, string | null]>([
    ['the encoding that the feed declares', latin(feed('iso-8859-1')), null],
    ['the encoding that the server declares', latin(feed('utf-8')), 'windows-1252'],
    ['undeclared windows-1252', latin('<rss><channel><item><title>Cà phê</title></item></channel></rss>'), null],
    ['UTF-8 that is declared as another encoding', Buffer.from(feed('iso-8859-1')), 'gb2312'],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${feed('utf-16')}`, 'utf16le'), null],
    ['UTF-16 without a byte order mark', Buffer.from(feed('utf-16'), 'utf16le'), null],
  ])('decodeMarkup decodes %s', (_name, bytes, charset) => {
    expect(readFeed(decodeMarkup(bytes, charset), at)?.entries[0]?.title).toBe('Cà phê')
  })
})

describe('a collection of well-formed and malformed feeds', () => {
  const folder = shared('data/security/feeds')
  it.skipIf(!existsSync(folder))(`readFeed reads every entry of every feed (skipped if ${sharedIsAbsent})`, () => {
    const files = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.xml'))
    expect(files).toHaveLength(1263)
    const wrong: string[] = []
    let entries = 0
    for (const file of files) {
      const text = decodeMarkup(readFileSync(join(folder, file)))
      // Counts the start tags outside comments and CDATA. This count is simpler than the parser, so it can show
      // mistakes of the parser.
      const markup = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '')
      const expected = markup.match(/<(?:\w+:)?(?:item|entry)(?=[\s>/])/gi)?.length ?? 0
      const got = readFeed(text, at)?.entries.length ?? (file.endsWith('rss_empty_document.xml') ? 0 : null)
      if (got !== expected) wrong.push(`${file}: ${String(got)} of ${expected}`)
      entries += expected
    }
    expect(wrong).toEqual([])
    expect(entries).toBeGreaterThan(700)
  })
})
