import type { LegacyEncoding } from './legacy-encodings'

/** The marks that a byte adds to the letter before it, and the letters that can have these marks. */
interface Mark {
  marks: string
  after: string
}

/** The Vietnamese letters of an encoding. Bytes that are not in the table have the same meaning as in windows-1252. */
export interface LegacyTable {
  /** The letter of each byte. If the entry is a combining mark, the mark joins the letter before the byte. */
  letters: ReadonlyMap<number, string>
  /** The bytes that add marks to the letter before them, if that letter can have the marks. */
  marks: ReadonlyMap<number, Mark>
}

/**
 * Sequences of letters that have consecutive bytes. The number is the byte of the first letter. The sources are TCVN
 * 5712:1993, RFC 1456, Microsoft's code page 1258, and the fonts themselves.
 */
const letterRuns: Readonly<Record<LegacyEncoding, string>> = {
  tcvn3: 'a1ĂÂÊÔƠƯĐăâêôơưđ b5àảãáạ bbằẳẵắ c6ặầẩẫấậè ceẻẽéẹềểễếệìỉ dcĩíịò e1ỏõóọồổỗốộờởỡớợù f1ủũúụừửữứựỳỷỹýỵ',
  'tcvn5712-1':
    '01ÚỤ 04ỪỬỮ 11ỨỰỲỶỸÝỴ 80ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ a1ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ',
  viscii:
    '02Ẳ 05ẴẪ 14Ỷ 19Ỹ 1eỴ 80ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ',
  vps: '02ẠẬẶẸỆ 10ỊỌỘỢỤỰ 19Ỵ 1cẪỮ 80ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ 93ỀỂỄỐỒỔỖýỷỵỚỜỞ a1ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ e0àáâãảạă e8èéêẽìí efĩẴĐòóôõ f7Ơụùúủ fdỶẼỳ',
  vni: 'c6Ỉ ccÌÍỴ d1ĐỊĨƠ d6Ư e6ỉ ecìíỵ f1địĩơ f6ư',
  'windows-1258': 'c3Ă cc\u0300 d0Đ d2\u0309 d5Ơ ddƯ\u0303 e3ă ec\u0301 f0đ f2\u0323 f5ơ fdư₫',
}

/**
 * VNI writes marks as separate bytes after the letter. The bytes in this table follow small letters. The bytes that
 * follow capitals are lower by 0x20.
 */
const vniMarks: readonly (readonly [byte: number, marks: string, after: string])[] = [
  [0xe0, '\u0302\u0300', 'aeo'],
  [0xe1, '\u0302\u0301', 'aeo'],
  [0xe2, '\u0302', 'aeo'],
  [0xe3, '\u0302\u0303', 'aeo'],
  [0xe4, '\u0302\u0323', 'aeo'],
  [0xe5, '\u0302\u0309', 'aeo'],
  [0xe8, '\u0306\u0300', 'a'],
  [0xe9, '\u0306\u0301', 'a'],
  [0xea, '\u0306', 'a'],
  [0xeb, '\u0306\u0323', 'a'],
  [0xef, '\u0323', 'aeouơư'],
  [0xf5, '\u0303', 'aeouyơư'],
  [0xf8, '\u0300', 'aeouyơư'],
  [0xf9, '\u0301', 'aeouyơư'],
  [0xfa, '\u0306\u0309', 'a'],
  [0xfb, '\u0309', 'aeouyơư'],
  [0xfc, '\u0306\u0303', 'a'],
]

const tables = new Map<LegacyEncoding, LegacyTable>()

/** Returns the table of an encoding. The function builds a table when it is first used. */
export function getLegacyTable(encoding: LegacyEncoding): LegacyTable {
  const known = tables.get(encoding)
  if (known !== undefined) return known
  const letters = new Map<number, string>()
  for (const [, first = '', run = ''] of letterRuns[encoding].matchAll(/([0-9a-f]{2})([^ 0-9a-f]+)/g))
    for (const [at, letter] of [...run].entries()) letters.set(Number.parseInt(first, 16) + at, letter)
  const marks = new Map<number, Mark>()
  if (encoding === 'vni')
    for (const [byte, signs, after] of vniMarks)
      for (const each of [byte, byte - 0x20]) marks.set(each, { marks: signs, after })
  const table = { letters, marks }
  tables.set(encoding, table)
  return table
}
