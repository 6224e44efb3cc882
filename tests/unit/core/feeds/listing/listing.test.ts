import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readListing } from '../../../../../src/core/feeds/listing/listing'
import { shared, sharedIsAbsent } from '../../../support/shared-data'

const at = 'https://tinh.example.vn/tin-tuc'
const summary = 'Ủy ban nhân dân tỉnh vừa ban hành kế hoạch phòng, chống thiên tai cho mùa mưa năm nay.'
const titles = [
  'Tỉnh triển khai kế hoạch phòng chống thiên tai năm 2020',
  'Các trường học sẵn sàng cho lễ khai giảng năm học mới',
  'Đoàn công tác kiểm tra tiến độ đường vào khu công nghiệp',
]

const menu = `<div class="main-menu"><ul>${[
  'Giới thiệu chung về tỉnh nhà',
  'Tin tức sự kiện trong tỉnh',
  'Văn bản chỉ đạo điều hành mới',
]
  .map((name, at) => `<li><a href="/muc-${at}">${name}</a></li>`)
  .join('')}</ul></div>`
const footer = '<div id="footer"><a href="/so-do">Sơ đồ cổng thông tin điện tử của tỉnh</a></div>'
const popularList = `<div class="col-right"><ul>${[7, 8, 9]
  .map((n) => `<li><a href="/doc-nhieu-${n}">Bài được bạn đọc quan tâm nhiều nhất trong tuần thứ ${n}</a></li>`)
  .join('')}</ul></div>`

/** Creates a page with the given blocks, and with the menu, side column and footer of a portal. */
function pageOf(blocks: readonly string[]): string {
  return `<html><head><title>Tin tức</title></head><body>${menu}<div class="wrap"><div class="ds">${blocks.join('\n')}</div>${popularList}</div>${footer}</body></html>`
}

