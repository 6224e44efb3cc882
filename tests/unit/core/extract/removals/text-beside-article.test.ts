import { describe, expect, it } from 'vitest'
import { parsePack } from '../../../../../src/core/extract/portals/pack'
import { extracted, pageOf, paragraphsOf } from '../../../support/extract'

// Each test checks one rule: a certain box beside the article is removed, or a similar box stays.
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
/** A text about the commune that is longer than the article. */
const longText = `<table><tr><td>${p(Array.from({ length: 5 }, (_each, at) => `Phần ${at}: xã có diện tích tự nhiên 45 km², địa hình chủ yếu là đồi núi thấp xen kẽ các cánh đồng nhỏ hẹp ven suối, dân cư sống thành từng thôn.`))}</td></tr></table>`
/** A list with more text than the article, but without prose. */
const longList = `<ul>${Array.from({ length: 150 }, (_each, at) => `<li>Văn bản số ${at} của xã</li>`).join('')}</ul>`
const formText = 'Bạn có thể nhập họ tên, địa chỉ và nội dung cần hỏi vào đây để được trả lời trong ba ngày làm việc.'

const others = ['Tiêm phòng dại cho đàn chó nuôi ở sáu thôn', 'Ra mắt tổ y tế lưu động của xã vùng cao']
/** Two cards of other articles. */
const cards = others
  .map((text) => `<div class="the"><h4><a href="/${text.length}.html">${text}</a></h4><p>${formText}</p></div>`)
  .join('')

describe('removeBoilerplate, with a box beside the article', () => {
  it.each<[string, string]>([
    ['a form', `<form><p>${formText}</p><input></form>`],
    [
      'a nav with links',
      `<nav><p>${formText}</p><a href="/a.html">${others[0]}</a> <a href="/b.html">${others[1]}</a></nav>`,
    ],
    ['an aside with a class name for side columns', `<aside class="sidebar"><p>${formText}</p></aside>`],
    ['an aside with cards of other articles', `<aside>${cards}</aside>`],
    ['an aside without prose', '<aside><p>Chuyên mục sức khỏe</p></aside>'],
    ['a box with the attribute hidden', `<div hidden><p>${formText}</p></div>`],
    ['a box that screen readers skip', `<div aria-hidden="true"><p>${formText}</p></div>`],
    ['a box with the style display: none', `<div style="display: none"><p>${formText}</p></div>`],
    [
      'a box that its style moves off the page',
      `<div style="position:absolute; left:-9999px"><p>${formText}</p></div>`,
    ],
    ['a box with cards of articles and the class name tin-lien-quan', `<div class="tin-lien-quan">${cards}</div>`],
    ['a small box with the class name post-meta', '<div class="post-meta"><p>Chuyên mục sức khỏe cộng đồng</p></div>'],
    ['a line of controls', '<p>Tăng cỡ chữ Giảm cỡ chữ</p>'],
    ['a line with controls for the text size', '<p>Cỡ chữ: A- A A+</p>'],
    ['a view counter', '<p>Lượt xem: 1.204</p>'],
    ['the title of a web part', '<p>PublishingPortal - Block_BanTin_ViewData</p>'],
    ['a breadcrumb path', '<p>Trang chủ » Tin tức » Y tế</p>'],
    ['a breadcrumb path without the home page', '<p>Tin tức > Y tế > Tập huấn cho đội xung kích</p>'],
    ['buttons without spaces between their labels', '<div><a href="#">In trang</a><a href="#">Gửi email</a></div>'],
  ])('removeBoilerplate removes %s', (_what, box) => {
    expect(read(page(box))).toEqual(body)
  })

  it.each<[string, string]>([
    ['a nav', `<nav><p>${formText}</p></nav>`],
    ['a footer', `<footer><p>${formText}</p></footer>`],
    ['an aside', `<aside><p>${formText}</p></aside>`],
    ['a header', `<header><p>${formText}</p></header>`],
    ['a box with an ARIA role', `<div role="complementary"><p>${formText}</p></div>`],
    ['a box with the class tin-lien-quan', `<div class="tin-lien-quan"><p>${formText}</p></div>`],
    ['a box whose class name is made from its heading', `<div class="quang-cao-ngoai-troi"><p>${formText}</p></div>`],
    ['a heading with the id lien-quan', `<h3 id="lien-quan">Các bên có liên quan</h3><p>${formText}</p>`],
    [
      'a box with a table and the class name related',
      `<div class="related"><table><tr><td>Thôn</td><td>Số hộ</td></tr><tr><td>Nà Lìn</td><td>42</td></tr></table><p>${formText}</p></div>`,
    ],
  ])(
    'removeBoilerplate keeps prose inside the article in %s, because two signs are needed to remove prose',
    (_what, box) => {
      expect(read(page(box))).toContain(formText)
    },
  )

  it.each<[string, string]>([
    ['a footer', `<footer><p>${formText}</p></footer>`],
    ['an aside', `<aside><p>${formText}</p></aside>`],
    ['a box with an ARIA role', `<div role="complementary"><p>${formText}</p></div>`],
    ['a box with the class tin-lien-quan', `<div class="tin-lien-quan"><p>${formText}</p></div>`],
  ])('removeBoilerplate removes prose outside the element with the text in %s', (_what, box) => {
    expect(read(pageOf(`<div>${inner(p(body))}</div>${box}`))).toEqual(body)
  })

  it('removeBoilerplate removes a box with a class name for comments even if the comments are longer than the article', () => {
    const comments = Array.from(
      { length: 4 },
      (_each, at) => `<div><p>${at}. ${first.slice(0, 90)}. ${formText}</p></div>`,
    )
    expect(read(page('', `<div class="comments">${comments.join('')}</div>`))).toEqual(body)
  })

  it('removeBoilerplate removes the comments below a heading for comments, even if their box has no class name for comments', () => {
    const comments = `<div><h3>Ý kiến bạn đọc</h3><p>Lường Thị Mai (21/03/2025)</p><p>Thôn tôi cũng vừa học xong, rất bổ ích cho bà con.</p></div>`
    expect(read(page('', comments))).toEqual(body)
  })
})

