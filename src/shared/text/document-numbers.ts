// The interface and the core both run this file, so this file must not import any package.
import { foldWord } from './word-keys'

/** The number of an official document in a text. */
export interface DocumentNumber {
  /** The position of the number in the text in UTF-16 units. The range includes `from` and excludes `to`. */
  from: number
  to: number
  /** The number as offices write it, without spaces: "123/QĐ-UBND", "30/2020/NĐ-CP", "08-CT/TW". */
  number: string
  /**
   * The kind of document ("Quyết định"), which the letters of the number tell. The value is null if the letters stand
   * for no known kind.
   */
  kind: string | null
  /**
   * The issuer ("Ủy ban nhân dân"), which the letters of the number tell. The value is null if the letters are unknown
   * or have several meanings.
   */
  issuer: string | null
}

/**
 * The kinds of documents by the letters before the issuer. The sources are Decree 30/2020/NĐ-CP, appendix III, and for
 * documents of the party Guide 36-HD/VPTW.
 */
const kinds: Readonly<Record<string, string>> = {
  NQ: 'Nghị quyết',
  QĐ: 'Quyết định',
  NĐ: 'Nghị định',
  TT: 'Thông tư',
  TTLT: 'Thông tư liên tịch',
  CT: 'Chỉ thị',
  KH: 'Kế hoạch',
  TB: 'Thông báo',
  BC: 'Báo cáo',
  HD: 'Hướng dẫn',
  CĐ: 'Công điện',
  CV: 'Công văn',
  TTr: 'Tờ trình',
  KL: 'Kết luận',
  QyĐ: 'Quy định',
  QĐi: 'Quy định',
  QC: 'Quy chế',
  CTr: 'Chương trình',
  CTHĐ: 'Chương trình hành động',
  ĐA: 'Đề án',
  PA: 'Phương án',
  BB: 'Biên bản',
  GM: 'Giấy mời',
  GP: 'Giấy phép',
  PL: 'Pháp lệnh',
  L: 'Lệnh',
  VBHN: 'Văn bản hợp nhất',
}

/** The issuers by their letters. The table contains only letters with a single meaning in a document number. */
const issuers: Readonly<Record<string, string>> = {
  UBND: 'Ủy ban nhân dân',
  HĐND: 'Hội đồng nhân dân',
  CP: 'Chính phủ',
  TTg: 'Thủ tướng Chính phủ',
  TW: 'Trung ương',
  TƯ: 'Trung ương',
  TU: 'Tỉnh ủy hoặc Thành ủy',
  HU: 'Huyện ủy',
  ĐU: 'Đảng ủy',
  UBTVQH: 'Ủy ban Thường vụ Quốc hội',
  QH: 'Quốc hội',
  CTN: 'Chủ tịch nước',
  VPCP: 'Văn phòng Chính phủ',
  BNV: 'Bộ Nội vụ',
  BTC: 'Bộ Tài chính',
  BYT: 'Bộ Y tế',
  BCA: 'Bộ Công an',
  BQP: 'Bộ Quốc phòng',
  BTP: 'Bộ Tư pháp',
  BCT: 'Bộ Công Thương',
  BXD: 'Bộ Xây dựng',
  BGDĐT: 'Bộ Giáo dục và Đào tạo',
  BTNMT: 'Bộ Tài nguyên và Môi trường',
  BNNPTNT: 'Bộ Nông nghiệp và Phát triển nông thôn',
  BNNMT: 'Bộ Nông nghiệp và Môi trường',
  BTTTT: 'Bộ Thông tin và Truyền thông',
  BGTVT: 'Bộ Giao thông vận tải',
  BLĐTBXH: 'Bộ Lao động - Thương binh và Xã hội',
  BVHTTDL: 'Bộ Văn hóa, Thể thao và Du lịch',
  BKHCN: 'Bộ Khoa học và Công nghệ',
  BKHĐT: 'Bộ Kế hoạch và Đầu tư',
  NHNN: 'Ngân hàng Nhà nước',
}

/** Matches a hyphen or dash between the letters of a number, with or without spaces. */
const hyphen = String.raw`\s?[-‐‑–]\s?`
const slash = String.raw`\s?\/\s?`
/**
 * Matches the letters of a kind or an issuer: a capital, then capitals, "&", digits and some small letters ("TTg",
 * "TTr", "QyĐ").
 */
const code = String.raw`\p{Lu}(?:[\p{Lu}&]|(?:g|r|y|i)(?![\p{Ll}])|\d(?!\d{2})){0,11}`
const digits = String.raw`(?:\d{1,5}|\d{1,2}\.\d{3})\p{Ll}?`
const year = String.raw`(?:19|20)\d{2}`

/**
 * Matches document numbers with a year ("30/2020/NĐ-CP", "59/2020/QH14") and without a year ("123/QĐ-UBND",
 * "567/STC-QLNS"). Also matches numbers of the party, which have a hyphen before the first letters ("08-CT/TW",
 * "15-NQ/TU"). A single group of letters ("15/TB") counts only after the word "số".
 */
