import { describe, expect, it } from 'vitest'
import { pickSrcsetAddress } from '../../../../../src/core/extract/html/srcset'
import { captionsOf, extracted, pageOf, paragraphsOf } from '../../../support/extract'

const text =
  'Sáng nay, đoàn công tác của huyện đã kiểm tra tiến độ làm đường vào thôn Nà Pù, nơi còn hai cây số cuối cùng.'
const more =
  'Đơn vị thi công cam kết hoàn thành trước mùa mưa, bảo đảm học sinh đến trường thuận lợi ngay đầu năm học mới.'
const pageWith = (inner: string, head = ''): string =>
  pageOf(`<h1>Kiểm tra đường vào thôn Nà Pù</h1><div class="noi-dung"><p>${text}</p>${inner}<p>${more}</p></div>`, head)
const real = 'https://anh.example.vn/duong.jpg'
const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='
const drawn = `data:image/png;base64,${'iVBORw0KGgo'.repeat(60)}`

describe('extractBulletin, address of a picture', () => {
  it.each<[string, string, string]>([
    ['in the attribute src', `<p><img src="${real}"></p>`, real],
    ['that is relative to the page', '<p><img src="../anh/a.jpg"></p>', 'https://cong.example.vn/anh/a.jpg'],
    ['that has no protocol', '<p><img src="//anh.example.vn/a.jpg"></p>', 'https://anh.example.vn/a.jpg'],
    ['in a lazy attribute, with one pixel in src', `<p><img src="${pixel}" data-src="${real}"></p>`, real],
    [
      'in a lazy attribute, with the file of a placeholder in src',
      `<p><img src="/images/lazyload.gif" data-original="${real}"></p>`,
      real,
    ],
    ['in a lazy srcset', `<p><img src="${pixel}" data-srcset="${real} 640w"></p>`, real],
    [
      'that is the widest useful one in a srcset',
      `<p><img src="/s.jpg" srcset="/s.jpg 300w, ${real} 1600w, /xl.jpg 4000w"></p>`,
      real,
    ],
    [
      'in a source element of a picture element',
      `<p><picture><source srcset="${real}"><img src="${pixel}"></picture></p>`,
      real,
    ],
    [
      'in the noscript element beside a placeholder',
      `<p><img class="lazy" src="${pixel}"><noscript><img src="${real}"></noscript></p>`,
      real,
    ],
    ['in a noscript element without a placeholder', `<div><noscript><img src="${real}"></noscript></div>`, real],
    ['that holds the bytes of the picture', `<p><img src="${drawn}"></p>`, drawn],
    ['that is the background of a figure', `<figure style="background-image: url('${real}')"></figure>`, real],
    [
      'that is the background of a box with a class name for pictures',
      `<div class="anh-bia" style="background: #fff url(${real}) no-repeat"></div>`,
      real,
    ],
  ])('the extraction finds the address of a picture %s', (_where, inner, address) => {
    expect(extracted(pageWith(inner)).media.pictures.map((picture) => picture.address)).toEqual([address])
  })

  it.each<[string, string]>([
    ['a counting pixel', `<p><img src="https://dem.example.vn/p.gif" width="1" height="1"></p>`],
    ['a placeholder without a picture', `<p><img src="${pixel}"></p>`],
    ['a file on the author’s computer', '<p><img src="file:///D:/anh/image003.jpg"></p>'],
    ['the background of a box with text', `<div class="anh" style="background:url(${real})">Chữ trên nền</div>`],
  ])('the extraction finds no address of a picture in %s', (_what, inner) => {
    expect(extracted(pageWith(inner)).media.pictures).toEqual([])
  })

  it('the extraction keeps the relative address of a picture beside a saved page', () => {
    const html = pageWith(
      '<p><img src="./bai_files/a.jpg"></p>',
      '<link rel="canonical" href="https://cong.example.vn/b">',
    )
    expect(extracted(html, null).media.pictures).toEqual([{ address: './bai_files/a.jpg', figure: 0 }])
    const rooted = pageWith('<p><img src="/anh/a.jpg"></p>', '<link rel="canonical" href="https://cong.example.vn/b">')
    expect(extracted(rooted, null).media.pictures).toEqual([
      { address: 'https://cong.example.vn/anh/a.jpg', figure: 0 },
    ])
  })
})