const besideNames =
  'newsFooter leftSidebar share shares sharing sharer sharebar social socialBar follow follow-us relate related relatednews newsrelated lienquan tin-khac tinMoi tincuhon tin-noi-bat tin-doc-nhieu tin-xem-nhieu bai-khac xem-them xemnhieu doc-them docnhieu footer comment comments commentlist comment-form commentarea commentsection commentcount commentbox disqus_thread fbcomments respond binhluan phan-hoi y-kien breadcrumb sidebar sidebarright advert advertisement ad ads adslot adwrapper sponsor sponsored quangcao newsletter subscribe subscription signup sign-up promo promotion recommend recommended recirc mostread most-popular popular trending outbrain taboola readmore read-next see-also also-read more-stories moreon you-may rollover-x next-article nextpost next-up prev-story previouspost postnav about-the-author authorbio author-info bio tag tags tag-list tagcloud topics cookie cookies consent gdpr paywall modal popup pop-up tooltip sr-only visually-hidden screen-reader-text skip-link off-screen print-only no-display hidden tindnd'.split(
    ' ',
  )
const smallNames =
  'menu banner cochu font-size textsize text-resizer pagination paging pager rating ratings vote votes print toolbox toolbar toolbars tools utility utilities articlemeta article-tools entry-meta post-info postTags meta byline news-byline dateline timestamp viewcount luot-xem count counter copyright disclaimer audio podcast credit credits watch login search'.split(
    ' ',
  )

describe('removeBoilerplate, with the class name or id of a box', () => {
  it.each([...besideNames, ...smallNames])('removeBoilerplate removes a box with the class name %s', (name) => {
    const line = 'Chuyên mục sức khỏe cộng đồng của xã'
    expect(read(page(`<div class="${name}"><p>${line}</p></div>`))).toEqual(body)
    expect(read(page(`<div id="${name}"><p>${line}</p></div>`))).toEqual(body)
  })

  it.each(['tin', 'nd', 'baiviet', 'thumb', 'adapter', 'hashtag', 'xuatban', 'shared-kernel'])(
    'control: removeBoilerplate keeps a box with the class name %s',
    (name) => {
      const line = 'Chuyên mục sức khỏe cộng đồng của xã'
      expect(read(page(`<div class="${name}"><p>${line}</p></div>`))).toContain(line)
    },
  )
})

