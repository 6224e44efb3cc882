import { describe, expect, it } from 'vitest'
import { parsePack } from '../../../../../src/core/extract/portals/pack'
import { extracted, pageOf, paragraphsOf } from '../../../support/extract'

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
/** What a page says of itself, longer than its news. */
const long = `<table><tr><td>${p(Array.from({ length: 5 }, (_each, at) => `Phần ${at}: xã có diện tích tự nhiên 45 km², địa hình chủ yếu là đồi núi thấp xen kẽ các cánh đồng nhỏ hẹp ven suối, dân cư sống thành từng thôn.`))}</td></tr></table>`
/** More letters than the news has, but no prose. */
const many = `<ul>${Array.from({ length: 150 }, (_each, at) => `<li>Văn bản số ${at} của xã</li>`).join('')}</ul>`
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
    ['a path without its beginning', '<p>Tin tức > Y tế > Tập huấn cho đội xung kích</p>'],
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

const apart =
  'newsFooter leftSidebar share shares sharing sharer sharebar social socialBar follow follow-us relate related relatednews newsrelated lienquan tin-khac tinMoi tincuhon tin-noi-bat tin-doc-nhieu tin-xem-nhieu bai-khac xem-them xemnhieu doc-them docnhieu footer comment comments commentlist comment-form commentarea commentsection commentcount commentbox disqus_thread fbcomments respond binhluan phan-hoi y-kien breadcrumb sidebar sidebarright advert advertisement ad ads adslot adwrapper sponsor sponsored quangcao newsletter subscribe subscription signup sign-up promo promotion recommend recommended recirc mostread most-popular popular trending outbrain taboola readmore read-next see-also also-read more-stories moreon you-may rollover-x next-article nextpost next-up prev-story previouspost postnav about-the-author authorbio author-info bio tag tags tag-list tagcloud topics cookie cookies consent gdpr paywall modal popup pop-up tooltip sr-only visually-hidden screen-reader-text skip-link off-screen print-only no-display hidden tindnd'.split(
    ' ',
  )
const small =
  'menu banner cochu font-size textsize text-resizer pagination paging pager rating ratings vote votes print toolbox toolbar toolbars tools utility utilities articlemeta article-tools entry-meta post-info postTags meta byline news-byline dateline timestamp viewcount luot-xem count counter copyright disclaimer audio podcast credit credits watch login search widget'.split(
    ' ',
  )

describe('a box goes by its name', () => {
  it.each([...apart, ...small])('%s', (name) => {
    const line = 'Chuyên mục sức khỏe cộng đồng của xã'
    expect(read(page(`<div class="${name}"><p>${line}</p></div>`))).toEqual(body)
    expect(read(page(`<div id="${name}"><p>${line}</p></div>`))).toEqual(body)
  })

  it.each(['tin', 'nd', 'baiviet', 'thumb', 'adapter', 'hashtag', 'xuatban', 'shared-kernel'])(
    'control: not by %s',
    (name) => {
      const line = 'Chuyên mục sức khỏe cộng đồng của xã'
      expect(read(page(`<div class="${name}"><p>${line}</p></div>`))).toContain(line)
    },
  )
})

it('a pack’s own boxes stay and go as it says', () => {
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
    `<i class="cua-xa"></i><div class="related"><p>${words}</p></div><div class="bo"><p>${words} Bỏ.</p></div>`,
  )
  const packs = [parsePack(JSON.stringify(pack), 'cua-xa.json')]
  expect(paragraphsOf(extracted(html, undefined, { packs }))).toEqual([first, words, second, third])
  expect(read(html)).not.toContain(words)
})

describe('stays, though its name or place speaks against it', () => {
  it.each<[string, string]>([
    ['a form around the page', `<form>${inner(p(body))}</form>`],
    ['an aside with the article in it', `<aside>${inner(p(body))}</aside>`],
    ['a box named apart with most of the text', `<div>${inner(`<div class="related">${p(body)}</div>`)}</div>`],
    ['a footer with an article’s marks', `<footer><div itemprop="articleBody">${inner(p(body))}</div></footer>`],
    [
      'an article named apart beside longer texts',
      `<div class="tin-noi-bat"><article>${inner(p(body))}</article></div>${long}`,
    ],
    ['a titled box with a common name', `<div class="widget">${inner(p(body))}</div>${many}`],
    ['an article in an aside beside longer texts', `<aside>${inner(p(body))}</aside>${long}`],
    ['a box that says what is beside it', `<div class="has-sidebar no-footer">${inner(p(body))}</div>`],
  ])('%s', (_what, html) => {
    expect(read(pageOf(`${html}<div><p>${words}</p></div>`))).toEqual(expect.arrayContaining(body))
  })

  it.each<[string, string]>([
    ['a footer', `<footer><div itemprop="articleBody">${p(body)}</div></footer>`],
    ['an aside', `<aside><article>${p(body)}</article></aside>`],
  ])('%s whose marks say that it holds the article, below the title', (_what, box) => {
    expect(read(pageOf(`<div>${inner('')}${box}</div>${long}`))).toEqual(expect.arrayContaining(body))
  })

  it('paragraphs of which each is named apart', () => {
    const texts = Array.from({ length: 6 }, (_each, at) => `Ngày thứ ${at}. ${first}`)
    expect(read(pageOf(inner(texts.map((text) => `<div class="popular"><p>${text}</p></div>`).join(''))))).toEqual(
      texts,
    )
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
