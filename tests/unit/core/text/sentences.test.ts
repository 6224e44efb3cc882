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
  ])('firstSentence of "%s" with at most %i characters returns "%s"', (text, maxLength, sentence) => {
    expect(firstSentence(text, maxLength)).toBe(sentence)
    expect(sentence.length).toBeLessThanOrEqual(maxLength)
  })
})

describe('endsSentence', () => {
  it.each([
    ['của tỉnh.', true],
    ['địa phương./.', true],
    ['địa phương./', true],
    ['địa phương. / .', true],
    ['làm gì?”', true],
    ['như sau:', true],
    ['quê hương', false],
    ['5,3%', false],
  ])('endsSentence returns for "%s": %s', (text, ends) => {
    expect(endsSentence(text)).toBe(ends)
  })
})

describe('isOneSentence', () => {
  it.each([
    ['Một câu thôi.', true],
    ['Ông Hồ Đức Phớc, Bộ trưởng. Ảnh: Hoàng Phong', false],
    ['Lễ hội ở TP. Bắc Kạn năm 2020.', true],
  ])('isOneSentence returns for "%s": %s', (text, one) => {
    expect(isOneSentence(text)).toBe(one)
  })
})

describe('splitSentences', () => {
  it.each<[string, string, string[]]>([
    ['splits several sentences', 'Một câu. Hai câu! Ba “câu”? Bốn', ['Một câu.', 'Hai câu!', 'Ba “câu”?', 'Bốn']],
    ['leaves out the spaces between them', '  Một.\n\n Hai.  ', ['Một.', 'Hai.']],
    [
      'does not split after an abbreviation',
      'TP. Hồ Chí Minh và PGS. TS. Lê V. An họp. Xong.',
      ['TP. Hồ Chí Minh và PGS. TS. Lê V. An họp.', 'Xong.'],
    ],
    [
      'does not split numbers with dots',
      'Đạt 12.840 tỷ đồng, tăng 1,5 lần. Hết./.',
      ['Đạt 12.840 tỷ đồng, tăng 1,5 lần.', 'Hết./.'],
    ],
    ['finds no sentence in white space', ' \n ', []],
  ])('splitSentences %s', (_name, text, expected) =>
    expect(splitSentences(text).map(({ from, to }) => text.slice(from, to))).toEqual(expected),
  )
})