it('extractBulletin keeps the boxes in the list "keep" of a pack and removes the boxes in the list "drop"', () => {
  const pack = {
    format: 'bantin-pack/1',
    id: 'cua-xa',
    version: 1,
    name: 'Cổng xã',
    status: 'unverified',
    lastGood: '2025-03-20',
    basis: 'Written for this test.',
    match: { any: ['.cua-xa'] },
    drop: ['.bo'],
    keep: ['.related'],
  } as const
  const html = page(
    `<i class="cua-xa"></i><div class="related"><p>Chuyên mục sức khỏe</p></div><div class="bo"><p>${formText} Bỏ.</p></div>`,
  )
  const packs = [parsePack(JSON.stringify(pack), 'cua-xa.json')]
  expect(paragraphsOf(extracted(html, undefined, { packs }))).toEqual([first, 'Chuyên mục sức khỏe', second, third])
  expect(read(html)).not.toContain('Chuyên mục sức khỏe')
})

describe('removeBoilerplate, with parts of the article', () => {
  it.each<[string, string]>([
    ['a form around the page', `<form>${inner(p(body))}</form>`],
    ['an aside that contains the article', `<aside>${inner(p(body))}</aside>`],
    [
      'a box with most of the text and the class name related',
      `<div>${inner(`<div class="related">${p(body)}</div>`)}</div>`,
    ],
    ['a footer with the markup of an article', `<footer><div itemprop="articleBody">${inner(p(body))}</div></footer>`],
    [
      'an article in a box with the class name tin-noi-bat, beside a longer text',
      `<div class="tin-noi-bat"><article>${inner(p(body))}</article></div>${longText}`,
    ],
    [
      'a box with a title and the class name widget, beside a long list',
      `<div class="widget">${inner(p(body))}</div>${longList}`,
    ],
    ['an article in an aside, beside a longer text', `<aside>${inner(p(body))}</aside>${longText}`],
    [
      'a box with the class names has-sidebar and no-footer',
      `<div class="has-sidebar no-footer">${inner(p(body))}</div>`,
    ],
  ])('removeBoilerplate keeps %s', (_what, html) => {
    expect(read(pageOf(`${html}<div><p>${formText}</p></div>`))).toEqual(expect.arrayContaining(body))
  })

  it.each<[string, string]>([
    ['a footer', `<footer><div itemprop="articleBody">${p(body)}</div></footer>`],
    ['an aside', `<aside><article>${p(body)}</article></aside>`],
  ])('removeBoilerplate keeps %s below the title, in the markup of an article', (_what, box) => {
    expect(read(pageOf(`<div>${inner('')}${box}</div>${longText}`))).toEqual(expect.arrayContaining(body))
  })

  it('removeBoilerplate keeps paragraphs that are each in a separate box with the class name popular', () => {
    const texts = Array.from({ length: 6 }, (_each, at) => `Ngày thứ ${at}. ${first}`)
    expect(read(pageOf(inner(texts.map((text) => `<div class="popular"><p>${text}</p></div>`).join(''))))).toEqual(
      texts,
    )
  })

  it('removeBoilerplate keeps files for download in a box with the class name related', () => {
    const box = '<div class="related">Tệp đính kèm: <a href="/f/danh-sach.pdf">Danh sách học viên.pdf</a></div>'
    expect(extracted(page('', box)).media.attachments).toHaveLength(1)
  })

  it('removeBoilerplate keeps a quotation from a social network', () => {
    const quotation = 'Cảm ơn các bác sĩ đã dạy cho chúng em ba ngày rất bổ ích.'
    expect(read(page(`<div class="social-embed"><blockquote><p>${quotation}</p></blockquote></div>`))).toContain(
      quotation,
    )
  })

  it("removeBoilerplate keeps a control's label inside a sentence", () => {
    const sentence = 'Bấm <a href="/in">in trang</a> nếu cần bản giấy của bài kiểm tra này.'
    expect(read(page(`<p>${sentence}</p>`))).toContain('Bấm in trang nếu cần bản giấy của bài kiểm tra này.')
  })

  it('removeBoilerplate keeps “Tải về” if it is the only name of a file', () => {
    expect(extracted(page('<p><a href="/f/de-cuong.docx">Tải về</a></p>')).media.attachments).toHaveLength(1)
  })
})

function inner(text: string): string {
  return `<h1>Bế mạc lớp tập huấn sơ cấp cứu</h1><p>20/03/2025</p>${text}`
}
