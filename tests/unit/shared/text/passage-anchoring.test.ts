import { describe, expect, it } from 'vitest'
import { findPassage, createPassage } from '../../../../src/shared/text/passage-anchoring'
import type { Passage } from '../../../../src/shared/bulletin'

const text =
  'Tốc độ tăng trưởng kinh tế\nMục tiêu thi đua hướng vào cơ cấu lại ngành nông nghiệp. Tốc độ tăng trưởng kinh tế giai đoạn 2015-2020 đạt 5,3%/năm. GRDP ước đạt 12.840 tỷ đồng, tăng 1,5 lần.\nThu ngân sách đạt “kế hoạch”. Tốc độ tăng trưởng kinh tế năm 2021 cao hơn.'

/** Creates the passage of the text between the signs « and ». */
const chosen = (marked: string): Passage => {
  const from = marked.indexOf('«')
  const plain = marked.replace(/[«»]/g, '')
  const passage = createPassage(plain, { from, to: marked.indexOf('»') - 1 })
  if (passage === null) throw new Error('nothing was chosen')
  return passage
}
const found = (whole: string, passage: Passage): string | null => {
  const range = findPassage(whole, passage)
  return range === null ? null : whole.slice(range.from, range.to)
}

describe('createPassage', () => {
  it('createPassage returns the words, their context and their start', () => {
    expect(chosen('Một hai «ba bốn» năm sáu.')).toEqual({
      quote: 'ba bốn',
      prefix: 'Một hai ',
      suffix: ' năm sáu.',
      start: 8,
    })
  })
  it.each<[string, string, string]>([
    ['widens cut words to whole ones', 'Thu ngân sá«ch đạt k»ế hoạch', 'sách đạt kế'],
    ['includes selected punctuation', 'đạt «“kế hoạch”.» Tốc', '“kế hoạch”.'],
    ['leaves out selected white space', 'đạt« kế hoạch »năm', 'kế hoạch'],
  ])('createPassage %s', (_name, marked, quote) => expect(chosen(marked).quote).toBe(quote))
  it.each(['Một « » hai', 'Một« … »hai'])('createPassage returns null if no word was selected: %s', (marked) =>
    expect(() => chosen(marked)).toThrow('nothing'),
  )
})

describe('findPassage', () => {
  const growth = createPassage(text, {
    from: text.indexOf('Tốc độ tăng trưởng kinh tế giai'),
    to: text.indexOf(' GRDP'),
  })
  const lone = createPassage(text, { from: text.lastIndexOf('Tốc độ'), to: text.lastIndexOf(' năm 2021') })
  const heading = createPassage(text, { from: 0, to: 'Tốc độ tăng trưởng kinh tế'.length })
  if (growth === null || lone === null || heading === null) throw new Error('nothing was chosen')

  it('findPassage finds a passage in the same text', () =>
    expect(found(text, growth)).toBe('Tốc độ tăng trưởng kinh tế giai đoạn 2015-2020 đạt 5,3%/năm.'))

  it.each<[string, (before: string) => string]>([
    ['finds the passage after an insertion before it', (before) => `Tin mới.\n${'Lời dẫn dài. '.repeat(200)}${before}`],
    [
      'finds the passage if paragraphs are divided differently',
      (before) => before.replaceAll(' ', '\n ').replaceAll('. ', '.\n\n'),
    ],
    ['finds the passage without white space between paragraphs', (before) => before.replaceAll('\n', '')],
    ['finds the passage in NFD', (before) => before.normalize('NFD')],
    ['finds the passage with Eth for Đ', (before) => before.replaceAll('đ', 'ð').replaceAll('Đ', 'Ð')],
    ['finds the passage in capitals', (before) => before.toUpperCase()],
    [
      'finds the passage if all text around it has changed',
      () => 'Khác hẳn: tốc độ tăng trưởng kinh tế giai đoạn 2015-2020 đạt 5,3%/năm, hết.',
    ],
  ])('findPassage %s', (_name, change) => {
    const plain = (part: string | null): string =>
      (part ?? '').normalize('NFC').toLowerCase().replaceAll('ð', 'đ').replace(/\s+/g, ' ')
    expect(plain(found(change(text), growth))).toMatch(
      /^tốc độ tăng trưởng kinh tế giai đoạn 2015-2020 đạt 5,3%\/năm\.?$/,
    )
  })

  it.each<[string, typeof growth, number]>([
    ['the heading', heading, 0],
    ['the last sentence', lone, text.lastIndexOf('Tốc độ')],
  ])('if a text has equal words, findPassage finds the passage at its own position: %s', (_name, passage, from) => {
    const moved = `Thêm một câu. ${text}`
    expect(findPassage(moved, passage)?.from).toBe(from + 'Thêm một câu. '.length)
  })

  it.each<[string, string, string]>([
    ['a number was corrected', '5,3%/năm', '5,4%/năm'],
    ['a word was inserted', 'giai đoạn', 'trong giai đoạn'],
    ['a word was removed', 'kinh tế giai', 'giai'],
  ])('findPassage finds the passage after a small change: %s', (_name, from, to) => {
    const revised = text.replace(`Tốc độ tăng trưởng kinh tế giai đoạn 2015-2020 đạt 5,3%/năm`, (all) =>
      all.replace(from, to),
    )
    const part = found(revised, growth)
    expect(part).toContain(to)
    expect(part?.startsWith('Tốc độ')).toBe(true)
    expect(part?.endsWith('năm.')).toBe(true)
  })

  it.each<[string, string]>([
    ['was removed', text.replace(growth.quote, '')],
    [
      'was rewritten completely',
      text.replace(growth.quote, 'Kinh tế phát triển khá, mức tăng bình quân mỗi năm hơn năm phần trăm.'),
    ],
    ['belongs to a text that is now empty', ''],
  ])('findPassage returns null if the passage %s', (_name, revised) => expect(findPassage(revised, growth)).toBeNull())

  it('findPassage finds a short passage only if all its words are unchanged', () => {
    const short = createPassage('Thu ngân sách tăng', { from: 4, to: 13 })
    if (short === null) throw new Error('nothing was chosen')
    expect(findPassage('Thu ngân quỹ tăng', short)).toBeNull()
  })
})

describe('a passage in a long text', () => {
  const sentence = 'Uỷ ban nhân dân xã đã chỉ đạo sản xuất vụ mùa. '
  const long = `${sentence.repeat(300)}“Vụ mùa” năm nay được mùa. ${sentence.repeat(300)}`

  it('findPassage finds each repeated sentence at its own place', () => {
    for (const at of [0, 7, 150, 299]) {
      const from = at * sentence.length
      const passage = createPassage(long, { from: from + 3, to: from + 20 })
      if (passage === null) throw new Error('nothing was chosen')
      expect(findPassage(long, passage)?.from).toBe(from + 3)
    }
  })
  it('findPassage finds the passage when the text before it is longer or shorter', () => {
    const passage = createPassage(long, { from: long.indexOf('Vụ mùa” năm'), to: long.indexOf(' được mùa.') })
    if (passage === null) throw new Error('nothing was chosen')
    for (const changed of [sentence.repeat(40) + long, long.slice(sentence.length * 100)])
      expect(found(changed, passage)).toBe('Vụ mùa” năm nay')
  })
})
