import { describe, expect, it } from 'vitest'
import { extracted, pageOf } from '../../../support/extract'

const texts = [
  'Hợp tác xã Bản Lầu đã gieo xong mười hai héc-ta lạc vụ đông trên đất một vụ lúa',
  'Bà con dùng giống mới do trung tâm khuyến nông cấp, mỗi sào cần mười hai cân',
]
const [first = '', second = ''] = texts
const note = 'Số liệu của tổ khuyến nông xã, tính đến cuối tháng mười.'
const read = (marked: string, noted: string): string => {
  const article = `<h1>Bản Lầu gieo lạc vụ đông</h1><div><p>${marked}</p><p>${second}.</p><p>${texts.join('; ')}.</p>${noted}</div>`
  return extracted(pageOf(article), null).text.bodyHtml
}

describe('separateFootnoteMarks', () => {
  it.each<[string, string, string]>([
    ['a plain link', `${first}.<a href="#n1" id="m1">1</a>`, `<p id="n1"><a href="#m1">1</a>${note}</p>`],
    ['a link in brackets', `${first}.<a href="#n1" id="m1">[1]</a>`, `<p><a name="n1" href="#m1">[1]</a>${note}</p>`],
    [
      'a link with a class',
      `${first}. <a id="m1" class="footnote" href="#n1"><span></span>1</a>`,
      `<ol><li id="n1"><p>${note}</p></li></ol>`,
    ],
    [
      'a LibreOffice link',
      `${first}.<a class="sdfootnoteanc" name="m1" href="#n1"><sup>1</sup></a>`,
      `<div id="s1"><p><a class="sdfootnotesym" name="n1" href="#m1">1</a>${note}</p></div>`,
    ],
    ['a link in sup', `${first}.<sup id="m1"><a href="#n1">1</a></sup>`, `<p id="n1"><a href="#m1">1</a>${note}</p>`],
  ])(
    'separateFootnoteMarks makes the number in the text superscript and separates the number of the note: %s',
    (_what, marked, noted) => {
      const html = read(marked, noted)
      expect(html).toMatch(/<sup>\[?1\]?<\/sup>/)
      expect(html).not.toMatch(/1\]?Số liệu/)
      expect(html).toContain(note)
    },
  )

  it.each<[string, string]>([
    ['a link without a target', `${first}.<a href="#khac">1</a>`],
    ['a link with words', `${first}. <a href="#n1">Xem ghi chú</a>`],
    ['a link to another page', `${first} <a href="/vb/1">1</a>`],
  ])('separateFootnoteMarks leaves %s unchanged', (_what, marked) => {
    expect(read(marked, `<p id="n1">${note}</p>`)).not.toContain('<sup>')
  })
})
