import { describe, expect, it } from 'vitest'
import { extracted } from '../../../support/extract'

const paragraphs = [
  'Sáng nay, tổ công tác của xã đi kiểm tra ba điểm sạt lở trên tuyến đường vào bản Nà Ngòi và cắm biển báo hạn chế tốc độ.',
  'Xã huy động hai máy xúc, dọn xong hơn bốn trăm mét khối đất đá trong buổi chiều, xe máy và xe thô sơ đã đi lại được.',
  'Đoạn còn lại được gia cố bằng rọ đá, dự kiến thông xe hoàn toàn trước ngày khai giảng năm học mới của các cháu.',
]
const prose = [
  'Nhiều bà con mong xã sớm lắp đèn ở hai khúc cua đầu bản, vì buổi tối học sinh đi học về rất khó quan sát mặt đường.',
  'Có hộ đề nghị chuyển điểm tập kết vật liệu ra sau nhà văn hóa để không chắn lối vào trạm bơm của cánh đồng dưới.',
]
const [firstProse = '', secondProse = ''] = prose
const p = (text: string): string => `<p>${text}</p>`
const all = (texts: readonly string[]): string => texts.map(p).join('')
const page = (inner: string): string =>
  `<html><head><title>Xã thông đường vào bản Nà Ngòi - Cổng xã</title></head><body><div class="top"><ul><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul></div><div class="khung"><h1>Xã thông đường vào bản Nà Ngòi</h1><div class="ngay">14/08/2025</div><div class="noidung">${all(paragraphs)}${inner}</div></div><div class="chan"><p>Cơ quan chủ quản: UBND xã. Giấy phép số 3/GP</p></div></body></html>`
const readAll = (html: string): string => {
  const { text } = extracted(html, null)
  return `${text.summary ?? ''} ${text.bodyHtml.replace(/<[^>]+>/g, ' ')}`
}
const findKept = (inner: string, texts: readonly string[]): string[] => {
  const found = readAll(page(inner))
  return texts.filter((text) => found.includes(text))
}

const commentHeadings = ['Ý kiến bạn đọc', 'Bình luận', 'Gửi ý kiến', 'Ý kiến phản hồi']

/** Sections of an article that have the heading of comments. */
const sections: [string, (heading: string) => string][] = [
  ['a heading and paragraphs', (heading) => `<h3>${heading}</h3>${all(prose)}`],
  ['a bold line and paragraphs', (heading) => `<p><strong>${heading}</strong></p>${all(prose)}`],
  ['a box with heading and paragraphs', (heading) => `<div><h3>${heading}</h3>${all(prose)}</div>`],
  [
    'a section in a section',
    (heading) => `<section><div class="inner"><h2>${heading}</h2>${all(prose)}</div></section>`,
  ],
  ['a box for heading and a box for text', (heading) => `<div><h4>${heading}</h4></div><div>${all(prose)}</div>`],
  ['text in boxes with line breaks', (heading) => `<h3>${heading}</h3><div>${prose.join('<br><br>')}</div>`],
  [
    'a list of plain items',
    (heading) => `<h3>${heading}</h3><ul>${prose.map((text) => `<li>${text}</li>`).join('')}</ul>`,
  ],
  [
    'a sentence with a date in a box',
    (heading) =>
      `<h3>${heading}</h3><div>${firstProse} Hạn chót là ngày 30/08/2025, sau đó xã tổng hợp.</div><div>${secondProse}</div>`,
  ],
  ['a quotation', (heading) => `<h3>${heading}</h3><blockquote>${p(firstProse)}</blockquote>${p(secondProse)}`],
  [
    'a table of answers',
    (heading) =>
      `<h3>${heading}</h3><table><tr><th>Bản</th><th>Đề nghị</th></tr>${prose.map((text, at) => `<tr><td>Bản ${at}</td><td>${text}</td></tr>`).join('')}</table>`,
  ],
  [
    'a box with a class of its own',
    (heading) => `<div class="muc-cuoi"><h3 class="ten-muc">${heading}</h3>${all(prose)}</div>`,
  ],
  [
    'paragraphs with a link to a document',
    (heading) =>
      `<h3>${heading}</h3>${p(`${firstProse} Xem <a href="/vb/12.html">biên bản họp bản</a>.`)}${p(secondProse)}`,
  ],
  [
    'a picture between the paragraphs',
    (heading) => `<h3>${heading}</h3>${p(firstProse)}<p><img src="/a.jpg" alt=""></p>${p(secondProse)}`,
  ],
]