const source = [
  String.raw`(?<![\p{L}\d/.,-])(?:`,
  String.raw`(?<dated>${digits})${slash}(?<year>${year})${slash}(?<datedCodes>${code}(?:${hyphen}${code}){0,3})`,
  String.raw`|(?<plain>${digits})${slash}(?<codes>${code}(?:${hyphen}${code}){1,3})`,
  String.raw`|(?<party>${digits})${hyphen}(?<kind>${code})${slash}(?<body>${code}(?:${hyphen}${code}){0,2})`,
  String.raw`|(?<=(?<![\p{L}])[Ss]ố:?\s{0,2})(?<lone>${digits})${slash}(?<loneCode>${code})`,
  String.raw`)(?![\p{L}\d]|\/[\p{L}\d])`,
].join('')
/**
 * The pattern, which is compiled on first use. Compiling takes a millisecond, and commands such as `list` do not need
 * the pattern.
 */
let pattern: RegExp | null = null

/**
 * Finds the numbers of official documents in a text, in order of appearance. Times, dates, house numbers and fractions
 * are left out.
 */
export function findDocumentNumbers(text: string): DocumentNumber[] {
  // A document number has a slash before a capital. Most texts have no such slash, and this quick check saves the slow
  // search.
  if (!/\/\s?\p{Lu}/u.test(text)) return []
  const found: DocumentNumber[] = []
  pattern ??= new RegExp(source, 'gu')
  for (const { groups = {}, index, 0: whole } of text.matchAll(pattern)) {
    const { dated, plain, party, lone } = groups
    const letters = tidy(groups['datedCodes'] ?? groups['codes'] ?? groups['body'] ?? groups['loneCode'] ?? '')
    const head = tidy(dated ?? plain ?? party ?? lone ?? '')
    const parts = letters.split('-')
    const isParty = party !== undefined
    const kind = tidy(groups['kind'] ?? '')
    const number = isParty
      ? `${head}-${kind}/${letters}`
      : dated !== undefined
        ? `${head}/${groups['year'] ?? ''}/${letters}`
        : `${head}/${letters}`
    if (isParty && kinds[kind] === undefined) continue
    if (plain !== undefined && !looksOfficial(parts)) continue
    if (lone !== undefined && kinds[letters] === undefined && issuers[letters] === undefined) continue
    found.push({
      from: index,
      to: index + whole.length,
      number,
      kind: isParty ? (kinds[kind] ?? null) : findKind(parts, dated !== undefined),
      issuer: findIssuer(isParty ? parts : parts.slice(kinds[parts[0] ?? ''] === undefined ? 0 : 1)),
    })
  }
  return found
}

/**
 * Returns the search key of a document number: its parts without marks, in lower case and without leading zeros,
 * divided by "/". All ways to write a number have the same key ("08-CT/TW" and "8/CT-TW" → "8/ct/tw"). Returns an empty
 * text if there are no parts.
 */
export function documentNumberKey(written: string): string {
  return (written.normalize('NFC').match(/\d+\.\d{3}(?!\d)|[\p{L}\d&]+/gu) ?? [])
    .map((part) => foldWord(part.replace('.', '')).replace(/^0+(?=\d)/, ''))
    .join('/')
}

/**
 * Tells whether the key of a number matches a searched key. A searched key that begins with a digit matches the whole
 * key or whole parts at the start of the key ("123", "30/2020"). A searched key that begins with a letter matches the
 * parts at the end ("qd/ubnd").
 */
export function hasDocumentKey(key: string, searched: string): boolean {
  return key === searched || (/^\d/.test(searched) ? key.startsWith(`${searched}/`) : key.endsWith(`/${searched}`))
}

/** Returns the different numbers of a text in order of appearance, each with its number of occurrences. */
export function listDocumentNumbers(text: string): (Omit<DocumentNumber, 'from' | 'to'> & { count: number })[] {
  const listed = new Map<string, ReturnType<typeof listDocumentNumbers>[number]>()
  for (const { number, kind, issuer } of findDocumentNumbers(text)) {
    const key = documentNumberKey(number)
    const known = listed.get(key)
    listed.set(key, known === undefined ? { number, kind, issuer, count: 1 } : { ...known, count: known.count + 1 })
  }
  return [...listed.values()]
}

function tidy(written: string): string {
  return written.replace(/\s/gu, '').replace(/[‐‑–]/gu, '-').replace(/Ð/gu, 'Đ')
}

/**
 * Tells whether letters are those of an official document. "UBND-KGVX" begins with an issuer and "QĐ-UBND" with a kind.
 * The "A-B" of a house number begins with neither.
 */
function looksOfficial(parts: readonly string[]): boolean {
  const [first = '', ...others] = parts
  if (kinds[first] !== undefined || issuers[first] !== undefined) return true
  return first.length >= 2 || others.some((part) => issuers[part] !== undefined)
}

function findKind(parts: readonly string[], isDated: boolean): string | null {
  const [first = ''] = parts
  // "59/2020/QH14" is a law or a resolution of the National Assembly. The letters do not distinguish the two.
  if (kinds[first] !== undefined && !(isDated && parts.length === 1)) return kinds[first] ?? null
  // An official letter has only the letters of its issuer (Decree 30/2020/NĐ-CP, appendix III).
  return parts.length > 1 && issuers[first] !== undefined ? 'Công văn' : null
}

function findIssuer(parts: readonly string[]): string | null {
  const [first = ''] = parts
  return issuers[first] ?? issuers[first.replace(/\d+$/, '')] ?? null
}
