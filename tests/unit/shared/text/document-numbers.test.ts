import { describe, expect, it } from 'vitest'
import {
  documentNumberKey,
  findDocumentNumbers,
  hasDocumentKey,
  listDocumentNumbers,
} from '../../../../src/shared/text/document-numbers'

const numbersIn = (text: string): string[] => findDocumentNumbers(text).map(({ number }) => number)

describe('numbers of documents', () => {
  it.each<[string, string, string, string | null, string | null]>([
    ['a decision', 'Quyết định số 123/QĐ-UBND ngày 08/09/2020', '123/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['a resolution', 'theo Nghị quyết 45/NQ-HĐND của tỉnh', '45/NQ-HĐND', 'Nghị quyết', 'Hội đồng nhân dân'],
    ['a decree, with its year', 'Nghị định 30/2020/NĐ-CP', '30/2020/NĐ-CP', 'Nghị định', 'Chính phủ'],
    ['a circular', 'Thông tư số 01/2021/TT-BNV.', '01/2021/TT-BNV', 'Thông tư', 'Bộ Nội vụ'],
    ['a joint circular', '(12/2014/TTLT-BTP-BNV)', '12/2014/TTLT-BTP-BNV', 'Thông tư liên tịch', 'Bộ Tư pháp'],
    ['a law', 'Luật số 59/2020/QH14', '59/2020/QH14', null, 'Quốc hội'],
    ['an order of the prime minister', 'Chỉ thị 16/CT-TTg;', '16/CT-TTg', 'Chỉ thị', 'Thủ tướng Chính phủ'],
    ['a request', 'Tờ trình số 88/TTr-UBND', '88/TTr-UBND', 'Tờ trình', 'Ủy ban nhân dân'],
    ['a letter', 'Công văn số 2345/UBND-KGVX', '2345/UBND-KGVX', 'Công văn', 'Ủy ban nhân dân'],
    ['a letter of a department', 'Văn bản 567/STC-QLNS', '567/STC-QLNS', null, null],
    ['a paper of the party', 'Chỉ thị số 08-CT/TW ngày 13', '08-CT/TW', 'Chỉ thị', 'Trung ương'],
    ['one of a province', 'Nghị quyết 15-NQ/TU', '15-NQ/TU', 'Nghị quyết', 'Tỉnh ủy hoặc Thành ủy'],
    ['one of a commission', 'Hướng dẫn 12-HD/BTGTW', '12-HD/BTGTW', 'Hướng dẫn', null],
    ['a number with a letter', 'số 123a/QĐ-UBND', '123a/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['thousands with a point', 'số 1.234/QĐ-UBND', '1.234/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['blanks about its signs', 'số 123 /QĐ - UBND', '123/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['a non-breaking hyphen', '30/2020/NĐ‑CP', '30/2020/NĐ-CP', 'Nghị định', 'Chính phủ'],
    ['a dash', '30/2020/NĐ–CP', '30/2020/NĐ-CP', 'Nghị định', 'Chính phủ'],
    ['letters alone after “số”', 'Thông báo số 15/TB', '15/TB', 'Thông báo', null],
    ['an Eth for its Đ', 'số 7/QÐ-UBND', '7/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân'],
    ['three groups', '77/BC-UBND-VP', '77/BC-UBND-VP', 'Báo cáo', 'Ủy ban nhân dân'],
  ])('%s', (_name, text, number, kind, issuer) => {
    const found = findDocumentNumbers(text)
    expect(found.map((each) => [each.number, each.kind, each.issuer])).toEqual([[number, kind, issuer]])
    const [{ from, to } = { from: 0, to: 0 }] = found
    expect(documentNumberKey(text.slice(from, to))).toBe(documentNumberKey(number))
  })

  it.each<[string, string]>([
    ['a date', 'ngày 08/09/2020'],
    ['a fraction', 'đạt 3/4 diện tích'],
    ['a price each', '40 triệu đồng/người, 5,3%/năm'],
    ['a place', 'nhà 12/A ngõ 3, tổ 5/B'],
    ['a house number', 'số nhà 25/12'],
    ['a speed', '60km/h'],
    ['a road', 'QL3, ĐT254/Km12'],
    ['two offices', 'HĐND/UBND tỉnh'],
    ['an address', 'https://a.gov.vn/2020/QH-tin'],
    ['a number that goes on', '123/QĐ-UBND2020x'],
    ['letters in lower case', '12/qđ-ubnd'],
    ['a part of a longer one', '2/123/QĐ-UBND'],
  ])('are not: %s', (_name, text) => expect(numbersIn(text)).toEqual([]))

  it('are all found in a row', () => {
    expect(numbersIn('Căn cứ các Quyết định số 12/QĐ-UBND, 13/QĐ-UBND và Nghị quyết số 5-NQ/TW')).toEqual([
      '12/QĐ-UBND',
      '13/QĐ-UBND',
      '5-NQ/TW',
    ])
  })

  it('are listed once each, with how often', () => {
    expect(listDocumentNumbers('số 08/QĐ-UBND; số 8/QĐ - UBND; số 9/QĐ-UBND')).toMatchObject([
      { number: '08/QĐ-UBND', count: 2 },
      { number: '9/QĐ-UBND', count: 1 },
    ])
  })
})

describe('the key of a number', () => {
  it.each([
    ['123/QĐ-UBND', '123/qd/ubnd'],
    ['123 / qd - ubnd', '123/qd/ubnd'],
    ['08-CT/TW', '8/ct/tw'],
    ['1.234/QĐ-UBND', '1234/qd/ubnd'],
    ['30/2020', '30/2020'],
    ['QĐ-UBND'.normalize('NFD'), 'qd/ubnd'],
    ['//-', ''],
  ])('of %j is %j', (written, key) => expect(documentNumberKey(written)).toBe(key))

  it.each<[string, string, boolean]>([
    ['123/qd/ubnd', '123', true],
    ['123/qd/ubnd', '123/qd/ubnd', true],
    ['1234/qd/ubnd', '123', false],
    ['123/qd/ubnd', '123/q', false],
    ['123/qd/ubnd', 'qd/ubnd', true],
    ['123/nq/ubnd', 'qd/ubnd', false],
  ])('%s answers to %s: %s', (key, asked, isThere) => expect(hasDocumentKey(key, asked)).toBe(isThere))
})