const entry = (text: string, more = ''): string => `<div class="y"><b>Lò Văn Pản</b>${more}<p>${text}</p></div>`
/** Comments of visitors below the article. */
const threads: [string, (heading: string) => string][] = [
  [
    'a form below',
    (heading) => `<h3>${heading}</h3>${all(prose)}<form><textarea></textarea><input type="submit"></form>`,
  ],
  ['a form in the box', (heading) => `<div><h3>${heading}</h3>${all(prose)}<textarea name="nd"></textarea></div>`],
  [
    'a date in each entry',
    (heading) =>
      `<div><h3>${heading}</h3>${prose.map((text) => entry(text, '<span>15/08/2025 08:12</span>')).join('')}</div>`,
  ],
  [
    'a time element',
    (heading) =>
      `<h3>${heading}</h3><div>${prose.map((text) => entry(text, '<time>2 giờ trước</time>')).join('')}</div>`,
  ],
  [
    'a link to answer',
    (heading) => `<h3>${heading}</h3>${prose.map((text) => entry(`${text}</p><p><a href="#r">Trả lời</a>`)).join('')}`,
  ],
  [
    'buttons to like',
    (heading) =>
      `<div><h3>${heading}</h3>${prose.map((text) => entry(`${text} <a href="#">Thích</a>`)).join('')}</div>`,
  ],
  [
    'pictures of the visitors',
    (heading) =>
      `<h3>${heading}</h3><div>${prose.map((text) => `<div><img class="avatar" src="/u.png" alt="">${p(text)}</div>`).join('')}</div>`,
  ],
  ['a class for comments on the box', (heading) => `<div class="comments"><h3>${heading}</h3>${all(prose)}</div>`],
  [
    'a class for comments on the entries',
    (heading) =>
      `<h3>${heading}</h3>${prose.map((text) => `<div class="comment-item"><b>Bạn đọc</b>${p(text)}</div>`).join('')}`,
  ],
  [
    'a list of dated entries',
    (heading) =>
      `<h3>${heading}</h3><ul>${prose.map((text) => `<li><strong>Vì Thị Son</strong> - 15/08/2025<br>${text}</li>`).join('')}</ul>`,
  ],
  [
    'names with an hour',
    (heading) =>
      `<div><h4>${heading}</h4>${prose.map((text) => `<div><div>Quàng Thị Hoa | 08:12 15/08/2025</div><div>${text}</div></div>`).join('')}</div>`,
  ],
  [
    'a box of a service for comments',
    (heading) => `<div><h3>${heading}</h3><div class="fb-comments">${all(prose)}</div></div>`,
  ],
  [
    'a heading in its own box',
    (heading) =>
      `<div class="hop"><div><h3>${heading}</h3></div><div>${prose.map((text) => entry(text, '<i>15/08/2025</i>')).join('')}</div></div>`,
  ],
]

describe('removeComments, with a heading that both comments and articles use', () => {
  it.each(sections)('removeComments keeps a section of the article: %s', (_what, build) => {
    for (const heading of commentHeadings)
      expect(findKept(build(heading), [heading, ...prose])).toEqual([heading, ...prose])
  })

  it.each(threads)('removeComments removes the comments of visitors: %s', (_what, build) => {
    for (const heading of commentHeadings) {
      expect(findKept(build(heading), prose)).toEqual([])
      expect(findKept(build(heading), paragraphs)).toEqual(paragraphs)
    }
  })

  it('removeComments removes the comments below a heading with their number', () => {
    expect(findKept(`<h3>Bình luận (2)</h3>${all(prose)}`, prose)).toEqual([])
  })

  it('removeComments keeps a section of the article above a box with comments', () => {
    const box = `<div class="hop"><h3>Bình luận</h3>${p('Đường làm xong nhìn gọn hẳn, cảm ơn anh em lái máy.')}<textarea></textarea></div>`
    expect(
      findKept(`<h3>Ý kiến bạn đọc</h3>${all(prose)}<h3>Kết luận</h3>${box}`, [...prose, 'cảm ơn anh em']),
    ).toEqual(prose)
  })
})

const documents = [
  'Thông báo cấm xe tải trên đường vào bản Nà Ngòi',
  'Kế hoạch khắc phục hậu quả mưa lũ của xã',
  'Quyết định hỗ trợ vật liệu làm rọ đá',
]
const a = (text: string): string => `<a href="/vb/${text.length}.html">${text}</a>`
const each = (render: (text: string, at: number) => string): string => documents.map(render).join('')

