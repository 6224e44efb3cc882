import { dayOf, monthOf } from '../calendar'
import { spellName, spellNumber, spellOrdinal } from './number-words'

const day = String.raw`(\d{1,2})`
const gap = String.raw`\s?[/.\-]\s?`
const edge = String.raw`(?<![\d/.,\p{L}-])`
const end = String.raw`(?![\d/]|[.,-]\d)`
const dayWord = String.raw`(ngày\s+)?(?:(?:mồng|mùng)\s+)?`
/** Matches one of the words after which a number with a slash is a date: "sáng 8/9". */
const dayBefore = String.raw`(ngày|sáng|trưa|chiều|tối|đêm|hôm|nay|qua|mai|dịp|lễ|mồng|mùng|từ|đến)`

const fullRange = new RegExp(String.raw`${edge}${dayWord}${day}\s?[-–]\s?${day}\/(\d{1,2})\/(\d{4})${end}`, 'giu')
const fullDate = new RegExp(String.raw`${edge}${dayWord}${day}${gap}(\d{1,2})${gap}(\d{4})${end}`, 'giu')
/** Matches a day and a month with a hyphen after a word for a day: "ngày 20-11". "từ 8-10" is a range. */
const dayBeforeHyphen = String.raw`(ngày|dịp|lễ|kỷ niệm|kỉ niệm|hôm nay|hôm qua|sáng|trưa|chiều|tối|đêm|mồng|mùng)`
const hyphenDate = new RegExp(
  String.raw`(?<!\p{L}|(?:các|những|hai|ba|mấy)\s)${dayBeforeHyphen}(\s*[,(]?\s*)${day}-(\d{1,2})${end}(?!\s*(?:tháng|\/|giờ|h(?!\p{L})|%|người|hộ|đến))`,
  'giu',
)
/** The national holidays and days of remembrance that people write with a hyphen: "Nhà giáo Việt Nam 20-11". */
const namedDays = '3-2|8-3|26-3|30-4|1-5|7-5|19-5|1-6|21-6|27-7|19-8|2-9|10-10|20-10|20-11|22-12|27-2|28-6'
const namedDay = new RegExp(
  String.raw`((?:Quốc khánh|Quốc tế|Phụ nữ|Nhà giáo|Thầy thuốc|Thương binh|Liệt sĩ|Báo chí|Gia đình|Quân đội|Cách mạng|Giải phóng|Chiến thắng|Lao động|Thành lập)(?:[\s-]\p{L}+){0,6}\s\(?)(${namedDays})(?![\d/]|[.,-]\d)`,
  'giu',
)
/** Matches a range of days of one month: "ngày 20-25/11". */
const dayRange = new RegExp(String.raw`(?<!\p{L})(ngày\s+)${day}\s?[-–]\s?${day}\/(\d{1,2})${end}`, 'giu')
/** Matches a day of the lunar calendar, which has no word in front: "10/3 âm lịch". */
const lunarDay = new RegExp(String.raw`${edge}${day}[/-](\d{1,2})(?=\s*\(?(?:âm|dương) lịch)`, 'giu')
const dayAndMonth = new RegExp(String.raw`(?<!\p{L})${dayBefore}(\s*[,(]?\s*)${day}\/(\d{1,2})${end}`, 'giu')
const nextDayAndMonth = new RegExp(
  String.raw`(tháng \p{L}+(?: hai| một)?)\s?(-|–|và|đến)\s?${day}\/(\d{1,2})${end}`,
  'giu',
)
const wordedDay = new RegExp(String.raw`(?<!\p{L})ngày\s+${day}(?!\d|[.,/-]\d)(\s+tháng\s+(\d{1,2})(?!\d))?`, 'giu')
const monthAndYear = /(?<!\p{L})(tháng\s+)(\d{1,2})\s?[/-]\s?(\d{4})(?![\d/])/giu
const monthAlone = /(?<!\p{L})(tháng\s+)(\d{1,2})(?!\d|[.,/-]\d|\s*%)/giu
const monthRange = /(?<!\p{L})(tháng\s+)(\d{1,2})\s?[-–]\s?(\d{1,2})\s?\/\s?(\d{4})(?![\d/])/giu
const clock =
  /(?<![\d.,:\p{L}])(\d{1,2})\s?(?:h\s?:?|g|:|giờ\s?)\s?([0-5]\d)(?:\s?phút|\s?['’′])?(?![\d\p{L}:]|[.,]\d)/giu
const time = String.raw`\d{1,2}\s?(?:h|g|giờ|:(?=\d\d))(?:\s?[0-5]\d(?:\s?phút|['’′])?)?`
/** Matches the hyphen between two times: "7h-11h30". */
const timeRange = new RegExp(String.raw`(?<![\d.,:\p{L}])(${time})\s?[-–]\s?(?=${time}(?![\d\p{L}:]))`, 'giu')
/** Matches two months of one year: "tháng 4-5". */
const months = /(?<!\p{L})(tháng\s+)(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\d/]|[.,-]\d|\s?%)/giu
/** Matches a number and a year after a word that counts within a year: "quý 3/2024". */
const numberOfYear = /(?<!\p{L})(quý|quí|kỳ|đợt|vụ|số)(\s+)(\d{1,3})\/((?:19|20)\d{2})(?![\d/-])/giu
const hour = /(?<![\d.,:\p{L}])(\d{1,2})h(?![\d\p{L}])/gu

/**
 * Spells the dates and times of a text as people say them, with the day first. Impossible dates and times stay
 * unchanged.
 */
export function speakDates(text: string): string {
  return text
    .replace(timeRange, '$1 đến ')
    .replace(numberOfYear, (_all, word: string, space: string, number: string, year: string) => {
      return `${word}${space}${spellNumber(String(Number(number)))} ${speakYear(year)}`
    })
    .replace(fullRange, (all, word: string | undefined, from: string, to: string, month: string, year: string) =>
      dayOf(year, month, from) === null || dayOf(year, month, to) === null
        ? all
        : `${word ?? 'ngày '}${speakDay(from)} đến ${speakDay(to)} ${speakMonth(month)} ${speakYear(year)}`,
    )
    .replace(fullDate, (all, word: string | undefined, date: string, month: string, year: string) =>
      dayOf(year, month, date) === null
        ? all
        : `${word ?? 'ngày '}${speakDay(date)} ${speakMonth(month)} ${speakYear(year)}`,
    )
    .replace(/(năm (?:\p{L}+ ?){2,8}?)\s?[-–]\s?(?=ngày )/gu, '$1 đến ')
    .replace(dayRange, (all, word: string, from: string, to: string, month: string) =>
      isDay(month, from) && isDay(month, to)
        ? `${word}${speakDay(from)} đến ${speakDay(to)} ${speakMonth(month)}`
        : all,
    )
    .replace(hyphenDate, (all, word: string, between: string, date: string, month: string) =>
      isDay(month, date) ? speakWordAndDay(word, between, date, month) : all,
    )
    .replace(namedDay, (all, before: string, pair: string) => {
      const [date = '', month = ''] = pair.split('-')
      return isDay(month, date) ? `${before}ngày ${speakDay(date)} ${speakMonth(month)}` : all
    })
    .replace(lunarDay, (all, date: string, month: string) =>
      isDay(month, date) ? `ngày ${speakDay(date)} ${speakMonth(month)}` : all,
    )
    .replace(dayAndMonth, (all, word: string, between: string, date: string, month: string) =>
      isDay(month, date) ? speakWordAndDay(word, between, date, month) : all,
    )
    .replace(nextDayAndMonth, (all, before: string, word: string, date: string, month: string) =>
      !isDay(month, date)
        ? all
        : `${before} ${word === 'và' ? 'và' : 'đến'} ngày ${speakDay(date)} ${speakMonth(month)}`,
    )
    .replace(wordedDay, (all, date: string, _month: string | undefined, month: string | undefined) =>
      !isDay(month ?? '1', date) ? all : `ngày ${speakDay(date)}${month === undefined ? '' : ` ${speakMonth(month)}`}`,
    )
    .replace(monthRange, (all, word: string, from: string, to: string, year: string) =>
      monthOf(year, from) === null || monthOf(year, to) === null
        ? all
        : `${word}${spellOrdinal(from, 'một')} đến ${speakMonth(to)} ${speakYear(year)}`,
    )
    .replace(months, (all, word: string, from: string, to: string) =>
      Number(from) < Number(to) && Number(from) > 0 && Number(to) <= 12
        ? `${word}${spellOrdinal(from, 'một')} đến ${speakMonth(to)}`
        : all,
    )
    .replace(monthAndYear, (all, word: string, month: string, year: string) =>
      monthOf(year, month) === null ? all : `${word}${spellOrdinal(month, 'một')} ${speakYear(year)}`,
    )
    .replace(monthAlone, (all, word: string, month: string) =>
      Number(month) < 1 || Number(month) > 12 ? all : `${word}${spellOrdinal(month, 'một')}`,
    )
    .replace(clock, (all, hours: string, minutes: string) => (Number(hours) > 24 ? all : speakTime(hours, minutes)))
    .replace(hour, (all, hours: string) => (Number(hours) > 24 ? all : `${spellNumber(String(Number(hours)))} giờ`))
}

/** Tells whether a month has a day. The year 2000 is a leap year, so 29/2 is a valid day. */
function isDay(month: string, date: string): boolean {
  return dayOf('2000', month, date) !== null
}

/** Spells a day and a month after a word such as "sáng" or "ngày". "ngày" and "mồng" are not repeated. */
function speakWordAndDay(word: string, between: string, date: string, month: string): string {
  const isTenth = /mồng|mùng/i.test(word)
  const dayWords = isTenth ? spellNumber(String(Number(date))) : speakDay(date)
  return `${word}${between}${isTenth || /ngày/i.test(word) ? '' : 'ngày '}${dayWords} ${speakMonth(month)}`
}

/** Spells a day. The first ten days of a month are spoken with "mồng". */
function speakDay(date: string): string {
  const value = Number(date)
  return `${value <= 10 ? 'mồng ' : ''}${spellNumber(String(value))}`
}

function speakMonth(month: string): string {
  return `tháng ${spellOrdinal(month, 'một')}`
}

function speakYear(year: string): string {
  return `năm ${spellName(year)}`
}

function speakTime(hours: string, minutes: string): string {
  const words = `${spellNumber(String(Number(hours)))} giờ`
  return Number(minutes) === 0 ? words : `${words} ${spellNumber(String(Number(minutes)))} phút`
}
