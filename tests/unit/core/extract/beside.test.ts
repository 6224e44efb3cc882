import { describe, expect, it } from 'vitest'
import { extracted, pageOf, paragraphsOf } from '../../support/extract'

// One rule each: what stands beside a text and goes, and what looks like it and stays.
const body = [
  'Chiều 20/3, lớp tập huấn sơ cấp cứu cho đội xung kích của sáu thôn bế mạc sau ba ngày học lý thuyết và thực hành tại nhà văn hóa xã.',
  'Bốn mươi hai học viên đã làm bài kiểm tra băng bó vết thương, cố định xương gãy và ép tim ngoài lồng ngực; tất cả đều đạt yêu cầu.',
  'Trạm y tế xã sẽ cấp cho mỗi đội một túi cứu thương và hẹn kiểm tra lại vào đầu mùa mưa.',
]
const [first = '', second = '', third = ''] = body
const p = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('')
const page = (between: string, after = ''): string =>
  pageOf(
    `<div><h1>Bế mạc lớp tập huấn sơ cấp cứu</h1><p>20/03/2025</p>${p([first])}${between}${p([second, third])}${after}</div>`,
  )
const read = (html: string): string[] => paragraphsOf(extracted(html))
const words = 'Bạn có thể nhập họ tên, địa chỉ và nội dung cần hỏi vào đây để được trả lời trong ba ngày làm việc.'

describe('goes, though it reads like the text', () => {
  it.each<[string, string]>([
    ['a form', `<form><p>${words}</p><input></form>`],
    ['a nav', `<nav><p>${words}</p></nav>`],
    ['a footer', `<footer><p>${words}</p></footer>`],
    ['an aside', `<aside><p>${words}</p></aside>`],
    ['a header', `<header><p>${words}</p></header>`],
    ['a box with a role', `<div role="complementary"><p>${words}</p></div>`],
    ['a box that is hidden', `<div hidden><p>${words}</p></div>`],
    ['a box for nobody’s ears', `<div aria-hidden="true"><p>${words}</p></div>`],
    ['a box that is not shown', `<div style="display: none"><p>${words}</p></div>`],
    ['a box off the page', `<div style="position:absolute; left:-9999px"><p>${words}</p></div>`],
    ['a box named apart', `<div class="tin-lien-quan"><p>${words}</p></div>`],
    ['a small box with a common name', '<div class="post-meta"><p>Chuyên mục sức khỏe cộng đồng</p></div>'],
    ['a line of controls', '<p>Tăng cỡ chữ Giảm cỡ chữ</p>'],
    ['the size between the sizes', '<p>Cỡ chữ: A- A A+</p>'],
    ['a counter', '<p>Lượt xem: 1.204</p>'],
    ['a web part’s title', '<p>PublishingPortal - Block_BanTin_ViewData</p>'],
    ['a path', '<p>Trang chủ » Tin tức » Y tế</p>'],
    ['buttons without blanks between', '<div><a href="#">In trang</a><a href="#">Gửi email</a></div>'],
  ])('%s', (_what, box) => {
    expect(read(page(box))).toEqual(body)
  })

  it('comments longer than the text, by their name', () => {
    const comments = Array.from(
      { length: 4 },
      (_each, at) => `<div><p>${at}. ${first.slice(0, 90)}. ${words}</p></div>`,
    )
    expect(read(page('', `<div class="comments">${comments.join('')}</div>`))).toEqual(body)
  })

  it('comments under their heading, without a name', () => {
    const comments = `<div><h3>Ý kiến bạn đọc</h3><p>Thôn tôi cũng vừa học xong, rất bổ ích cho bà con.</p></div>`
    expect(read(page('', comments))).toEqual(body)
  })
})

describe('stays, though its name or place speaks against it', () => {
  it.each<[string, string]>([
    ['a form around the page', `<form>${inner(p(body))}</form>`],
    ['an aside with the article in it', `<aside>${inner(p(body))}</aside>`],
    ['a box named apart with most of the text', `<div>${inner(`<div class="related">${p(body)}</div>`)}</div>`],
    ['a footer with an article’s marks', `<footer><div itemprop="articleBody">${inner(p(body))}</div></footer>`],
    ['a box that says what is beside it', `<div class="has-sidebar no-footer">${inner(p(body))}</div>`],
  ])('%s', (_what, html) => {
    expect(read(pageOf(`${html}<div><p>${words}</p></div>`))).toEqual(expect.arrayContaining(body))
  })

  it('files to hand out in a box named apart', () => {
    const box = '<div class="related">Tệp đính kèm: <a href="/f/danh-sach.pdf">Danh sách học viên.pdf</a></div>'
    expect(extracted(page('', box)).media.attachments).toHaveLength(1)
  })

  it('a quotation from a social network', () => {
    const quotation = 'Cảm ơn các bác sĩ đã dạy cho chúng em ba ngày rất bổ ích.'
    expect(read(page(`<div class="social-embed"><blockquote><p>${quotation}</p></blockquote></div>`))).toContain(
      quotation,
    )
  })

  it('a word named like a control inside a sentence', () => {
    const sentence = 'Bấm <a href="/in">in trang</a> nếu cần bản giấy của bài kiểm tra này.'
    expect(read(page(`<p>${sentence}</p>`))).toContain('Bấm in trang nếu cần bản giấy của bài kiểm tra này.')
  })

  it('“Tải về” where it is all that names a file', () => {
    expect(extracted(page('<p><a href="/f/de-cuong.docx">Tải về</a></p>')).media.attachments).toHaveLength(1)
  })
})

function inner(text: string): string {
  return `<h1>Bế mạc lớp tập huấn sơ cấp cứu</h1><p>20/03/2025</p>${text}`
}
