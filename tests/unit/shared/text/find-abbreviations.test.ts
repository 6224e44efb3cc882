import { describe, expect, it } from 'vitest'
import { findDefinedAbbreviations, findAbbreviations } from '../../../../src/shared/text/find-abbreviations'

const inText = (text: string): [string, string][] =>
  findAbbreviations(text, findDefinedAbbreviations(text)).map(({ from, to, long }) => [text.slice(from, to), long])

describe('findAbbreviations', () => {
  it.each<[string, string, [string, string][]]>([
    ['a plain abbreviation', 'UBND tỉnh đã ban hành', [['UBND', 'Ủy ban nhân dân']]],
    ['one at the end of a sentence', 'trình HĐND.', [['HĐND', 'Hội đồng nhân dân']]],
    [
      'some in brackets and in quotes',
      '(GRDP) “OCOP”',
      [
        ['GRDP', 'tổng sản phẩm trên địa bàn'],
        ['OCOP', 'Mỗi xã một sản phẩm'],
      ],
    ],
    ['one with "&" as a whole', 'Sở NN&PTNT', [['NN&PTNT', 'Nông nghiệp và Phát triển nông thôn']]],
    ['one with a hyphen as a whole', 'phát triển KT-XH', [['KT-XH', 'kinh tế - xã hội']]],
    ['one of two words', 'chỉ số PAR INDEX năm 2020', [['PAR INDEX', 'chỉ số cải cách hành chính']]],
    [
      'each of two joined by a hyphen',
      'lãnh đạo HĐND-UBND xã',
      [
        ['HĐND', 'Hội đồng nhân dân'],
        ['UBND', 'Ủy ban nhân dân'],
      ],
    ],
    ['one before a year of birth', 'anh Nông Văn A (SN 1985)', [['SN', 'sinh năm']]],
    [
      'a road and a telephone',
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
      'one that the text defines',
      'Ban Tổ chức (BTC) họp. BTC trao giải.',
      [
        ['BTC', 'Ban Tổ chức'],
        ['BTC', 'Ban Tổ chức'],
      ],
    ],
  ])('findAbbreviations finds %s', (_name, text, expected) => expect(inText(text)).toEqual(expected))

  it.each<[string, string]>([
    ['abbreviations of several meanings without context', 'BTC, CP, TT, KH và TB'],
    ['a part of a word', 'UBNDX, XUBND'],
    ['letters in a document number', 'Nghị định 30/2020/NĐ-CP, số 12/QĐ-UBND'],
    ['lower case', 'ubnd tỉnh'],
    ['a word in capitals', 'THU HÚT ĐẦU TƯ VÀO TỈNH'],
    ['units', 'trồng 500 ha, rộng 30 m2'],
    ['a web address', 'UBND/abc, www.UBND-x.vn'],
    ['letters that are not initials of the words before them', 'Hội nghị hôm nay (BTC)'],
  ])('findAbbreviations does not find %s', (_name, text) => expect(inText(text)).toEqual([]))

  it('findAbbreviations uses a meaning that another paragraph defines', () => {
    const defined = findDefinedAbbreviations('Ban Chỉ huy Quân sự huyện và Trung tâm Y tế (sau đây gọi tắt là TTYT).')
    expect([...defined]).toEqual([['TTYT', 'Trung tâm Y tế']])
    expect(findAbbreviations('Bác sĩ của TTYT', defined)).toMatchObject([{ long: 'Trung tâm Y tế' }])
  })
})