describe('the entries of a listing', () => {
  it.each<[string, (title: string, n: number) => string, string | null, boolean]>([
    [
      'SharePoint: a table with the date in its own cell',
      (title, n) =>
        `<table class="news"><tr><td><a href="/Pages/tin.aspx?ItemID=${n}"><img src="/${n}.jpg"></a></td><td><a class="news-link" href="/Pages/tin.aspx?ItemID=${n}">${title}</a><br><span>(08/09/2020)</span><div>${summary}</div></td></tr></table>`,
      '2020-09-08',
      true,
    ],
    [
      'Liferay: the date beside a counter, with a 12-hour clock',
      (title, n) =>
        `<div class="asset-abstract"><h3 class="asset-title"><a href="/-/view/${n}">${title}</a></h3><div class="assetPublishDate">Ngày đăng 08/09/2020 | 03:48 PM | View count: 1549</div><div class="asset-summary">${summary}</div></div>`,
      '2020-09-08T15:48:00+07:00',
      true,
    ],
    [
      'NukeViet: heading, summary, and a line with the time and counters',
      (title, n) =>
        `<div class="news_column panel"><h3><a href="/news/bai-${n}.html" title="${title}">${title}</a></h3><div class="text-muted"><ul><li><em>&nbsp;</em> 08/09/2020 07:30</li><li>Đã xem: 25</li></ul></div>${summary}</div>`,
      '2020-09-08T07:30:00+07:00',
      true,
    ],
    [
      'VCCorp: a machine-readable date in an attribute, and a section link in every block',
      (title, n) =>
        `<div class="box-item"><a class="avatar" href="/bai-${n}.htm"><img alt=""></a><div><h2><a class="box-title" href="/bai-${n}.htm">${title}</a></h2><a class="cat" href="/muc-chinh-sach-moi-cua-chinh-phu.htm">Chỉ đạo, quyết định của Ủy ban nhân dân tỉnh</a><span class="time" title="2020-09-08T07:30:00">2 giờ trước</span><p>${summary}</p></div></div>`,
      '2020-09-08T07:30:00+07:00',
      true,
    ],
    [
      'one link around the whole block',
      (title, n) =>
        `<a class="card" href="/bai-${n}"><h3>${title}</h3><time datetime="2020-09-08T00:30:00Z">8/9</time><p>${summary}</p></a>`,
      '2020-09-08T07:30:00+07:00',
      true,
    ],
    [
      'a bare list with the date after the title',
      (title, n) => `<ul class="list"><li><a href="tin-tuc/${n}">${title} (08/09/2020)</a></li></ul>`,
      '2020-09-08',
      false,
    ],
    ['a bare list without dates', (title, n) => `<p><a href="tin-tuc/${n}">${title}</a></p>`, null, false],
  ])('readListing reads title, date and summary of each bulletin in %s', (_name, block, publishedAt, hasSummary) => {
    const { entries } = readListing(pageOf(titles.map(block)), at)
    expect(entries.map(({ title }) => title)).toEqual(titles)
    expect(new Set(entries.map((entry) => entry.publishedAt))).toEqual(new Set([publishedAt]))
    expect(new Set(entries.map(({ summary }) => summary))).toEqual(new Set([hasSummary ? summary : null]))
    expect(entries.every(({ url }) => url?.startsWith('https://tinh.example.vn/'))).toBe(true)
  })

  it('readListing ignores a date that is part of a sentence in a title or a summary', () => {
    const block = (n: number): string =>
      `<li><h3><a href="/b${n}">Quy định mới có hiệu lực từ ngày 10/4/2026</a></h3><p>Ngày 12/5/2020, Ủy ban nhân dân tỉnh đã họp bàn về việc này.</p></li>`
    const { entries } = readListing(pageOf([1, 2, 3].map(block)), at)
    expect(entries).toHaveLength(3)
    expect(entries[0]).toMatchObject({ publishedAt: null, title: 'Quy định mới có hiệu lực từ ngày 10/4/2026' })
  })

  it('readListing reads the full title from an attribute if the page shortens it', () => {
    const block = (n: number): string =>
      `<li><a href="/b${n}" title="Bài &lt;b&gt;số ${n}&lt;/b&gt; nói về việc trồng rừng ở các xã">Bài &lt;b&gt;số ${n}&lt;/b&gt; nói về...</a><i>08/09/2020</i></li>`
    const { entries } = readListing(pageOf([1, 2].map(block)), at)
    expect(entries[0]?.title).toBe('Bài <b>số 1</b> nói về việc trồng rừng ở các xã')
  })

  it('readListing returns no entries for a page that lists no bulletins', () => {
    expect(readListing(pageOf([`<h1>Giới thiệu</h1><p>${summary}</p>`]), at).entries).toEqual([])
    expect(readListing('', at).entries).toEqual([])
  })

  it('readListing stops at its limits on a page that is made to take much time', () => {
    const deep = readListing(`${'<div>'.repeat(300_000)}<a href="/a">${titles[0]}</a>`, at)
    expect(deep.isCut).toBe(true)
    const wide = readListing(`<ul>${`<li><a href="/a1">${titles[0]}</a>`.repeat(100_000)}`, at)
    expect(wide.isCut).toBe(true)
    // This page has many links in the same blocks, deeply nested elements, and long classes.
    const link = (n: number): string =>
      `<li><a href="/a">${titles[0]}</a><a href="/b${n}">${titles[1]} ${n}</a><a href="?p=${n}">${n}</a></li>`
    const dense = `${`<div class="${'tin '.repeat(100)}">`.repeat(400)}<ul>${Array.from({ length: 6_000 }, (_none, n) => link(n)).join('')}`
    expect(readListing(dense, at).isCut).toBe(true)
  })
})

