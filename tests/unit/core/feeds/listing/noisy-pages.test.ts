import { describe, expect, it } from 'vitest'
import { readListing } from '../../../../../src/core/feeds/listing/listing'

const at = 'https://nammau.example.vn/tin-tuc'
const things = [
  'dưa lưới',
  'đường thôn',
  'lớp học xóa mù',
  'nhà văn hóa',
  'giống lúa mới',
  'hội xuân',
  'bể nước sạch',
  'cầu treo',
  'đàn dê',
  'rừng hồi',
]
const own = things.map((thing, n) => ({
  url: `https://nammau.example.vn/tin-tuc/bai-${n}.html`,
  title: `Xã Nam Mẫu bàn việc chăm lo ${thing} cho bà con`,
}))
const date = (n: number): string => `${String(n + 1).padStart(2, '0')}/08/2025`
const sapo = 'Buổi làm việc có đại diện các thôn và hai hợp tác xã, kết luận sẽ gửi về thôn trong tuần.'
const card = ({ url, title }: { url: string; title: string }, n: number, more = ''): string =>
  `<div class="item"><a href="${url}"><img src="/${n}.jpg"></a><h3><a href="${url}">${title}</a></h3><span class="d">${date(n)}</span><p>${sapo}</p>${more}</div>`
const plain = ({ url, title }: { url: string; title: string }, n: number): string =>
  `<li><a href="${url}">${title}</a> <i>(${date(n)})</i></li>`
const list = `<div class="list-x">${own.map((each, n) => card(each, n)).join('')}</div>`
const others = (prefix: string, name: string): { url: string; title: string }[] =>
  [1, 2, 3, 4, 5].map((n) => ({
    url: `https://nammau.example.vn/${prefix}/khac-${n}.html`,
    title: `${name} số ${n} được bà con trong xã quan tâm tuần này`,
  }))
const pictured = (items: readonly { url: string; title: string }[]): string =>
  items
    .map(
      ({ url, title }, n) =>
        `<div class="it"><a href="${url}"><img src="/s${n}.jpg"></a><h4><a href="${url}">${title}</a></h4></div>`,
    )
    .join('')
const ads = `<div class="owl">${[1, 2, 3].map((n) => `<div class="x"><h3><a href="https://quangcao.example.com/san-pham-${n}"><img src="/q${n}.jpg">Ưu đãi lớn cho khách hàng thân thiết số ${n}</a></h3><p>Giảm giá đến hết tháng cho mọi đơn hàng đặt trước qua trang của chúng tôi.</p></div>`).join('')}</div>`
const menu =
  '<ul class="menu"><li><a href="/gioi-thieu">Giới thiệu chung về xã Nam Mẫu</a></li><li><a href="/tin-tuc">Tin tức sự kiện trong xã Nam Mẫu</a></li></ul>'

describe('listings with boxes beside the list', () => {
  it.each<[string, string]>([
    [
      'a header that is never closed',
      `<div id="header">${menu}<div class="wrap">${list}</div><div id="footer">© Nam Mẫu</div>`,
    ],
    [
      'a header and a menu that are never closed',
      `<div class="site-header"><div class="nav">${menu}<div>${list}</div>`,
    ],
    [
      'a box "Đọc nhiều" without a class name',
      `${menu}<div>${list}</div><div class="c2"><h3>Đọc nhiều</h3>${pictured(others('tin-tuc', 'Bài viết'))}</div>`,
    ],
    [
      'a box "Tin xem nhiều nhất" with dates',
      `<div>${list}</div><div class="k"><div><span>Tin xem nhiều nhất</span></div><div>${others('tin-tuc', 'Câu chuyện')
        .map((each, n) => card(each, n))
        .join('')}</div></div>`,
    ],
    [
      'a box in a right column',
      `<div class="row"><div class="col-md-8">${list}</div><div class="col-right"><div class="news-box">${pictured(others('tin-tuc', 'Thông tin'))}</div></div></div>`,
    ],
    ['a slider of advertisements', `${menu}${ads}<div>${list}</div>`],
    [
      'a box of videos',
      `<div>${list}</div><div class="blk"><h2>Video</h2>${pictured(others('clip', 'Phóng sự'))}</div>`,
    ],
    ['a gallery', `<div>${list}</div><div class="thu-vien-anh news">${pictured(others('anh', 'Chùm ảnh'))}</div>`],
    [
      'a box of another section',
      `<div>${list}</div><div class="q"><h3>Thông báo</h3>${pictured(others('thong-bao', 'Thông báo'))}</div>`,
    ],
    [
      'a first card with another shape',
      `<div class="list-x"><div class="top-big"><h2><a href="${own[0]?.url}">${own[0]?.title}</a></h2><p>${sapo}</p></div>${own
        .slice(1)
        .map((each, n) => card(each, n))
        .join('')}</div>`,
    ],
    [
      'cards of alternating classes',
      `<div class="list-x">${own.map((each, n) => card(each, n).replace('class="item"', n % 2 === 0 ? 'class="item left-one"' : 'class="item alt-two"')).join('')}</div>`,
    ],
    [
      'a plain list with dates and a side list',
      `${menu}<ul class="ds">${own.map(plain).join('')}</ul><div class="z"><b>Được quan tâm nhiều</b><ul>${others(
        'tin-tuc',
        'Tin bài',
      )
        .map(({ url, title }) => `<li><a href="${url}">${title}</a></li>`)
        .join('')}</ul></div>`,
    ],
    [
      'rows of a table',
      `<table class="tb">${own.map(({ url, title }, n) => `<tr><td>${n + 1}</td><td><a href="${url}">${title}</a></td><td>${date(n)}</td></tr>`).join('')}</table>${ads}`,
    ],
    ['the list in an element named right', `<div id="right">${list}</div>`],
  ])('readListing finds the entries of the main list and nothing else in a page with %s', (_name, body) => {
    const { entries } = readListing(`<html><head><title>Tin tức</title></head><body>${body}</body></html>`, at)
    expect(entries.map(({ url }) => url).sort()).toEqual(own.map(({ url }) => url).sort())
    expect(entries.filter(({ publishedAt }) => publishedAt !== null).length).toBeGreaterThanOrEqual(own.length - 1)
  })

  it('readListing finds the entries of a list that leads only to other sites', () => {
    const foreign = own.map(({ title }, n) => ({ url: `https://bao${n}.example.com/bai-${n}.html`, title }))
    const { entries } = readListing(`<body><div>${foreign.map((each, n) => card(each, n)).join('')}</div></body>`, at)
    expect(entries).toHaveLength(foreign.length)
  })
})
