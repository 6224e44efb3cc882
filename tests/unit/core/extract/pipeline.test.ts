import { describe, expect, it } from 'vitest'
import { extracted, pageOf, paragraphsOf } from '../../support/extract'

// A bulletin written for these tests.
const title = 'Xã Bản Thi đưa nước sạch về ba thôn vùng cao'
const first =
  'Sau tám tháng thi công, công trình cấp nước sinh hoạt tập trung của xã Bản Thi đã hoàn thành, đưa nước về cho 142 hộ dân ở ba thôn vùng cao.'
const second =
  'Công trình lấy nước từ khe Nà Khắt, có bể lọc, bể chứa 50 m³ và hơn bảy cây số đường ống; mỗi hộ được lắp một đồng hồ đo nước.'
const third =
  'Ủy ban nhân dân xã đã thành lập tổ quản lý gồm năm người, thu phí theo quy chế được nhân dân bàn và thống nhất tại các cuộc họp thôn.'
const body = [first, second, third]
const p = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('\n')
const article = `<h1>${title}</h1><div class="chi-tiet">${p(body)}</div>`
const link = (text: string): string => `<a href="/tin/${text.length}.html">${text}</a>`
const menu = `<ul class="menu-chinh"><li>${link('Trang chủ')}</li><li>${link('Giới thiệu')}</li><li>${link('Tin tức - Sự kiện')}</li></ul>`
const others = [
  'Khởi công nhà văn hóa thôn Phia Khao',
  'Hội nghị sơ kết sáu tháng đầu năm',
  'Trao bò giống cho hộ nghèo',
]
const list = `<ul>${others.map((text) => `<li>${link(text)}</li>`).join('')}</ul>`