it.each<[string, string | null]>([
  ['a.jpg', 'a.jpg'],
  ['a.jpg 1x, b.jpg 2x', 'b.jpg'],
  ['a.jpg 320w,b.jpg 1200w', 'b.jpg'],
  ['a,b.jpg 320w, c.jpg 5000w', 'a,b.jpg'],
  ['a.jpg 3000w, b.jpg 5000w', 'a.jpg'],
  ['', null],
])('pickSrcsetAddress("%s") returns %s', (set, best) => {
  expect(pickSrcsetAddress(set)).toBe(best)
})

describe('extractBulletin, placeholders of pictures', () => {
  const inner = `<figure><img src="/1.jpg" alt="Một"><figcaption>Đường đang mở.</figcaption></figure>
    <table><tr><th>Trước</th><th>Sau</th></tr><tr><td><img src="/2.jpg"></td><td><img src="/3.jpg"></td></tr></table>
    <figure><img src="/4.jpg"><img src="/5.jpg"><figcaption>Hai cây cầu mới.</figcaption></figure>
    <p><img src="javascript:alert(1)"></p>`
  const bulletin = extracted(pageWith(inner))

  it('the extraction writes the placeholders in the same order as the pictures', () => {
    const placeholders = bulletin.text.bodyHtml.match(/<span class="missing-picture"[^>]*>/g) ?? []
    expect(placeholders).toEqual(
      [1, 2, 3, 4, 5].map((n) => `<span class="missing-picture" data-original="https://cong.example.vn/${n}.jpg">`),
    )
    expect(bulletin.media.pictures).toEqual([
      { address: 'https://cong.example.vn/1.jpg', figure: 0 },
      { address: 'https://cong.example.vn/2.jpg', figure: null },
      { address: 'https://cong.example.vn/3.jpg', figure: null },
      { address: 'https://cong.example.vn/4.jpg', figure: 1 },
      { address: 'https://cong.example.vn/5.jpg', figure: 1 },
    ])
    expect(bulletin.text.figures.map(({ caption }) => caption)).toEqual(['Đường đang mở.', 'Hai cây cầu mới.'])
  })

  it('the extraction replaces or removes the placeholders that a page itself contains', () => {
    const claimed = `<p><span class="missing-picture" data-original="${real}">Đường</span></p><p><span class="missing-picture">Không có gì</span></p>`
    const { text: read, media } = extracted(pageWith(claimed))
    expect(media.pictures).toEqual([{ address: real, figure: 0 }])
    expect(read.bodyHtml.match(/missing-picture/g)).toHaveLength(1)
  })

  it('the extraction escapes quotes in the address of a placeholder', () => {
    const { text: read } = extracted(pageWith(`<p><img src='/a.jpg?"><b>x</b>'></p>`))
    expect(read.bodyHtml).not.toContain('<b>')
  })
})

describe('extractBulletin, captions of pictures', () => {
  it.each<[string, string, string]>([
    ['in a figure', '<figure><img src="/1.jpg"><figcaption>Cầu mới.</figcaption></figure>', 'Cầu mới.'],
    [
      'in a figure with a picture that a script would draw',
      '<figure><div class="lazy"></div><figcaption>Cầu mới.</figcaption></figure>',
      'Cầu mới.',
    ],
    [
      'in the cell below the picture',
      '<table><tr><td><img src="/1.jpg"></td></tr><tr><td class="media-caption">Cầu mới.</td></tr></table>',
      'Cầu mới.',
    ],
    ['in italics below the picture', '<p><img src="/1.jpg"></p><p><em>Cầu mới.</em></p>', 'Cầu mới.'],
    [
      'centred below the picture',
      '<p align="center"><img src="/1.jpg"></p><p style="text-align: center">Cầu mới qua suối Nà Pù</p>',
      'Cầu mới qua suối Nà Pù',
    ],
    [
      'in the picture’s paragraph, after a break',
      '<p style="text-align:center"><img src="/1.jpg"><br>Cầu mới</p>',
      'Cầu mới',
    ],
    ['with a credit', '<p><img src="/1.jpg"></p><p>Cầu mới. Ảnh: Hoàng Phong</p>', 'Cầu mới. Ảnh: Hoàng Phong'],
    [
      'in a box with a class name for captions, without a picture',
      '<div class="wp-caption-text">Cầu mới.</div>',
      'Cầu mới.',
    ],
  ])('the extraction finds a caption %s', (_where, inner, caption) => {
    const bulletin = extracted(pageWith(inner))
    expect(captionsOf(bulletin)).toEqual([caption])
    expect(paragraphsOf(bulletin)).toEqual([text, more])
  })

  it('the extraction does not treat a paragraph that begins with a picture as a caption', () => {
    const bulletin = extracted(pageWith(`<p><img src="/1.jpg" align="left">${more}</p>`))
    expect(paragraphsOf(bulletin)).toEqual([text, more, more])
  })
})

