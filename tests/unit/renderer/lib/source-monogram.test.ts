import { expect, test } from 'vitest'
import { monogramOf } from '../../../../src/renderer/src/lib/source-monogram'

test.each([
  ['a province by its own name', 'Bắc Kạn (cũ)', 'BK'],
  ['what a portal is called is not its name', 'Cổng TTĐT tỉnh Bắc Kạn', 'BK'],
  ['a district', 'Trang thông tin điện tử huyện Nà Lang', 'NL'],
  ['a department', 'Sở Thông tin tỉnh Sơn Khê', 'SK'],
  ['an abbreviation gives its own letters', 'Sở NN và MT', 'NN'],
  ['small letters count too', 'Bộ Tài chính', 'TC'],
  ['Đ stays, marks have no room', 'UBND xã Đồng Ấm', 'ĐA'],
  ['a people’s committee', 'Ủy ban nhân dân xã Bản Mạ', 'BM'],
  ['a paper of the people', 'Báo Nhân Dân', 'ND'],
  ['letters in pieces are put together first', 'Xã Ba Bể'.normalize('NFD'), 'BB'],
  ['a host', 'www.vnexpress.net', 'VN'],
  ['a word that stands alone', 'cafef', 'CA'],
  ['a name of nothing but kinds', 'Cổng thông tin điện tử', 'CT'],
  ['no letters', '2020', ''],
])('%s: %s', (_name, source, expected) => {
  expect(monogramOf(source)).toBe(expected)
})
