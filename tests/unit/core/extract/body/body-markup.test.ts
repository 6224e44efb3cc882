import { describe, expect, it } from 'vitest'
import { captionsOf, extracted, pageOf, paragraphsOf } from '../../../support/extract'

// One bulletin, which the tests write in the forms of markup that pages use. The texts were written for these tests.
const title = 'Xã Yên Thủy ra quân nạo vét kênh mương đầu vụ xuân'
const lead =
  'Sáng 8/2, gần 300 đoàn viên và nhân dân của bảy thôn trong xã đã nạo vét hơn bốn cây số kênh nội đồng trước khi lấy nước đổ ải.'
const body = [
  'Ngay từ sáng sớm, lực lượng dân quân, thanh niên các thôn đã có mặt tại ba đoạn kênh bị bồi lấp nặng nhất để phát cỏ, vét bùn và khơi thông cửa cống.',
  'Theo ban quản lý thủy nông, toàn xã có 18 tuyến kênh cấp ba, trong đó năm tuyến đã kiên cố, số còn lại là kênh đất nên năm nào cũng phải nạo vét hai lần.',
  'Dự kiến đến ngày 15/2 các thôn hoàn thành phần việc được giao, bảo đảm đủ nước tưới cho 210 ha lúa xuân và 35 ha rau màu.',
]
const [first = '', second = '', third = ''] = body
const p = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('\n')
const head = `<h1>${title}</h1><p>08/02/2025</p>`
const read = (html: string, more = '<title>Trang tin</title>'): string[] => paragraphsOf(extracted(pageOf(html, more)))
const plain = (texts: readonly string[]): string[] => texts.map((text) => text.replaceAll('\u00a0', ' ').trim())

describe('extractBulletin, with the whole body', () => {
  const escaped = p(body).replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  it.each<[string, string, string?]>([
    ['in lines that single <br> elements separate', `${head}<div>${body.join('<br>')}</div>`],
    [
      'in lines that <br> elements inside a font element separate',
      `${head}<div><font size="3">${body.join('<br>\n&nbsp; ')}</font></div>`,
    ],
    ['in a pre element', `${head}<pre>${body.join('\n\n')}</pre>`],
    ['in a hard-wrapped pre element', `${head}<pre>${wrapped(body)}</pre>`],
    ['in the attribute srcdoc of a frame', `${head}<iframe srcdoc="${escaped}"></iframe>`],
    ['in a noscript element', `<div id="app"></div><noscript>${head}${p(body)}</noscript>`],
    ['in a template', `${head}<template><div>${p(body)}</div></template>`],
    [
      'in JSON-LD',
      '<div id="app"></div>',
      `<title>${title}</title><script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: title, articleBody: body.join('\n\n') })}</script>`,
    ],
    [
      'in boxes with advertisements between them',
      `${head}<div class="part1">${p([first])}</div><div class="ads"><a href="/q"><img src="/q.gif"></a></div><div class="part2">${p([second, third])}</div>`,
    ],
    [
      'with a part of it in a details element',
      `${head}<div>${p([first])}<details>${p([second, third])}</details></div>`,
    ],
    [
      'from one of two copies for screens of different sizes',
      `<div class="d-none">${head}${p(body)}</div><div class="d-block">${head}${p(body)}</div>`,
    ],
    [
      'from one of two copies below one title',
      `${head}<div class="wide">${p(body)}</div><div class="narrow">${p(body)}</div>`,
    ],
    [
      'above another article',
      `<article>${head}${p(body)}</article><article><h2>Trao nhà cho hộ nghèo thôn Chùa</h2><p>01/02/2025</p>${p(['Chiều 1/2, Mặt trận Tổ quốc xã bàn giao ngôi nhà đại đoàn kết cho gia đình bà Đinh Thị Tứ, trị giá 80 triệu đồng.'])}</article>`,
    ],
    [
      'below a text about the leaders of the commune',
      `<div><h3>Lãnh đạo xã</h3>${p(['Bí thư Đảng ủy: Bùi Văn Sơn, phụ trách chung công tác xây dựng Đảng và hệ thống chính trị.', 'Chủ tịch: Quách Thị Lan, phụ trách chung kinh tế, quốc phòng, an ninh.'])}</div><div>${head}${p(body)}</div>`,
    ],
    [
      'above a list of keywords',
      `${head}<div>${p(body)}<p>Từ khóa: <a href="/k1">kênh mương</a>, <a href="/k2">vụ xuân</a></p></div>`,
    ],
  ])('the extraction reads the whole body %s', (_form, html, more) => {
    expect(plain(read(html, more))).toEqual(body)
  })

  it('the body has no text from a template that is shorter than the visible text', () => {
    expect(read(`${head}${p(body)}<template><p>${lead}</p></template><noscript><p>${lead}</p></noscript>`)).toEqual(
      body,
    )
  })

  it('the extraction reads the body from the visible text and not from JSON-LD', () => {
    const declared = JSON.stringify({ '@type': 'NewsArticle', headline: title, articleBody: `${lead} ${lead}` })
    expect(read(`${head}${p(body)}`, `<script type="application/ld+json">${declared}</script>`)).toEqual(body)
  })

  it('the extraction keeps lines of code in a pre element', () => {
    const code = 'const dài = 5;\nif (dài > 3) { in(dài); }'
    expect(extracted(pageOf(`${head}${p(body)}<pre>${code}</pre>`)).text.bodyHtml).toContain('<pre>')
  })

  it('the extraction keeps the lines of a stanza in one paragraph', () => {
    const verses = 'Quê em đồi cọ trập trùng<br>Suối trong chảy xuống cánh đồng lúa thơm'
    const html = extracted(pageOf(`${head}${p([...body.slice(0, 2), verses, third])}`)).text.bodyHtml
    expect(html).toMatch(/trập trùng<br ?\/?>Suối trong/)
  })
})