/** Dated links at the end of an article that belong to the article. */
const ownLists: [string, string][] = [
  ['a list with dates behind', `<ul>${each((text, at) => `<li>${a(text)} (0${at + 1}/08/2025)</li>`)}</ul>`],
  ['a list with dates in front', `<ul>${each((text, at) => `<li>0${at + 1}/08/2025: ${a(text)}</li>`)}</ul>`],
  ['a numbered list', `<ol>${each((text, at) => `<li>${a(text)}, ngày 0${at + 1}/08/2025</li>`)}</ol>`],
  ['a list with spans', `<ul>${each((text, at) => `<li>${a(text)} <span>0${at + 1}/08/2025</span></li>`)}</ul>`],
  ['a list with italics', `<ul>${each((text, at) => `<li>${a(text)} <em>(0${at + 1}/08/2025)</em></li>`)}</ul>`],
  ['a list in a box', `<div><ul>${each((text, at) => `<li>${a(text)} (0${at + 1}/08/2025)</li>`)}</ul></div>`],
  ['a list of paragraphs', `<ul>${each((text, at) => `<li><p>${a(text)} (0${at + 1}/08/2025)</p></li>`)}</ul>`],
  ['boxes', `<div>${each((text, at) => `<div>${a(text)} (0${at + 1}/08/2025)</div>`)}</div>`],
  ['paragraphs', each((text, at) => p(`${a(text)} (0${at + 1}/08/2025)`))],
  ['lines', `<p>${documents.map((text, at) => `${a(text)} (0${at + 1}/08/2025)`).join('<br>')}</p>`],
  ['a table', `<table>${each((text, at) => `<tr><td>0${at + 1}/08/2025</td><td>${a(text)}</td></tr>`)}</table>`],
  ['a list of terms', `<dl>${each((text, at) => `<dt>${a(text)}</dt><dd>0${at + 1}/08/2025</dd>`)}</dl>`],
]
const ownHeadings = [
  '<h3>Văn bản đã ban hành</h3>',
  '<h2>Hồ sơ của tuyến đường</h2>',
  '<div><h4>Các đợt kiểm tra trước</h4></div>',
]

/** Cards and lists of other articles at the end of an article. */
const otherLists: [string, string][] = [
  ['a dated list below a heading for other articles', `<h3>Tin khác</h3>${ownLists[0]?.[1] ?? ''}`],
  ['a dated list below “Các tin đã đưa”', `<h3>Các tin đã đưa</h3>${ownLists[3]?.[1] ?? ''}`],
  ['dated boxes below “Tin liên quan”', `<h4>Tin liên quan</h4>${ownLists[7]?.[1] ?? ''}`],
  [
    'cards with pictures',
    `<h3>Đời sống quanh ta</h3><div>${each((text) => `<div class="the"><img src="/a.jpg" alt=""><h4>${a(text)}</h4><p>Tổ công tác đi từng nhà, ghi nhận ý kiến và hẹn ngày trả lời cụ thể cho bà con.</p></div>`)}</div>`,
  ],
  [
    'cards with a time and an excerpt',
    `<h3>Đời sống quanh ta</h3><div>${each((text, at) => `<article class="the"><h4>${a(text)}</h4><time>0${at + 1}/08/2025</time><p>Tổ công tác đi từng nhà, ghi nhận ý kiến và hẹn ngày trả lời cụ thể cho bà con.</p></article>`)}</div>`,
  ],
  [
    'cards with “Xem thêm”',
    `<h3>Đời sống quanh ta</h3><div>${each((text) => `<div class="the">${a(text)}<p>Tổ công tác đi từng nhà, ghi nhận ý kiến.</p><a href="/x/${text.length}">Xem thêm</a></div>`)}</div>`,
  ],
  [
    'linked cards',
    `<h3>Đời sống quanh ta</h3><div class="hang">${each((text) => `<a class="the" href="/t/${text.length}"><img src="/a.jpg" alt=""><h4>${text}</h4><p>0${text.length % 9}/08/2025</p></a>`)}</div>`,
  ],
  [
    'a list with pictures',
    `<h3>Đời sống quanh ta</h3><ul>${each((text, at) => `<li><a href="/t/${at}"><img src="/a.jpg" alt=""></a><a href="/t/${at}">${text}</a> <span>0${at + 1}/08/2025</span></li>`)}</ul>`,
  ],
  [
    'a dated list in a box with a name',
    `<div class="tin-lien-quan"><h3>Đời sống quanh ta</h3>${ownLists[0]?.[1] ?? ''}</div>`,
  ],
  ['a dated list in an aside', `<aside><h3>Đời sống quanh ta</h3>${ownLists[3]?.[1] ?? ''}</aside>`],
  ['a dated list without a heading', `<div class="ds">${ownLists[0]?.[1] ?? ''}</div>`],
  [
    'a dated list below a heading that is a link',
    `<h3><a href="/chuyen-muc/doi-song">Đời sống quanh ta</a></h3>${ownLists[0]?.[1] ?? ''}`,
  ],
]

describe('findCardLists, with dated links at the end of a text', () => {
  it.each(ownLists)('the extraction keeps links below a heading of the text: %s', (_what, list) => {
    for (const heading of ownHeadings) expect(findKept(heading + list, documents)).toEqual(documents)
  })

  it.each(otherLists)('the extraction removes other articles at the end of a text: %s', (_what, list) => {
    expect(findKept(list, documents)).toEqual([])
    expect(findKept(list, paragraphs)).toEqual(paragraphs)
  })

  it('the extraction removes a dated list in a box beside the element with the text', () => {
    const box = `<div class="khoi"><h3>Đời sống quanh ta</h3>${ownLists[0]?.[1] ?? ''}</div>`
    const html = page('').replace('<div class="chan">', `${box}<div class="chan">`)
    expect(documents.filter((text) => readAll(html).includes(text))).toEqual([])
  })
})