describe('extractBulletin, body of a page', () => {
  it.each<[string, string]>([
    ['in a plain page', `${menu}${article}`],
    ['in a page inside one form', `<form action="/">${menu}<div>${article}</div></form>`],
    ['in an aside', `<aside><h1>${title}</h1>${p(body)}</aside>`],
    [
      'in boxes with advertisements between them',
      `<h1>${title}</h1><div class="story">${body.map((text) => `<div class="part"><p>${text}</p></div><div class="ads">Quảng cáo</div>`).join('')}</div>`,
    ],
    [
      'in boxes at two levels',
      `<h1>${title}</h1><main><section class="s1"><div>${p([first, second])}</div></section><section class="s2"><div>${p([third])}</div></section></main>`,
    ],
    [
      'in layout tables',
      `<table><tr><td>${menu}</td></tr><tr><td><table><tr><td class="tieude">${title}</td></tr><tr><td>${p(body)}</td></tr></table></td></tr></table><title>${title}</title>`,
    ],
    ['with line breaks instead of paragraphs', `<h1>${title}</h1><div>${body.join('<br><br>')}</div>`],
    [
      'in text that was pasted from Word',
      `<h1>${title}</h1><div>${body.map((text) => `<p class="MsoNormal"><span style="mso-ansi-language:VI"><font face="Times">${text}<o:p></o:p></font></span></p>`).join('<p class="MsoNormal"><o:p>&nbsp;</o:p></p>')}</div>`,
    ],
    [
      'beside longer comments',
      `${article}<div id="comments">${p(Array.from({ length: 12 }, (_one, at) => `Bạn đọc thứ ${at + 1} viết: việc này rất thiết thực, mong các xã khác trong huyện cũng sớm có công trình như vậy để bà con đỡ vất vả.`))}</div>`,
    ],
    [
      'above a footer',
      `${article}<div class="footer-thong-tin"><p>Cơ quan chủ quản: Ủy ban nhân dân huyện. Giấy phép số 12/GP-TTĐT do Sở Thông tin và Truyền thông cấp. Ghi rõ nguồn khi phát hành lại.</p></div>`,
    ],
    [
      'above an imprint whose box has no class name',
      `${article}<div><p>CỔNG THÔNG TIN ĐIỆN TỬ XÃ BẢN THI</p><p>Địa chỉ: Thôn Bản Nhượng, xã Bản Thi - Điện thoại: 0209 000 000 - Email: vanthu@banthi.example.vn</p><p>Chịu trách nhiệm chính: Ông Hoàng Văn Mẫu, Chủ tịch Ủy ban nhân dân xã. Ghi rõ nguồn khi phát hành lại thông tin từ cổng này.</p></div>`,
    ],
    [
      'below the controls of the portal',
      `<h1>${title}</h1><div><span>Tăng cỡ chữ</span> <span>Giảm cỡ chữ</span></div><div>Lượt xem: 1.024</div><div><a href="#">In trang</a> | <a href="#">Gửi email</a></div><div>${p(body)}</div>`,
    ],
    [
      'above a list of other articles',
      `<h1>${title}</h1><div>${p(body)}<p><strong>Tin liên quan:</strong></p>${list}</div>`,
    ],
    [
      'above a list of other articles in a box with a heading',
      `<h1>${title}</h1><div>${p(body)}<div><h3>Các tin khác</h3>${list}</div></div>`,
    ],
    [
      'on both sides of a list of links with a heading',
      `<h1>${title}</h1><div>${p([first])}<h4>Tin liên quan</h4>${list}${p([second, third])}</div>`,
    ],
    ['above a list of links without a heading', `<h1>${title}</h1><div>${p(body)}${list}</div>`],
    [
      'on both sides of a line with a link to another article',
      `<h1>${title}</h1><div>${p([first])}<p><b>Xem thêm:</b> ${link('Nước sạch về bản Dao')}</p>${p([second, third])}</div>`,
    ],
    [
      'on both sides of boxes that announce other articles',
      `<h1>${title}</h1><div>${p([first])}<div class="khung"><a href="/x"><h4>Hai xã về đích nông thôn mới</h4></a><p>Đoàn thẩm định chấm điểm từng tiêu chí.</p></div>${p([second, third])}</div>`,
    ],
    [
      'above the shortened texts of other articles',
      `<h1>${title}</h1><div>${p(body)}<ul>${others.map((text) => `<li>${link(text)} <span>Sáng nay, lãnh đạo huyện đã đến dự và phát biểu chỉ đạo...</span></li>`).join('')}</ul></div>`,
    ],
    [
      'on both sides of hidden links for search engines',
      `<h1>${title}</h1><div>${p(body)}<div style="position:absolute; left:-9999px">${link('vay tiền nhanh online không thế chấp lãi suất thấp')}</div></div>`,
    ],
    [
      'above a request to follow the portal',
      `<h1>${title}</h1><div>${p(body)}<p>Theo dõi Báo huyện trên <a href="/zalo">Zalo</a></p></div>`,
    ],
  ])('the extraction finds the body %s', (_where, html) => {
    const bulletin = extracted(pageOf(html))
    expect(bulletin.text.title).toBe(title)
    expect(paragraphsOf(bulletin)).toEqual(body)
  })
})

