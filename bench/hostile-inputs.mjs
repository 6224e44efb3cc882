// Hostile files, feeds and lists of sources. Each of them keeps a parser busy or needs much memory, or did so in an
// earlier version.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../scripts/project.mjs'

const bytes = (text) => new Uint8Array(Buffer.from(text))
const many = (count, textOf) => Array.from({ length: count }, (_, at) => textOf(at)).join('')
const sentence = 'Hội nghị bàn về việc thu hoạch vụ mùa và phòng chống dịch bệnh của toàn huyện ta trong năm nay.'
const page =
  (inner, head = '') =>
  () =>
    bytes(
      `<!doctype html><html><head><title>Họp</title>${head}</head><body><h1>Họp phiên thường kỳ</h1><p>${sentence}</p>${inner()}</body></html>`,
    )

/** Functions that return the bytes of hostile files to import, by the names of the files. */
const files = {
  'a million attributes.html': page(() => `<p ${many(1_000_000, (at) => `a${at}=b `)}>x</p>`),
  '999 attributes on each of 1,000 elements.html': page(() =>
    many(1_000, () => `<p ${many(999, (at) => `a${at}=b `)}>x</p>`),
  ),
  '100,000 letters.html': page(() => `<p>${'a'.repeat(100_000)}</p>`),
  'a million letters.html': page(() => `<p>${'ế'.repeat(1_000_000)}</p>`),
  '100,000 wrong letters.html': page(() => `<p>${'Ã¡'.repeat(100_000)}</p>`),
  '100,000 marks on one letter.html': page(() => `<p>a${'\u0301'.repeat(100_000)}</p>`),
  '100,000 question marks.html': page(() => `<p>a${'?'.repeat(100_000)}</p>`),
  'a title of 15 MB.html': page(() => '', `<title>${'Tin tức '.repeat(2_000_000)}</title>`),
  'a heading of 5 MB.html': page(() => `<h1>${'Tin tức '.repeat(600_000)}</h1>`),
  '100,000 open elements.html': page(() => '<div>'.repeat(100_000)),
  '50,000 links.html': page(() => many(50_000, (at) => `<li><a href="/b${at}">bài số ${at} của mục</a></li>`)),
  'a million entities.html': page(() => `<p>${'&amp;'.repeat(1_000_000)}</p>`),
  '90,000 lines.html': page(() => 'x<br>'.repeat(90_000)),
  'JSON-LD with 5 million brackets.html': page(
    () => '',
    `<script type="application/ld+json">${'['.repeat(5_000_000)}</script>`,
  ),
  'a law of 6,000 paragraphs.html': page(() => many(6_000, (at) => `<p>Điều ${at}. ${sentence} ${sentence}</p>`)),
  'one word of 5 MB.txt': () => bytes(`Tin\n${'a'.repeat(5_000_000)}`),
  'random bytes.html': () =>
    Uint8Array.from({ length: 3_000_000 }, (_, at) => 32 + (((at * 2_654_435_761) >>> 16) % 220)),
  '5,000 parts.mhtml': () =>
    bytes(
      `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<h1>Họp phiên</h1><p>${sentence}</p>\r\n${many(4_990, (at) => `--b\r\nContent-Location: http://a/${at}\r\nContent-Type: image/png\r\n\r\nx\r\n`)}--b--`,
    ),
  'many boundaries.mhtml': () =>
    bytes(`MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n${'--bx'.repeat(4_000_000)}`),
  '9,000 bulletins without text.json': () => bytes(`[${many(9_000, () => '{"title":"","a":[[[]]]},')}{}]`),
  'five million brackets.json': () => bytes('['.repeat(5_000_000)),
}

/** Hostile feeds, listings and sitemaps that a server answers with. */
const answers = {
  'feed with a million attributes': () =>
    bytes(`<rss><channel><item ${many(1_000_000, (at) => `a${at}="b" `)}><title>x</title></item></channel></rss>`),
  'page with a million attributes': files['a million attributes.html'],
  'page with a title of 15 MB': files['a title of 15 MB.html'],
  'feed with a title of 15 MB': () =>
    bytes(`<rss><channel><title>${'Tin tức '.repeat(1_500_000)}</title><item><link>/1</link></item></channel></rss>`),
  'feed with 10,000 entries': () =>
    bytes(
      `<rss><channel>${many(10_000, (at) => `<item><title>Tin ${at}</title><link>/${at}</link><pubDate>Tue, 08 Sep 2020 07:30:00 +0700</pubDate><description>${'nội dung '.repeat(100)}</description></item>`)}</channel></rss>`,
    ),
  'feed with a million entries': () => bytes(`<rss><channel>${'<item/>'.repeat(1_000_000)}</channel></rss>`),
  'JSON feed with 300,000 entries': () =>
    bytes(
      `{"version":"https://jsonfeed.org/version/1.1","items":[${'{"id":"1","url":"http://a/"},'.repeat(300_000)}{}]}`,
    ),
  'sitemap with 50,000 pages': () =>
    bytes(
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${many(50_000, (at) => `<url><loc>/tin-tuc/bai-so-${at}.html</loc><lastmod>2024-01-02T03:04:05+07:00</lastmod></url>`)}</urlset>`,
    ),
  'page with 6,000 entries': () =>
    bytes(
      `<html><body>${many(6_000, (at) => `<div class="item"><a href="/tin-${at}">Tiêu đề dài của bản tin số ${at} trong ngày hôm nay</a><span>0${1 + (at % 9)}/01/2024</span></div>`)}</body></html>`,
    ),
}

/** Hostile robots.txt files that a server answers with. */
const robots = {
  'robots.txt with 15,000 names and 20,000 rules': () =>
    bytes('User-agent: *\n'.repeat(15_000) + 'Disallow: /x\n'.repeat(20_000)),
  'robots.txt with 2,000 rules of 100 wildcards': () =>
    bytes(`User-agent: *\n${`Disallow: /${'*a'.repeat(100)}$\n`.repeat(2_000)}`),
}

/** Hostile lists of sources (OPML), of up to the size of the largest call that the web host accepts (1 MB). */
const lists = {
  'OPML with 3,000 sources': () =>
    bytes(
      `<opml version="2.0"><body>${many(3_000, (at) => `<outline text="Nguồn ${at}" xmlUrl="https://n${at}.example.vn/rss"/>`)}</body></opml>`,
    ),
  'OPML with 100,000 attributes': () =>
    bytes(`<opml><body><outline ${many(100_000, (at) => `a${at}="b" `)}/></body></opml>`),
}

/**
 * Reads the collection of feeds and pages in other encodings that may be beside this checkout. Returns an empty result
 * if it is not there.
 */
function readCollection() {
  const folder = join(root, '..', 'shared', 'data', 'security')
  const found = { files: {}, answers: {} }
  for (const [part, kind] of [
    ['charsets', 'files'],
    ['feeds', 'answers'],
  ])
    if (existsSync(join(folder, part)))
      for (const name of readdirSync(join(folder, part), { recursive: true }))
        if (/\.(?:html?|xml|rss|atom|json|txt)$/i.test(name) && statSync(join(folder, part, name)).isFile())
          found[kind][name] = () => readFileSync(join(folder, part, name))
  return found
}

export const collection = readCollection()
export const hostile = { files, answers, robots, lists }
