const titles: Readonly<Record<string, string>> = {
  GS: 'giáo sư',
  PGS: 'phó giáo sư',
  TSKH: 'tiến sĩ khoa học',
  TS: 'tiến sĩ',
  ThS: 'thạc sĩ',
  Ths: 'thạc sĩ',
  'Th.S': 'thạc sĩ',
  BS: 'bác sĩ',
  Bs: 'bác sĩ',
  CKI: 'chuyên khoa một',
  CKII: 'chuyên khoa hai',
  KTS: 'kiến trúc sư',
  KS: 'kỹ sư',
  LS: 'luật sư',
}
const title = Object.keys(titles)
  .sort((a, b) => b.length - a.length)
  .map((short) => short.replace('.', String.raw`\.`))
  .join('|')
const titlesBeforeName = new RegExp(
  String.raw`(?<![\p{L}\d.])((?:${title})(?:[.,-]?\s?(?:${title}))*)(\.?)\s?(?=\p{Lu}(?:\p{Ll}|\s|\.?$))`,
  'gu',
)

/**
 * Titles that have another meaning too. They are written out only before a dot or beside another title: "KS. Trần An",
 * but "KS Mường Thanh" is a hotel.
 */
const needDot: ReadonlySet<string> = new Set(['KS', 'LS', 'TS'])

/** Writes out the academic titles before a name: "PGS.TS. Lê An". */
export function speakTitles(text: string): string {
  return text.replace(titlesBeforeName, (all, written: string, dot: string) => {
    const found = written.match(new RegExp(`${title}`, 'gu')) ?? []
    const [first = ''] = found
    if (found.length === 1 && needDot.has(first) && dot === '') return all
    const words = found.map((short) => titles[short] ?? short).join(' ')
    return `${words.charAt(0).toUpperCase()}${words.slice(1)} `
  })
}

const places: Readonly<Record<string, string>> = {
  TX: 'thị xã',
  TT: 'thị trấn',
  P: 'phường',
  Q: 'quận',
  H: 'huyện',
  X: 'xã',
  Đ: 'đường',
}

/**
 * Writes out the kinds of places that stand with a dot before a name or a number: "TX. Dĩ An", "P. Đức Xuân", "Q.1". A
 * capital after another name is an initial of a person ("Nguyễn P. Anh") and stays.
 */
export function speakPlaces(text: string): string {
  return text
    .replace(/(?<![\p{L}\d.])TX(\s?[,/]\s?)TT(?![\p{L}\d])/gu, 'thị xã$1thị trấn')
    .replace(/(?<![\p{L}\d.])TT(\s?[,/]\s?)TX(?![\p{L}\d])/gu, 'thị trấn$1thị xã')
    .replace(/(?<![\p{L}\d.])Tp\.?\s?(?=\p{Lu})/gu, 'thành phố ')
    .replace(/(?<![\p{L}\d.])TX\.?\s(?=\p{Lu}\p{Ll})/gu, 'thị xã ')
    .replace(/(?<![\p{L}\d.])TT\.\s?(?=\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll})/gu, 'thị trấn ')
    .replace(
      /(?<![\p{L}\d.]|(?!Tại|Trên|Theo|Từ|Đến|Các|Thuộc)\p{Lu}\p{Ll}+\s)([PQHXĐ]|TX)\.\s?(?=\p{Lu}\p{Ll}|\d{1,2}(?![\d\p{L}]|[.,/-]\d))/gu,
      (_all, short: string) => `${places[short] ?? short} `,
    )
}