describe('extractBulletin, text of a body', () => {
  const withIn = (inner: string): string[] =>
    paragraphsOf(
      extracted(pageOf(`<h1>${title}</h1><div class="noi-dung">${p([first])}${inner}${p([second, third])}</div>`)),
    )

  it.each<[string, string, string[]]>([
    [
      'a table of values',
      '<table><caption>Số hộ</caption><tr><th>Thôn</th><th>Số hộ</th></tr><tr><td>Phia Khao</td><td>61</td></tr></table>',
      ['Số hộ', 'Thôn Số hộ', 'Phia Khao 61'],
    ],
    [
      'a table of documents, each a link to its file',
      '<table><tr><td>1</td><td><a href="/vb/12.pdf">Quyết định số 12/QĐ-UBND</a></td></tr><tr><td>2</td><td><a href="/vb/15.pdf">Quy chế quản lý</a></td></tr></table>',
      ['1 Quyết định số 12/QĐ-UBND', '2 Quy chế quản lý'],
    ],
    [
      'a list of files',
      '<ul><li><a href="/a.docx">Mẫu đơn</a></li><li><a href="/b.pdf">Quy chế</a></li></ul>',
      ['Mẫu đơn', 'Quy chế'],
    ],
    [
      'a paragraph that is a link',
      `<p>${link('Nghị quyết số 05-NQ/HU về nước sạch nông thôn')}</p>`,
      ['Nghị quyết số 05-NQ/HU về nước sạch nông thôn'],
    ],
    [
      'a quotation with text outside its paragraphs',
      '<blockquote><p>Nước về, ai cũng mừng.</p>— Bà Triệu Mùi Nái</blockquote>',
      ['Nước về, ai cũng mừng.', '— Bà Triệu Mùi Nái'],
    ],
    [
      'a quotation in a box with the name of a social network',
      '<div class="social-embed"><blockquote>Đường ống đã thông, bà con thôn tôi có nước dùng từ sáng nay.</blockquote></div>',
      ['Đường ống đã thông, bà con thôn tôi có nước dùng từ sáng nay.'],
    ],
    ['bold text on both sides of a line break', '<p><b>Thôn một:<br>61 hộ</b></p>', ['Thôn một: 61 hộ']],
    ['a heading between paragraphs', '<h3>Tổ quản lý</h3>', ['Tổ quản lý']],
    ['a definition list', '<dl><dt>Chủ đầu tư</dt><dd>UBND xã</dd></dl>', ['Chủ đầu tư', 'UBND xã']],
  ])('the extraction keeps %s', (_what, inner, lines) => {
    expect(withIn(inner)).toEqual([first, ...lines, second, third])
  })

  it('the extraction keeps a part of the article that has the heading “Bình luận”', () => {
    const own = 'Theo chúng tôi, mức thu này phù hợp với thu nhập của bà con và đủ để sửa chữa đường ống hằng năm.'
    const html = `<h1>${title}</h1><div>${p(body)}<h3>Bình luận</h3>${p([own])}</div>`
    expect(paragraphsOf(extracted(pageOf(html)))).toContain(own)
  })

  it('the extraction keeps an address at the end of a text', () => {
    const contact = 'Mọi ý kiến xin gửi về Ủy ban nhân dân xã. Địa chỉ: thôn Bản Nhượng. Điện thoại: 0209 000 000.'
    expect(paragraphsOf(extracted(pageOf(`<h1>${title}</h1><div>${p([...body, contact])}</div>`)))).toEqual([
      ...body,
      contact,
    ])
  })

  it('the extraction keeps the titles on a page that only links to articles', () => {
    const html = pageOf(`<h1>Tin tức</h1><div class="danh-sach">${list}</div>`)
    expect(paragraphsOf(extracted(html))).toEqual(others)
  })

  it('if a first pass finds too little text, a second pass finds an article in a box with the class name of a sidebar', () => {
    const html = pageOf(`<div class="related-sidebar"><div>${p(body)}</div></div>`, `<title>${title}</title>`)
    expect(paragraphsOf(extracted(html)).join(' ')).toContain(second)
  })
})

describe('extractBulletin, removal log', () => {
  it('the removal log has the step and the reason of each removed piece', () => {
    const { log } = extracted(
      pageOf(`${menu}${article}<div class="chia-se share-box">Chia sẻ bài này với bạn bè</div>`),
    )
    expect(log).toContainEqual({
      step: 8,
      reason: 'named-box',
      element: 'div.chia-se.share-box',
      text: 'Chia sẻ bài này với bạn bè',
      length: 26,
      prose: 0,
    })
  })

  it('the removal log has only an entry for the title if the page has no other text outside the body', () => {
    expect(extracted(pageOf(article)).log.map(({ reason, text }) => [reason, text])).toEqual([['repeated', title]])
  })
})