describe('extractBulletin, with unusual parts of a body', () => {
  it('the extraction keeps questions that are buttons which unfold an answer', () => {
    const cards = [1, 2, 3].map((number) => [
      `Câu ${number}: Hộ gia đình cần chuẩn bị những giấy tờ gì khi đăng ký lần ${number}?`,
      `Hộ gia đình nộp đơn theo mẫu và bản sao giấy tờ về đất tại bộ phận một cửa của xã, lần ${number} không thu lệ phí.`,
    ])
    const html = cards.map(
      ([question, answer]) =>
        `<div class="card"><div class="card-header"><button>${question}</button></div><div class="card-body">${answer}</div></div>`,
    )
    expect(read(`<h1>Hỏi đáp về đăng ký đất đai</h1><p>08/02/2025</p><div>${html.join('')}</div>`)).toEqual(
      cards.flat(),
    )
  })

  it('if no picture stands above it, a sentence that looks like a caption stays in the body', () => {
    const reported = 'Đồng chí Bùi Văn Sơn, Bí thư Đảng ủy xã dự và phát biểu chỉ đạo hội nghị.'
    const short = 'Chủ tịch xã phát biểu khai mạc hội nghị.'
    expect(read(`${head}${p([first, reported, second, short, third])}`)).toEqual([
      first,
      reported,
      second,
      short,
      third,
    ])
  })

  it('control: if a picture stands above it, the same sentence becomes the caption of the picture', () => {
    const short = 'Chủ tịch xã phát biểu khai mạc hội nghị.'
    const bulletin = extracted(pageOf(`${head}${p([first])}<p><img src="/a.jpg"></p>${p([short, second, third])}`))
    expect(captionsOf(bulletin)).toEqual([short])
  })

  it('the extraction keeps the time and place of an appointment', () => {
    const notice = ['Thời gian: 8 giờ 00 ngày 10/02/2025', 'Địa điểm: Nhà văn hóa thôn Chùa', first]
    const html = `<h1>Thông báo họp thôn</h1><p>08/02/2025</p><div>${p(notice)}</div>`
    expect(read(html)).toEqual(notice)
    const dated = extracted(pageOf(`<h1>Thông báo họp thôn</h1><div>${p(notice)}</div><p>08/02/2025</p>`))
    expect(paragraphsOf(dated)).toEqual(notice)
  })

  it('the extraction keeps a paragraph whose class is the name of a font size', () => {
    expect(read(`${head}<p class="has-medium-font-size">${first}</p>${p([second, third])}`)).toEqual(body)
  })

  it('the extraction keeps a box inside the text, and does not take the paragraph above that box as the lead', () => {
    const box = `<div style="border:1px solid">${p(['Kênh mương xã Yên Thủy', 'Toàn xã có 18 tuyến kênh cấp ba dài 26 km, năm tuyến đã được kiên cố bằng bê tông.'])}</div>`
    const bulletin = extracted(pageOf(`<div>${head}${p([first])}${box}${p([second, third])}</div>`))
    expect(bulletin.text.summary).toBeNull()
    expect(paragraphsOf(bulletin)[0]).toBe(first)
  })

  it('the extraction keeps a table of document properties and reads the date from the table', () => {
    const rows = [
      ['Số ký hiệu', '12/2025/QĐ-UBND'],
      ['Ngày ban hành', '08/02/2025'],
      ['Trích yếu', 'Ban hành quy chế quản lý kênh mương'],
    ]
    const table = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')
    const named = 'Quyết định 12/2025/QĐ-UBND ban hành quy chế quản lý kênh mương'
    const bulletin = extracted(pageOf(`<div><table>${table}</table></div>`, `<title>${named}</title>`))
    expect(bulletin.text.title).toBe(named)
    expect(paragraphsOf(bulletin)).toEqual(rows.map((row) => row.join(' ')))
    expect(bulletin.text.published.value).toBe('2025-02-08')
  })
})

