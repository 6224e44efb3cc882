import { describe, expect, it } from 'vitest'
import { findDefinedAbbreviations, findAbbreviations } from '../../../../src/shared/text/find-abbreviations'

const inText = (text: string): [string, string][] =>
  findAbbreviations(text, findDefinedAbbreviations(text)).map(({ from, to, long }) => [text.slice(from, to), long])

describe('abbreviations of a text', () => {
  it.each<[string, string, [string, string][]]>([
    ['a plain one', 'UBND tỉnh đã ban hành', [['UBND', 'Ủy ban nhân dân']]],
    ['at the end of a sentence', 'trình HĐND.', [['HĐND', 'Hội đồng nhân dân']]],
    [
      'in brackets, in quotes',
      '(GRDP) “OCOP”',
      [
        ['GRDP', 'tổng sản phẩm trên địa bàn'],
        ['OCOP', 'Mỗi xã một sản phẩm'],
      ],
    ],
    ['with &, as a whole', 'Sở NN&PTNT', [['NN&PTNT', 'Nông nghiệp và Phát triển nông thôn']]],
    ['with a hyphen, as a whole', 'phát triển KT-XH', [['KT-XH', 'kinh tế - xã hội']]],
    ['of two words', 'chỉ số PAR INDEX năm 2020', [['PAR INDEX', 'chỉ số cải cách hành chính']]],
    [
      'two joined by a hyphen, each',
      'lãnh đạo HĐND-UBND xã',
      [
        ['HĐND', 'Hội đồng nhân dân'],
        ['UBND', 'Ủy ban nhân dân'],
      ],
    ],
    ['the year of a birth', 'anh Nông Văn A (SN 1985)', [['SN', 'sinh năm']]],
    [
      'a road, a telephone',
      'đường ĐT 254, ĐT: 0209 3870',
      [
        ['ĐT', 'đường tỉnh'],
        ['ĐT', 'điện thoại'],
      ],
    ],
    ['a company', 'Công ty CP Cấp nước', [['CP', 'cổ phần']]],
    [
      'a doctor',
      'PGS.TS Nguyễn Văn B và TS. Lê Thị C',
      [
        ['TS', 'tiến sĩ'],
        ['TS', 'tiến sĩ'],
      ],
    ],
    ['a committee of the party', 'BTV Tỉnh ủy họp', [['BTV', 'Ban Thường vụ']]],
    [
      'what the text itself explains',
      'Ban Tổ chức (BTC) họp. BTC trao giải.',
      [
        ['BTC', 'Ban Tổ chức'],
        ['BTC', 'Ban Tổ chức'],
      ],
    ],
  ])('are found: %s', (_name, text, expected) => expect(inText(text)).toEqual(expected))

  it.each<[string, string]>([
    ['one of several meanings, without a word about it', 'BTC, CP, TT, KH và TB'],
    ['a part of a word', 'UBNDX, XUBND'],
    ['inside the number of a document', 'Nghị định 30/2020/NĐ-CP, số 12/QĐ-UBND'],
    ['in lower case', 'ubnd tỉnh'],
    ['a word that only looks so, in capitals', 'THU HÚT ĐẦU TƯ VÀO TỈNH'],
    ['units', 'trồng 500 ha, rộng 30 m2'],
    ['an address', 'UBND/abc, www.UBND-x.vn'],
    ['letters explained by other words', 'Hội nghị hôm nay (BTC)'],
  ])('are not: %s', (_name, text) => expect(inText(text)).toEqual([]))

  it('explained in one paragraph count in another', () => {
    const defined = findDefinedAbbreviations('Ban Chỉ huy Quân sự huyện và Trung tâm Y tế (sau đây gọi tắt là TTYT).')
    expect([...defined]).toEqual([['TTYT', 'Trung tâm Y tế']])
    expect(findAbbreviations('Bác sĩ của TTYT', defined)).toMatchObject([{ long: 'Trung tâm Y tế' }])
  })
})
