import { describe, expect, it } from 'vitest'
import { extracted } from '../../../support/extract'

const paragraphs = [
  'Ủy ban nhân dân xã đã họp với các thôn về việc chỉnh trang khu dân cư, giao từng tổ dân phố lập danh sách hộ tham gia.',
  'Tổng kinh phí dự kiến là 2,4 tỷ đồng, trong đó nhân dân đóng góp ngày công và hiến 1.200 mét vuông đất làm đường.',
  'Kế hoạch được triển khai từ tháng tới và hoàn thành trước mùa mưa, có sự giám sát của Mặt trận Tổ quốc và các đoàn thể.',
]
const [first = '', second = '', third = ''] = paragraphs
const texts = [
  'Nhiều hộ đề nghị xã bố trí thêm điểm tập kết rác và sớm sửa cầu treo qua suối vì vào mùa lũ học sinh đi lại rất nguy hiểm.',
  'Xã ghi nhận, giao cán bộ địa chính kiểm tra thực địa và trả lời bằng văn bản trong mười ngày làm việc kể từ hôm nay.',
]
const p = (text: string): string => `<p>${text}</p>`
const all = (items: readonly string[]): string => items.map(p).join('')
const page = (inner: string): string =>
  `<html><head><title>Xã bàn việc chỉnh trang khu dân cư - Cổng xã</title></head><body><div class="top"><ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul></div><div class="container"><div class="col-left"><h1>Xã bàn việc chỉnh trang khu dân cư</h1><div class="ngay">12/05/2025</div><div class="noidung">${inner}</div></div><div class="col-right"><h3>Tin mới</h3><ul><li><a href="/a">Hội nghị sơ kết sáu tháng đầu năm của xã</a></li><li><a href="/b">Phát động phong trào trồng cây xanh</a></li></ul></div></div><div class="footer"><p>Cơ quan chủ quản: UBND xã. Giấy phép số 1/GP</p></div></body></html>`
/** Returns the wanted texts that are missing from the bulletin of a page. */
const findLost = (inner: string, wanted: readonly string[]): string[] => {
  const { text } = extracted(page(inner), null)
  const found = `${text.summary ?? ''} ${text.bodyHtml.replace(/<[^>]+>/g, ' ')}`
  return wanted.filter((each) => !found.includes(each))
}

const names =
  'y-kien lien-quan quang-cao binh-luan y-kien-cu-tri van-ban-lien-quan quang-cao-thuong-mai binh-luan-cua-chuyen-gia phan-hoi chia-se tags-va-nhan related-laws comments-received popular-festivals footer-notes sidebar-text widget-area-1 share-holders ads-policy tin-moi noi-bat news-related comment promo hidden-costs menu-tuan banner-thi-dua search-results print-area content-footer social-policy doc-nhieu xem-them'.split(
    ' ',
  )

describe('removeBoilerplate, with a section of the article whose class name contains a word such as "comment"', () => {
  it.each(names)('removeBoilerplate keeps a section with the class name %s, inside the text and at its end', (name) => {
    const inner = `<h3 id="${name}-h">Mục về việc này</h3>${all(texts)}`
    for (const section of [
      `<section id="${name}">${inner}</section>`,
      `<div class="${name}">${inner}</div>`,
      `<div class="box ${name}" id="${name}-2"><div class="inner">${inner}</div></div>`,
    ]) {
      expect(findLost(p(first) + section + p(second) + p(third), [...paragraphs, ...texts])).toEqual([])
      expect(findLost(all(paragraphs) + section, [...paragraphs, ...texts])).toEqual([])
    }
  })

  it.each('header aside footer blockquote nav form fieldset figure address details'.split(' '))(
    'removeBoilerplate keeps prose in an element %s, wherever in the text the element is',
    (tag) => {
      const box = `<${tag}>${all(texts)}</${tag}>`
      const wanted = [...paragraphs, ...texts]
      expect(findLost(box + all(paragraphs), wanted)).toEqual([])
      expect(findLost(p(first) + box + p(second) + p(third), wanted)).toEqual([])
      expect(findLost(all(paragraphs) + box, wanted)).toEqual([])
    },
  )
})

const documents = [
  'Quyết định phê duyệt quy hoạch chi tiết khu trung tâm',
  'Kế hoạch vận động hiến đất làm đường năm nay',
  'Hướng dẫn lập hồ sơ hỗ trợ vật liệu xây dựng',
  'Biên bản họp thôn về mức đóng góp',
]
const a = (text: string): string => `<a href="/vb/${text.length}.html">${text}</a>`
const each = (render: (text: string, at: number) => string): string => documents.map(render).join('')

describe('removeLinkLists, with links to documents that the text is about', () => {
  it.each<[string, string]>([
    ['a list', `<ul>${each((text) => `<li>${a(text)}</li>`)}</ul>`],
    ['paragraphs', each((text) => p(a(text)))],
    ['boxes', `<div>${each((text) => `<div>${a(text)}</div>`)}</div>`],
    ['a table', `<table>${each((text, at) => `<tr><td>${at + 1}</td><td>${a(text)}</td></tr>`)}</table>`],
    [
      'a table with dates',
      `<table>${each((text, at) => `<tr><td><a href="/so/${at}">1${at}/QĐ-UBND</a></td><td>${a(text)}</td><td>0${at + 1}/05/2025</td></tr>`)}</table>`,
    ],
    ['lines', `<p>${documents.map(a).join('<br>')}</p>`],
    ['a list of terms', `<dl>${each((text) => `<dt>${a(text)}</dt><dd>Đăng trên cổng</dd>`)}</dl>`],
    ['a list with dates', `<ul>${each((text, at) => `<li>${a(text)} (0${at + 1}/05/2025)</li>`)}</ul>`],
  ])('removeLinkLists keeps the links in %s', (_what, list) => {
    const wanted = [...paragraphs, ...documents]
    expect(findLost(p(first) + p('Các văn bản cần đọc:') + list + p(second) + p(third), wanted)).toEqual([])
    expect(findLost(p(first) + list + p(second) + p(third), wanted)).toEqual([])
    expect(findLost(all(paragraphs) + p('Danh sách các văn bản:') + list, wanted)).toEqual([])
    expect(findLost(all(paragraphs) + p('Bà con có thể đọc toàn văn các văn bản dưới đây.') + list, wanted)).toEqual([])
  })

  it('control: removeLinkLists removes the same links if they stand at the end of a text, below a heading for other articles', () => {
    const list = `<h3>Tin liên quan</h3><ul>${each((text) => `<li>${a(text)}</li>`)}</ul>`
    expect(findLost(all(paragraphs) + list, documents)).toEqual(documents)
  })
})
