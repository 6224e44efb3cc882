import { describe, expect, it } from 'vitest'
import { endsSentence, firstSentence, isOneSentence, splitSentences } from '../../../../src/core/text/sentences'

describe('firstSentence', () => {
  it.each([
    ['Hội nghị thành công. Các đại biểu ra về.', 160, 'Hội nghị thành công.'],
    ['“Ai làm?” Hai hỏi. Ba đáp.', 160, '“Ai làm?”'],
    ['UBND TP. Hồ Chí Minh họp. Sau đó nghỉ.', 160, 'UBND TP. Hồ Chí Minh họp.'],
    ['PGS. TS. Lê V. An nói chuyện. Hết.', 160, 'PGS. TS. Lê V. An nói chuyện.'],
    ['Tăng 12.840 tỷ đồng... so với năm 2015', 160, 'Tăng 12.840 tỷ đồng... so với năm 2015'],
    ['Không có dấu chấm', 160, 'Không có dấu chấm'],
    ['Một hai ba bốn năm', 11, 'Một hai ba…'],
    ['Một hai ba, bốn năm', 13, 'Một hai ba…'],
    ['Một hai.  Ba bốn', 8, 'Một hai.'],
    ['aaaaaaaaaaaa', 5, 'aaaa…'],
    ['aaa😀aaaa', 5, 'aaa…'],
    ['', 10, ''],
  ])('of "%s" within %i is "%s"', (text, maxLength, sentence) => {
    expect(firstSentence(text, maxLength)).toBe(sentence)
    expect(sentence.length).toBeLessThanOrEqual(maxLength)
  })
})

it.each([
  ['của tỉnh.', true],
  ['địa phương./.', true],
  ['địa phương./', true],
  ['địa phương. / .', true],
  ['làm gì?”', true],
  ['như sau:', true],
  ['quê hương', false],
  ['5,3%', false],
])('"%s" ends a sentence: %s', (text, ends) => {
  expect(endsSentence(text)).toBe(ends)
})

it.each([
  ['Một câu thôi.', true],
  ['Ông Hồ Đức Phớc, Bộ trưởng. Ảnh: Hoàng Phong', false],
  ['Lễ hội ở TP. Bắc Kạn năm 2020.', true],
])('"%s" is one sentence: %s', (text, one) => {
  expect(isOneSentence(text)).toBe(one)
})

describe('the sentences of a text', () => {
  it.each<[string, string, string[]]>([
    ['several', 'Một câu. Hai câu! Ba “câu”? Bốn', ['Một câu.', 'Hai câu!', 'Ba “câu”?', 'Bốn']],
    ['blanks between them are no part', '  Một.\n\n Hai.  ', ['Một.', 'Hai.']],
    [
      'abbreviations end none',
      'TP. Hồ Chí Minh và PGS. TS. Lê V. An họp. Xong.',
      ['TP. Hồ Chí Minh và PGS. TS. Lê V. An họp.', 'Xong.'],
    ],
    [
      'numbers with points are whole',
      'Đạt 12.840 tỷ đồng, tăng 1,5 lần. Hết./.',
      ['Đạt 12.840 tỷ đồng, tăng 1,5 lần.', 'Hết./.'],
    ],
    ['nothing', ' \n ', []],
  ])('%s', (_name, text, expected) =>
    expect(splitSentences(text).map(({ from, to }) => text.slice(from, to))).toEqual(expected),
  )
})