describe('the next page of a listing', () => {
  const numbers = (current: number, link: (n: number) => string): string =>
    `<div class="so-trang">${[1, 2, 3].map((n) => (n === current ? `<b>${n}</b>` : `<a href="${link(n)}">${n}</a>`)).join(' ')}</div>`
  it.each<[string, string, string]>([
    ['a word', '<a href="?page=3">Trang sau</a>', 'https://tinh.example.vn/tin-tuc?page=3'],
    ['a word with a symbol', '<a href="?page=3">Tiếp theo »</a>', 'https://tinh.example.vn/tin-tuc?page=3'],
    ['rel="next"', '<a rel="next" href="/tin-tuc/trang-3">3</a>', 'https://tinh.example.vn/tin-tuc/trang-3'],
    [
      'a symbol, but not the symbol of the last page',
      '<div class="pager"><a href="?p=9">»</a><a href="?p=3">›</a></div>',
      'https://tinh.example.vn/tin-tuc?p=3',
    ],
    [
      'page numbers, after the one without a link',
      numbers(2, (n) => `?PageIndex=${n}`),
      'https://tinh.example.vn/tin-tuc?PageIndex=3',
    ],
    [
      'page numbers of Liferay',
      numbers(1, (n) => `?p_p_id=101&_101_cur=${n}`),
      'https://tinh.example.vn/tin-tuc?p_p_id=101&_101_cur=2',
    ],
    [
      'page numbers, although the list itself contains numbers',
      `<h3><a href="/b1">Bài viết số 45 về trồng rừng</a></h3> 45 ${numbers(2, (n) => `?page=${n}`).replace('<div class="so-trang">', '<div>')}`,
      'https://tinh.example.vn/tin-tuc?page=3',
    ],
    [
      'the page numbers of the first of two pagers',
      `${numbers(2, (n) => `?page=${n}`)}<p>Trang 1 của 45</p>${numbers(2, (n) => `?page=${n}`)}`,
      'https://tinh.example.vn/tin-tuc?page=3',
    ],
  ])('readListing finds the next page by %s', (_name, pager, next) => {
    expect(readListing(pageOf([pager]), at).next).toBe(next)
  })

  it.each([
    ['on the last page', numbers(3, (n) => `?page=${n}`)],
    ['without a pager', '<a href="/bai">Bài tiếp nối truyền thống</a>'],
  ])('readListing finds no next page on a page %s', (_name, pager) => {
    expect(readListing(pageOf([pager]), at).next).toBeNull()
  })

  it('readListing reports that only a script can open the next page', () => {
    const pager = `<a href="javascript:__doPostBack('ctl00$pager','2')">2</a>`
    expect(readListing(pageOf([pager]), at)).toMatchObject({ next: null, isScripted: true })
    expect(readListing(pageOf([]), at).isScripted).toBe(false)
  })
})

describe('saved listings of real portals', () => {
  const folder = shared('data/extraction/vi-dev')
  // The numbers are the bulletins of the main content, counted by hand. Side columns such as "most read" were not
  // counted.
  it.skipIf(!existsSync(folder)).each([
    ['list_baochinhphu', 'https://baochinhphu.vn/chinh-sach-va-cuoc-song/chinh-sach-moi.htm', 24, 19],
    ['list_cafef', 'https://cafef.vn/thi-truong-chung-khoan.chn', 24, 24],
    ['list_vnexpress', 'https://vnexpress.net/kinh-doanh', 50, 42],
    ['liferay_sotttt_cong-nghe-thong-tin', 'https://sotttt.hanoi.gov.vn/cong-nghe-thong-tin', 10, 10],
    ['liferay_sotttt_phong-bao-chi-xuat-ban', 'https://sotttt.hanoi.gov.vn/phong-bao-chi-xuat-ban', 0, 0],
  ])(`readListing finds all bulletins in %s (skipped if ${sharedIsAbsent})`, (name, address, wanted, dated) => {
    const { entries } = readListing(readFileSync(`${folder}/${name}/page.html`, 'utf8'), address)
    expect(entries).toHaveLength(wanted)
    expect(entries.filter(({ publishedAt }) => publishedAt !== null).length).toBeGreaterThanOrEqual(dated)
    expect(entries.every(({ title }) => title !== null && title.length > 10)).toBe(true)
  })
})
