import { spellDigits, spellName, spellNumber, spellOrdinal } from './number-words'
import { unitPattern, units } from './units'

const number = String.raw`(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?`
const scale = '(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)'
/** Matches the part of a rate after its number: "/kg", "/người/năm", "/km²". */
const rate = String.raw`(?:\/(?:${unitPattern}|\p{Ll}+)(?![\p{L}\d]))`

const quantity = new RegExp(
  String.raw`(?<![\d\p{L}]|\d[.,/-])(?:(\p{L}+)-)?(${number})(?:\s?(?:-|–|÷)\s?(${number}))?(?:\/(${number}))?(\s?)(?:(${unitPattern})(?![\p{L}\d]))?(${rate}{0,3})(?!\d|[.,/]\d)`,
  'gu',
)
/** Matches a rate such as "đồng/người/tháng", which is written with a slash. */
const perUnit = new RegExp(
  String.raw`(?<!\p{L})(đồng|nghìn|ngàn|triệu|tỷ|tỉ|tấn|tạ|yến|lít|lượt|ca|người|hộ|con|cây|giờ|buổi|lần|mét khối|${unitPattern})(${rate}{1,3})`,
  'gu',
)
/** Matches a unit after a number with the word of its scale: "1,2 triệu USD". */
const scaledUnit = new RegExp(String.raw`(?<=\d\s?${scale}\s)(${unitPattern})(?![\p{L}\d])`, 'gu')
/** Matches money with the sign in front: "$500", "US$1,2 triệu". */
const moneyFirst = new RegExp(String.raw`(?<![\p{L}\d])(US\$|[$€£¥])\s?(${number})(\s?${scale}(?!\p{L}))?`, 'gu')

/** Matches a number after letters and a hyphen, as in a name: "Covid-19". */
const namedNumber = /(?<=\p{L}{2})-(\d{1,3})(?![\d\p{L}]|[.,/-]\d)/gu
/** Matches numbers with dots that do not separate thousands: a version, a clause, or a decimal in English notation. */
const pointed = /(?<![\d\p{L}]|\d[.,/-])(?!\d{1,3}(?:\.\d{3})+(?![.\d]))\d+(?:\.\d+)+(?!\d|[.,/-]\d)/gu

/** Matches a range that repeats its unit: "18°C-25°C". */
const unitTwice = new RegExp(String.raw`(?<=\d\s?)(${unitPattern})\s?[-–]\s?(?=${number}\s?\1(?![\p{L}\d]))`, 'gu')
/** Matches the result of a game after a word that announces it: "tỷ số 2-1", "thắng 3:0". */
const score =
  /(?<!\p{L})((?:tỷ số|tỉ số|thắng|thua|hòa|hoà|dẫn|kết quả|chung cuộc)(?:\s\p{L}+){0,3}\s)(\d{1,2})\s?[-–:]\s?(\d{1,2})(?![\d\p{L}%]|[.,/:-]\d|\s?%)/giu
