import { describe, expect, it } from 'vitest'
import { unescapeTwiceEscaped } from '../../../../../src/core/text/repair/double-escaped'
import { extracted, pageOf, paragraphsOf } from '../../../support/extract'

const read = (text: string): string => unescapeTwiceEscaped(text)?.text ?? text

describe('unescapeTwiceEscaped', () => {
  it.each<[string, string]>([
    ['&#272;&#7891;ng ch&#237;', 'Đồng chí'],
    ['&#x110;&#x1ed3;ng chí', 'Đồng chí'],
    ['Th&ocirc;ng b&aacute;o h&#7885;p', 'Thông báo họp'],
    ['Địa điểm:&nbsp;Hội trường&nbsp;- tầng 2', 'Địa điểm:\u00a0Hội trường\u00a0- tầng 2'],
    ['&ldquo;Nước sạch&rdquo; &ndash; năm 2025', '“Nước sạch” – năm 2025'],
    ['Sở NN&amp;PTNT', 'Sở NN&PTNT'],
    ['Phong tr&amp;agrave;o', 'Phong trào'],
    ['họp l&amp;amp;uacute;c 8 giờ', 'họp lúc 8 giờ'],
  ])('unescapeTwiceEscaped repairs “%s”', (received, expected) => {
    const result = unescapeTwiceEscaped(received)
    expect(result?.text).toBe(expected)
    expect(result?.from.length).toBe(expected.length)
  })

  it.each([
    'Dấu cách cứng được viết là &nbsp; và dấu nhỏ hơn là &lt; như trong ví dụ',
    'https://a.example.vn/x?a=1&copy=2&lang=vi',
    'R & D; AT&T; a && b;',
    'ti&zzzz;ng',
    'ký tự &#1; và&#55296;',
  ])('unescapeTwiceEscaped leaves “%s” unchanged', (text) => {
    expect(read(text)).toBe(text)
  })

  it('a page with text that was escaped twice is repaired, and the user can undo the recorded repairs', () => {
    const html = pageOf('<h1>Th&amp;ocirc;ng b&amp;aacute;o</h1><p>X&amp;atilde; h&amp;#7885;p l&uacute;c 8 giờ.</p>')
    const { text } = extracted(html)
    expect([text.title, text.bodyText]).toEqual(['Thông báo', 'Xã họp lúc 8 giờ.'])
    expect(text.repairs).toMatchObject([
      { kind: 'entity', rule: 'escaped-twice', field: 'title', count: 2 },
      { kind: 'entity', rule: 'escaped-twice', field: 'body', count: 2 },
    ])
    const undone = [{ kind: 'entity', rule: 'escaped-twice', field: 'body' }] as const
    expect(extracted(html, null, { undone: [...undone] }).text.bodyText).toBe('X&atilde; h&#7885;p lúc 8 giờ.')
  })

  it('character references in code stay unchanged', () => {
    const html = pageOf('<h1>Hướng dẫn</h1><p>Viết <code>th&amp;ocirc;ng</code> thay cho chữ có dấu.</p>')
    expect(paragraphsOf(extracted(html))).toEqual(['Viết th&ocirc;ng thay cho chữ có dấu.'])
  })

  it('text files are repaired, also if their text is doubly encoded as well', () => {
    const dump = extracted('Th&ocirc;ng b&aacute;o\n\nX&atilde; h&#7885;p.', null, { name: 'a.txt' })
    expect(dump.text.title).toBe('Thông báo')
    const doubled = [...Buffer.from('Hội nghị tổng kết công tác', 'utf8').toString('latin1')]
    const escaped = doubled.map((letter) => (letter > '~' ? `&amp;#${letter.charCodeAt(0)};` : letter)).join('')
    const html = pageOf(`<h1>Tin trong xã tuần này</h1><p>08/02/2025</p><p>${escaped}.</p>`)
    expect(paragraphsOf(extracted(html))).toEqual(['Hội nghị tổng kết công tác.'])
  })
})