describe('extractBulletin, with a lead', () => {
  it.each<[string, string]>([
    [
      'in bold, below a title and a date in the same box as the text',
      `<div><h3>${title}</h3><i>08/02/2025</i><div><p><b>${lead}</b></p>${p(body)}</div></div>`,
    ],
    ['in bold, with breaks after it', `<div>${head}<div><b>${lead}</b><br><br>${body.join('<br><br>')}</div></div>`],
    ['in a box with a name for leads', `${head}<div class="chapeau">${lead}</div>${p(body)}`],
    [
      'below a line of dates and names',
      `${head}<div>Ngày đăng: 08/02/2025 - Ngày cập nhật: 09/02/2025 - Người đăng: Văn phòng</div><div><p><b>${lead}</b></p>${p(body)}</div>`,
    ],
  ])('the extraction takes the lead as the summary %s', (_form, html) => {
    const bulletin = extracted(pageOf(html))
    expect(bulletin.text.summary).toBe(lead)
    expect(plain(paragraphsOf(bulletin))).toEqual(body)
  })
})

describe('extractBulletin, fields beside the body', () => {
  it('the extraction leaves a date out of the title if both stand in the same table cell', () => {
    const bulletin = extracted(
      pageOf(
        `<table><tr><td class="TieuDe">${title} <span>(08/02/2025)</span></td></tr><tr><td>${p(body)}</td></tr><tr><td align="right"><b>Trần Quới</b></td></tr></table>`,
      ),
    )
    expect(bulletin.text.title).toBe(title)
    expect(bulletin.text.published.value).toBe('2025-02-08')
    expect(bulletin.text.author).toBe('Trần Quới')
  })

  it('the extraction does not take a heading that links to the home page as the title', () => {
    const html = `<h1><a href="/">Xã Yên Thủy</a></h1><div><h2>${title}</h2><p>08/02/2025</p>${p(body)}</div>`
    expect(extracted(pageOf(html, '<title>UBND xã Yên Thủy</title>')).text.title).toBe(title)
  })

  it('the extraction takes an element with a class for headings as the title', () => {
    const menu = '<ul><li><a href="/1">Giới thiệu</a></li><li><a href="/2">Tin tức trong xã</a></li></ul>'
    const html = `<div class="row">${menu}</div><div class="row"><div class="h1">${title}</div></div><div>08/02/2025</div>${body.map((text) => `<div class="col">${text}</div>`).join('')}`
    expect(extracted(pageOf(html, '<title>Trang tin</title>')).text.title).toBe(title)
  })

  it('the extraction names the photographer beside the author', () => {
    const signed = '<p><b>Tin, bài: Bích Hạnh</b></p><p><b>Ảnh: Quang Huy</b></p>'
    expect(extracted(pageOf(`${head}<div>${p(body)}${signed}</div>`)).text.author).toBe('Bích Hạnh (ảnh: Quang Huy)')
  })
})

describe('extractBulletin, with pictures in tables and AMP pages', () => {
  const captions = ['Đoàn viên phát cỏ bờ kênh.', 'Dân quân vét bùn cửa cống.']

  it('the extraction gives each picture in a table the caption of the same column', () => {
    const table = `<table><tr><td><img src="/1.jpg"></td><td><img src="/2.jpg"></td></tr><tr><td>${captions[0]}</td><td>${captions[1]}</td></tr></table>`
    const bulletin = extracted(pageOf(`${head}<div>${p([first])}${table}${p([second, third])}</div>`))
    expect(captionsOf(bulletin)).toEqual(captions)
    expect(bulletin.media.pictures.map(({ figure }) => figure)).toEqual([0, 1])
    expect(paragraphsOf(bulletin)).toEqual(body)
  })

  it('the extraction gives all pictures of a table row the caption that they share', () => {
    const table = `<table><tr><td><img src="/1.jpg"></td><td><img src="/2.jpg"></td></tr><tr><td colspan="2">${captions[0]}</td></tr></table>`
    expect(captionsOf(extracted(pageOf(`${head}<div>${p([first])}${table}${p([second, third])}</div>`)))).toEqual([
      captions[0],
    ])
  })

  it('the extraction keeps a table that has pictures and text in the same row', () => {
    const table = `<table><tr><td><img src="/1.jpg"></td><td>Bùi Văn Sơn</td></tr><tr><td><img src="/2.jpg"></td><td>Quách Thị Lan</td></tr></table>`
    expect(read(`${head}<div>${p([first])}${table}${p([second, third])}</div>`)).toContain('Bùi Văn Sơn')
  })

  it('the extraction keeps pictures of AMP pages but removes icons beside links', () => {
    const bulletin = extracted(
      pageOf(
        `${head}<div><amp-img src="/a.jpg" width="600" height="400"></amp-img>${p(body)}<a href="/in"><img src="/in.png" width="16" height="16"></a></div>`,
      ),
    )
    expect(bulletin.media.pictures.map(({ address }) => address)).toEqual(['https://cong.example.vn/a.jpg'])
  })
})

/** Wraps each text at sixty characters and joins the texts with blank lines. */
function wrapped(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/(.{40,60}) /gu, '$1\n')).join('\n\n')
}
