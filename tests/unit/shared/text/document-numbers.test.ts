import { describe, expect, it } from 'vitest'
import {
  documentNumberKey,
  findDocumentNumbers,
  hasDocumentKey,
  listDocumentNumbers,
} from '../../../../src/shared/text/document-numbers'

const numbersIn = (text: string): string[] => findDocumentNumbers(text).map(({ number }) => number)

describe('findDocumentNumbers', () => {
  it.each<[string, string, string, string | null, string | null]>([
    ['a decision', 'Quyết định số 123/QĐ-UBND ngày 08/09/2020', '123/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['a resolution', 'theo Nghị quyết 45/NQ-HĐND của tỉnh', '45/NQ-HĐND', 'Nghị quyết', 'Hội đồng nhân dân'],
    ['a decree with its year', 'Nghị định 30/2020/NĐ-CP', '30/2020/NĐ-CP', 'Nghị định', 'Chính phủ'],
    ['a circular', 'Thông tư số 01/2021/TT-BNV.', '01/2021/TT-BNV', 'Thông tư', 'Bộ Nội vụ'],
    ['a joint circular', '(12/2014/TTLT-BTP-BNV)', '12/2014/TTLT-BTP-BNV', 'Thông tư liên tịch', 'Bộ Tư pháp'],
    ['a law', 'Luật số 59/2020/QH14', '59/2020/QH14', null, 'Quốc hội'],
    ['an order of the prime minister', 'Chỉ thị 16/CT-TTg;', '16/CT-TTg', 'Chỉ thị', 'Thủ tướng Chính phủ'],
    ['a proposal', 'Tờ trình số 88/TTr-UBND', '88/TTr-UBND', 'Tờ trình', 'Ủy ban nhân dân'],
    ['an official letter', 'Công văn số 2345/UBND-KGVX', '2345/UBND-KGVX', 'Công văn', 'Ủy ban nhân dân'],
    ['an official letter of a department', 'Văn bản 567/STC-QLNS', '567/STC-QLNS', null, null],
    ['a document of the party', 'Chỉ thị số 08-CT/TW ngày 13', '08-CT/TW', 'Chỉ thị', 'Trung ương'],
    [
      'a document of a provincial party committee',
      'Nghị quyết 15-NQ/TU',
      '15-NQ/TU',
      'Nghị quyết',
      'Tỉnh ủy hoặc Thành ủy',
    ],
    ['a document of a party commission', 'Hướng dẫn 12-HD/BTGTW', '12-HD/BTGTW', 'Hướng dẫn', null],
    ['a number with a letter', 'số 123a/QĐ-UBND', '123a/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['a number with a thousands separator', 'số 1.234/QĐ-UBND', '1.234/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['a number with spaces', 'số 123 /QĐ - UBND', '123/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['a number with a non-breaking hyphen', '30/2020/NĐ‑CP', '30/2020/NĐ-CP', 'Nghị định', 'Chính phủ'],
    ['a number with a dash', '30/2020/NĐ–CP', '30/2020/NĐ-CP', 'Nghị định', 'Chính phủ'],
    ['a single group of letters after “số”', 'Thông báo số 15/TB', '15/TB', 'Thông báo', null],
    ['a number with Eth for Đ', 'số 7/QÐ-UBND', '7/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['a number with three groups of letters', '77/BC-UBND-VP', '77/BC-UBND-VP', 'Báo cáo', 'Ủy ban nhân dân'],
  ])('findDocumentNumbers finds %s', (_name, text, number, kind, issuer) => {
    const found = findDocumentNumbers(text)
    expect(found.map((each) => [each.number, each.kind, each.issuer])).toEqual([[number, kind, issuer]])
    const [{ from, to } = { from: 0, to: 0 }] = found
    expect(documentNumberKey(text.slice(from, to))).toBe(documentNumberKey(number))
  })

  it.each<[string, string]>([
    ['a date', 'ngày 08/09/2020'],
    ['a fraction', 'đạt 3/4 diện tích'],
    ['a price per person', '40 triệu đồng/người, 5,3%/năm'],
    ['a place in a street', 'nhà 12/A ngõ 3, tổ 5/B'],
    ['a house number', 'số nhà 25/12'],
    ['a speed', '60km/h'],
    ['a road', 'QL3, ĐT254/Km12'],
    ['two offices', 'HĐND/UBND tỉnh'],
    ['a web address', 'https://a.gov.vn/2020/QH-tin'],
    ['a number with other letters directly after it', '123/QĐ-UBND2020x'],
    ['letters in lower case', '12/qđ-ubnd'],
    ['a part of a longer number', '2/123/QĐ-UBND'],
  ])('findDocumentNumbers does not find %s', (_name, text) => expect(numbersIn(text)).toEqual([]))

  it('findDocumentNumbers finds several numbers in a row', () => {
    expect(numbersIn('Căn cứ các Quyết định số 12/QĐ-UBND, 13/QĐ-UBND và Nghị quyết số 5-NQ/TW')).toEqual([
      '12/QĐ-UBND',
      '13/QĐ-UBND',
      '5-NQ/TW',
    ])
  })

  it('listDocumentNumbers lists each number once, with the count of its occurrences', () => {
    expect(listDocumentNumbers('số 08/QĐ-UBND; số 8/QĐ - UBND; số 9/QĐ-UBND')).toMatchObject([
      { number: '08/QĐ-UBND', count: 2 },
      { number: '9/QĐ-UBND', count: 1 },
    ])
  })
})

describe('documentNumberKey and hasDocumentKey', () => {
  it.each([
    ['123/QĐ-UBND', '123/qd/ubnd'],
    ['123 / qd - ubnd', '123/qd/ubnd'],
    ['08-CT/TW', '8/ct/tw'],
    ['1.234/QĐ-UBND', '1234/qd/ubnd'],
    ['30/2020', '30/2020'],
    ['QĐ-UBND'.normalize('NFD'), 'qd/ubnd'],
    ['//-', ''],
  ])('documentNumberKey turns %j into the key %j', (written, key) => expect(documentNumberKey(written)).toBe(key))

  it.each<[string, string, boolean]>([
    ['123/qd/ubnd', '123', true],
    ['123/qd/ubnd', '123/qd/ubnd', true],
    ['1234/qd/ubnd', '123', false],
    ['123/qd/ubnd', '123/q', false],
    ['123/qd/ubnd', 'qd/ubnd', true],
    ['123/nq/ubnd', 'qd/ubnd', false],
  ])('for the key %s and the searched key %s, hasDocumentKey returns %s', (key, asked, isThere) =>
    expect(hasDocumentKey(key, asked)).toBe(isThere),
  )
})