describe('extractBulletin, attachments', () => {
  const named = (inner: string): { address: string; name: string }[] =>
    extracted(pageWith(inner)).media.attachments.map(({ address, name }) => ({
      address: address.replace('https://cong.example.vn', ''),
      name,
    }))

  it.each<[string, string, { address: string; name: string }[]]>([
    [
      'by the extension in the address',
      '<p><a href="/vb/12.pdf">Quyết định 12</a></p>',
      [{ address: '/vb/12.pdf', name: 'Quyết định 12' }],
    ],
    [
      'by the extension in a URL parameter',
      '<p><a href="/Tai.aspx?file=ke-hoach.docx">Kế hoạch</a></p>',
      [{ address: '/Tai.aspx?file=ke-hoach.docx', name: 'Kế hoạch' }],
    ],
    ['by the attribute download', '<p><a href="/f/9" download>Phụ lục</a></p>', [{ address: '/f/9', name: 'Phụ lục' }]],
    [
      'by the text "Tải về", with the name of its row',
      '<ul><li>Mẫu số 3 <a href="/f/10">Tải về</a></li></ul>',
      [{ address: '/f/10', name: 'Mẫu số 3' }],
    ],
    [
      'and names a file after its address if it has no other name',
      '<p><a href="/vb/K%E1%BA%BF%20ho%E1%BA%A1ch.pdf">Tải về</a></p>',
      [{ address: '/vb/K%E1%BA%BF%20ho%E1%BA%A1ch.pdf', name: 'Kế hoạch.pdf' }],
    ],
    [
      'in a frame',
      '<iframe src="/viewer.html?file=/vb/13.pdf" title="Công văn 13"></iframe>',
      [{ address: '/vb/13.pdf', name: 'Công văn 13' }],
    ],
    [
      'only once if the page links them twice',
      '<p><a href="/a.zip">Hồ sơ</a> <a href="/a.zip">(tải)</a></p>',
      [{ address: '/a.zip', name: 'Hồ sơ' }],
    ],
    [
      'only behind links to files, not to pages',
      '<p><a href="/tin/1.html">Tin</a> <a href="javascript:taive()">Tải về</a></p>',
      [],
    ],
  ])('the extraction finds attachments %s', (_how, inner, expected) => {
    expect(named(inner)).toEqual(expected)
  })

  it('the extraction finds attachments in a labelled box right below the body', () => {
    const html = pageOf(
      `<div><h1>Kiểm tra đường</h1><div class="noi-dung"><p>${text}</p><p>${more}</p></div>
       <div class="tep-dinh-kem"><b>Tệp đính kèm:</b> <a href="/a.xlsx">Biểu số liệu</a></div></div>
       <div class="footer"><a href="/huong-dan.pdf">Hướng dẫn sử dụng</a></div>`,
    )
    expect(extracted(html).media.attachments).toEqual([
      { address: 'https://cong.example.vn/a.xlsx', name: 'Biểu số liệu' },
    ])
  })
})

it('extractBulletin turns list bullets from Word into the characters that Word shows', () => {
  const item = (sign: string, label: string): string =>
    `<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="font-family:Symbol"><span style="mso-list:Ignore">${sign}<span>&nbsp;&nbsp;&nbsp;</span></span></span>${label}<o:p></o:p></p>`
  const xml = '<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>'
  const bulletin = extracted(
    pageWith(xml + item('\u00b7', 'Mở rộng nền đường') + item('\uf0b7', 'Làm cống') + item('1.', 'Rải đá')),
  )
  expect(paragraphsOf(bulletin)).toEqual([text, '• Mở rộng nền đường', '• Làm cống', '1. Rải đá', more])
})