/** Matches a ratio: "tỷ lệ 2:1", "1:25.000". A clock time has two digits after the colon and is spelled before. */
const ratio = new RegExp(String.raw`(?<![\d.,:])(\d{1,3})\s?:\s?(${number})(?![\d:]|[.,]\d)`, 'gu')
/** Matches the sides of a thing: "3x4 cm", "10 x 15m". */
const sides = new RegExp(String.raw`(?<=\d)\s?[x×]\s?(?=\d)`, 'giu')
/** Matches an angle of degrees and minutes: "22°08'", with seconds: "22°08'30″". */
const angle = /(?<![\d.,])(\d{1,3})\s?[°º]\s?(\d{1,2})\s?['’′](?:\s?(\d{1,2}(?:,\d+)?)\s?(?:["”″]|''))?/gu
/** Matches the minus before a number: after a space or a bracket, and not between two numbers. */
const minus = new RegExp(
  String.raw`(?<=\p{L}[,:;]?\s|[(:≥≤><=]\s?)[-−–](?=\d)|(?<![\d\p{L})]\s?)[-−–](?=${number}\s?(?:°|º|%|độ(?!\p{L})))|(?<![\d\p{L})]\s?)−(?=\d)`,
  'gu',
)

/**
 * Writes out amounts with their units, ranges, rates, money, sides, angles, scores and ratios as people say them. Each
 * spelled number is parted from the letters beside it.
 */
export function speakQuantities(text: string): string {
  return (
    text
      .replace(angle, (_all, degrees: string, minutes: string, seconds: string | undefined) => {
        const secondWords = seconds === undefined ? '' : ` ${spellSmall(seconds)} giây`
        return `${spellNumber(degrees)} độ ${spellSmall(minutes)} phút${secondWords}`
      })
      .replace(score, (_all, before: string, ours: string, theirs: string) => {
        return `${before}${spellNumber(ours)} ${spellNumber(theirs)}`
      })
      .replace(ratio, (_all, first: string, second: string) => {
        return `${spellNumber(first)}${parseNumber(second) > 10 ? ' trên' : ''} ${spellNumber(second)}`
      })
      .replace(moneyFirst, (_all, sign: string, amount: string, scaleWord: string | undefined) => {
        return `${spellNumber(amount)}${scaleWord ?? ''} ${sign === 'US$' ? 'đô la Mỹ' : (units[sign] ?? sign)}`
      })
      .replace(scaledUnit, (unit) => units[unit] ?? unit)
      .replace(sides, ' nhân ')
      .replace(minus, 'âm ')
      .replace(/(?<=\p{L}\s|[(,:]\s?|^)\+(?=\d)/gu, 'cộng ')
      .replace(/(?<!\p{L})[Kk]m\s?(?=\d+\s?\+\s?\d)/gu, 'ki-lô-mét ')
      .replace(/(?<=\d)\s?\+\s?(?=\d)/gu, ' cộng ')
      .replace(/(?<=\d\s?)=(?=\s?\d)/gu, 'bằng')
      .replace(unitTwice, ' $1 đến ')
      // A standard has the year of its edition after a colon: "ISO 9001:2015".
      .replace(/(?<=\d):(?=(?:19|20)\d\d(?!\d))/gu, ' năm ')
      .replace(pointed, (numbers) => numbers.split('.').map(spellNumber).join(' chấm '))
      .replace(namedNumber, (_all, digits: string) => ` ${spellNumber(digits)}`)
      .replace(quantity, speakQuantity)
      .replace(perUnit, (_all, before: string, rates: string) => `${units[before] ?? before}${speakRates(rates)}`)
      .replace(/(\p{L})\s?%/gu, '$1 phần trăm')
      .replace(/(?<=\d|\s)&(?=\s)/gu, 'và')
  )
}

/** Spells a match of {@link quantity}. A range whose first number is larger is no range, so its hyphen stays. */
function speakQuantity(all: string, ...groups: unknown[]): string {
  const [name, first = '', to, of, space = '', unit, rates = ''] = groups.slice(0, 7) as (string | undefined)[]
  const [offset, text] = groups.slice(7) as [number, string]
  const head = name === undefined ? '' : `${name} `
  const unitWords = unit === undefined ? '' : ` ${units[unit] ?? unit}`
  // A letter that follows the number without a space is parted from the words of the number.
  const glued = unit === undefined && space === '' && /^\p{L}/u.test(text.slice(offset + all.length)) ? ' ' : space
  const tail = `${unitWords}${speakRates(rates)}${unit === undefined && rates === '' ? glued : ''}`
  if (to !== undefined && of !== undefined) return all
  // Amounts of four digits usually have a dot, so such numbers without a unit are years.
  const areYears = /^(?:19|20)\d\d$/.test(first) && unit === undefined
  if (to !== undefined)
    return parseNumber(first) < parseNumber(to)
      ? `${head}${areYears ? spellName(first) : spellNumber(first)} đến ${areYears ? spellName(to) : spellNumber(to)}${tail}`
      : `${head}${spellNumber(first)} - ${spellNumber(to)}${tail}`
  if (of !== undefined) {
    const isPart = parseNumber(first) < parseNumber(of) && parseNumber(of) <= 10
    return `${head}${spellNumber(first)} ${isPart ? `phần ${spellOrdinal(of)}` : `trên ${spellNumber(of)}`}${tail}`
  }
  return `${head}${areYears ? spellName(first) : spellNumber(first)}${tail}`
}

/** Spells the part of a rate after its number: "/người/năm" becomes " một người một năm". */
function speakRates(rates: string): string {
  return rates
    .split('/')
    .slice(1)
    .map((unit) => ` một ${units[unit] ?? unit}`)
    .join('')
}

/** Spells the minutes or seconds of an angle. A zero at the front is spoken: "không tám". */
function spellSmall(written: string): string {
  return /^0\d/.test(written) ? spellDigits(written) : spellNumber(written)
}

function parseNumber(written: string): number {
  return Number(written.replaceAll('.', '').replace(',', '.'))
}
