import { dayOf } from './calendar'

/** A date as it stands in a text. */
export interface WrittenDate {
  /** Position of the first character. */
  index: number
  /** The words of the date. */
  text: string
  /** The day as YYYY-MM-DD. Null if this day does not exist. */
  day: string | null
  /** The time of day that stands between the parts of the date, as in C's asctime. Null in all other forms. */
  clock: string | null
}

const vietnameseMonths: Readonly<Record<string, number>> = {
  ...{ một: 1, hai: 2, ba: 3, tư: 4, bốn: 4, năm: 5, sáu: 6, bảy: 7, bẩy: 7, tám: 8, chín: 9, mười: 10 },
  ...{ 'mười một': 11, 'mười hai': 12 },
}
const englishMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const english =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const englishMonth = String.raw`(?<!\p{L})(?<m>${english})(?!\p{L})\.?`
const vietnameseNames = String.raw`mười\s{1,3}(?:một|hai)|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười`
/** "tháng" and the short forms of WordPress ("Th9") and of Windows ("thg 9"). */
const vietnameseMonth = String.raw`(?<!\p{L})(?:tháng\s{0,3}(?<m>\d{1,2}|(?:${vietnameseNames})(?!\p{L}))|(?:thg|th)\.?\s{0,3}(?<short>\d{1,2})|t(?<letter>\d{1,2}))`
const dayNumber = String.raw`(?<!\d|(?<![:h]\d{2})[/.\-–])(?<d>\d{1,2})`
const year = String.raw`(?<y>\d{4})(?!\d)`
const separator = String.raw`\s{0,3}[/.\-–]\s{0,3}`
/**
 * Matches the end of a date: neither a digit nor a separator with a digit follows. A time is allowed
 * ("08/09/2020-14:30").
 */
const notContinued = String.raw`(?!\d|[/.\-–]\d(?!\d?\s?[:h]))`

/**
 * The forms of a date. Every numeric form has the day first, as in Vietnam. A two-digit year does not match, because
 * the century would be a guess (docs/text.md).
 */
const forms: readonly RegExp[] = [
  String.raw`${dayNumber}${separator}(?<m>\d{1,2})${separator}(?<y>\d{4})${notContinued}`,
  String.raw`${dayNumber}\s{0,3}[/.\-–]\s{0,3}(?<m>\d{1,2})\s{0,3},?\s{0,3}năm\s{0,3}${year}`,
  String.raw`(?:(?:ngày|mồng|mùng)\s{1,3}){0,2}${dayNumber}[\s,/.\-–]{0,3}${vietnameseMonth}(?:[\s,/.\-–]{1,3}(?:năm\s{0,3})?|năm\s{0,3})${year}`,
  String.raw`${vietnameseMonth}\s{1,3}(?<d>\d{1,2})(?:\s{0,3},\s{0,3}|\s{1,3})${year}`,
  String.raw`(?<![\d/.\-–])(?<y>\d{4})[-/](?<m>\d{1,2})[-/](?<d>\d{1,2})${notContinued}`,
  String.raw`(?<!\d)(?<y>\d{4})\s?[年년]\s?(?<m>\d{1,2})\s?[月월]\s?(?<d>\d{1,2})\s?[日일]`,
  String.raw`${englishMonth}[\s\-]{1,3}(?<d>\d{1,2})(?:st|nd|rd|th)?(?:\s{0,3}[,\-]\s{0,3}|\s{1,3})${year}`,
  String.raw`(?<!\d)(?<d>\d{1,2})(?:st|nd|rd|th)?(?:\s{1,3}of)?[\s,./\-]{1,3}${englishMonth}[\s,./\-]{1,3}${year}`,
  String.raw`${englishMonth}\s{1,3}(?<d>\d{1,2})\s{1,3}(?<clock>\d{1,2}:\d{2}(?::\d{2})?(?:\s[A-Z]{1,5}(?:[+\-]\d{1,2}(?::?\d{2})?)?)?)\s{1,3}${year}`,
].map((pattern) => new RegExp(pattern, 'giu'))

/** Finds the dates in a text, in their order. A date that does not exist is found too, without a day. */
export function findWrittenDates(text: string): WrittenDate[] {
  const found = forms
    .flatMap((form) => [...text.matchAll(form)])
    .filter(isDate)
    .map((match): WrittenDate => {
      const { d = '', m, short, letter, y = '', clock } = match.groups ?? {}
      const month = monthNumber(m ?? short ?? letter ?? '')
      return { index: match.index, text: match[0], day: dayOf(y, month, d), clock: clock ?? null }
    })
    .sort((a, b) => a.index - b.index || b.text.length - a.text.length)
  const dates: WrittenDate[] = []
  for (const date of found) {
    const before = dates.at(-1)
    if (before === undefined || date.index >= before.index + before.text.length) dates.push(date)
  }
  return dates
}

/**
 * Whether the words are a date. In "ngày 08 tháng năm 2020" the month was left blank, so "năm" is the word for year.
 * As the name of May, "năm" has a capital letter, a comma after it, or the word for year after it.
 */
function isDate(match: RegExpExecArray): boolean {
  const { m = '' } = match.groups ?? {}
  return m.toLowerCase() !== 'năm' || m.startsWith('N') || /năm\s{0,3}(?:,|năm)|năm\s+\d{1,2}\s*,/iu.test(match[0])
}

function monthNumber(written: string): string {
  if (/^\d/.test(written)) return written
  const name = written.toLowerCase().replace(/\s+/gu, ' ')
  return String(vietnameseMonths[name] ?? englishMonths.indexOf(name.slice(0, 3)) + 1)
}