describe('extractBulletin', () => {
  const read = (
    inner: string,
    head = '',
  ): { title: string; summary: string | null; author: string | null; date: string | null } => {
    const { text } = extracted(pageOf(inner, head))
    return { title: text.title, summary: text.summary, author: text.author, date: text.published.value }
  }
  const summary = 'Ba thôn vùng cao của xã lần đầu có nước máy, người dân không còn phải gùi nước từ khe về.'
  const jsonLd = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`

  it.each<[string, string, string, Partial<ReturnType<typeof read>>]>([
    [
      'takes a bold lead as the summary and not as a part of the body',
      `<h1>${title}</h1><div><p><strong>${summary}</strong></p>${p(body)}</div>`,
      `<meta name="description" content="${summary}">`,
      { summary },
    ],
    [
      'does not take a description that repeats the first plain paragraph as the summary',
      article,
      `<meta name="description" content="${first}">`,
      { summary: null },
    ],
    [
      'leaves the date and the share buttons of a heading out of the title',
      `<h1>${title} <time>01/02/2021</time><span class="share">Chia sẻ</span></h1><div>${p(body)}</div>`,
      '',
      { title },
    ],
    [
      'leaves the name of the portal out of the title if the title element has it',
      `<h1>Tin hoạt động</h1><div><p>${title.toUpperCase()}</p>${p(body)}</div>`,
      `<title>${title} - Cổng thông tin điện tử</title>`,
      { title: title.toUpperCase() },
    ],
    [
      'reads a date with a space before its time zone',
      article,
      jsonLd({ '@type': 'NewsArticle', datePublished: '2026-03-07T08:52:11.000 +07:00' }),
      { date: '2026-03-07T08:52:00+07:00' },
    ],
    [
      'reads a date of JSON-LD without a time zone',
      article,
      jsonLd({ '@type': 'NewsArticle', datePublished: '2026-03-07T08:52:11' }),
      { date: '2026-03-07T08:52:00+07:00' },
    ],
    [
      'reads a date in UTC',
      article,
      jsonLd({ '@type': 'NewsArticle', datePublished: '2026-03-06T18:52:11Z' }),
      { date: '2026-03-07T01:52:00+07:00' },
    ],
    [
      'reads a time of the twelve-hour clock beside a view counter',
      `<h1>${title}</h1><div class="assetPublishDate">Ngày đăng 23/03/2016 | 03:48 PM | View count: 1549</div><div>${p(body)}</div>`,
      '',
      { date: '2016-03-23T15:48:00+07:00' },
    ],
    [
      'reads a time of the 24-hour clock that is followed by AM',
      `<h1>${title}</h1><span class="pdate">07-03-2026 - 00:01 AM</span><div>${p(body)}</div>`,
      '',
      { date: '2026-03-07T00:01:00+07:00' },
    ],
    [
      'prefers a date with a time on the page to a date without a time in the metadata',
      `<h1>${title}</h1><span class="date">07/03/2026, 09:15</span><div>${p(body)}</div>`,
      '<meta property="article:published_time" content="2026-03-07">',
      { date: '2026-03-07T09:15:00+07:00' },
    ],
    [
      'does not take the name of the site as the author',
      article,
      `<meta name="author" content="Cổng Mẫu"><meta property="og:site_name" content="Cổng Mẫu">`,
      { author: null },
    ],
    [
      'does not take the name of a user account as the author',
      `<h1>${title}</h1><p class="author">admin</p><div>${p(body)}</div>`,
      '',
      { author: null },
    ],
    [
      'reads the author from "Tác giả" below the body',
      `<h1>${title}</h1><div class="noi-dung">${p(body)}</div><div><p>Tác giả: Hà Thu</p></div>`,
      '',
      { author: 'Hà Thu' },
    ],
    [
      'leaves “tổng hợp” out of the author',
      `<h1>${title}</h1><div>${p(body)}<p style="text-align:right"><strong>Hà Thu</strong> (tổng hợp)</p></div>`,
      '',
      { author: 'Hà Thu' },
    ],
    [
      'joins the author above the text and the source below the text',
      `<h1>${title}</h1><p class="tac-gia">Hà Thu</p><div>${p(body)}<p><em>(Theo TTXVN)</em></p></div>`,
      '',
      { author: 'Hà Thu (theo TTXVN)' },
    ],
  ])('the extraction %s', (_what, inner, head, expected) => {
    expect(read(inner, head)).toMatchObject(expected)
  })

  it('the extraction uses the address that a page declares only if the address has the host of the page', () => {
    const html = pageOf(article, '<link rel="canonical" href="https://khac.example.vn/a">')
    expect(extracted(html).address).toBe('https://cong.example.vn/tin/bai.html')
    expect(extracted(html, 'https://khac.example.vn/b?x=1').address).toBe('https://khac.example.vn/a')
    expect(extracted(html, null).address).toBe('https://khac.example.vn/a')
  })
})
