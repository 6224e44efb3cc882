import { describe, expect, it } from 'vitest'
import { monogramOf } from '../../../../src/renderer/src/lib/source-monogram'

describe('monogramOf', () => {
  it.each([
    ['takes the initials of a province', 'Bắc Kạn (cũ)', 'BK'],
    ['skips the common words of a portal', 'Cổng TTĐT tỉnh Bắc Kạn', 'BK'],
    ['skips the common words of a district', 'Trang thông tin điện tử huyện Nà Lang', 'NL'],
    ['skips the common words of a department', 'Sở Thông tin tỉnh Sơn Khê', 'SK'],
    ['takes the first two letters of an abbreviation', 'Sở NN và MT', 'NN'],
    ['capitalizes lower-case letters', 'Bộ Tài chính', 'TC'],
    ['keeps Đ and drops Vietnamese marks', 'UBND xã Đồng Ấm', 'ĐA'],
    ['skips the words of a people’s committee', 'Ủy ban nhân dân xã Bản Mạ', 'BM'],
    ['keeps “Nhân Dân” in the name of a newspaper', 'Báo Nhân Dân', 'ND'],
    ['composes decomposed letters', 'Xã Ba Bể'.normalize('NFD'), 'BB'],
    ['takes the first two letters of a host name without www', 'www.vnexpress.net', 'VN'],
    ['takes the first two letters of a single word', 'cafef', 'CA'],
    ['takes the common words if the name has no other words', 'Cổng thông tin điện tử', 'CT'],
    ['returns nothing for a name without letters', '2020', ''],
  ])('monogramOf %s: %s', (_name, source, expected) => {
    expect(monogramOf(source)).toBe(expected)
  })
})
