import { dayOf, monthOf } from '../calendar'
import { spellNumber, spellOrdinal } from './number-words'

const day = String.raw`(\d{1,2})`
const gap = String.raw`\s?[/.\-]\s?`
const edge = String.raw`(?<![\d/.,\p{L}-])`
const end = String.raw`(?![\d/]|[.,-]\d)`
const dayWord = String.raw`(ngày\s+)?(?:(?:mồng|mùng)\s+)?`
/** Matches one of the words after which a number with a slash is a date: "sáng 8/9". */
const dayBefore = String.raw`(ngày|sáng|trưa|chiều|tối|đêm|hôm|nay|qua|mai|dịp|lễ|mồng|mùng|từ|đến)`

const fullRange = new RegExp(String.raw`${edge}${dayWord}${day}\s?[-–]\s?${day}\/(\d{1,2})\/(\d{4})${end}`, 'giu')
const fullDate = new RegExp(String.raw`${edge}${dayWord}${day}${gap}(\d{1,2})${gap}(\d{4})${end}`, 'giu')
const dayAndMonth = new RegExp(String.raw`(?<!\p{L})${dayBefore}(\s*[,(]?\s*)${day}\/(\d{1,2})${end}`, 'giu')
const nextDayAndMonth = new RegExp(
  String.raw`(tháng \p{L}+(?: hai| một)?)\s?(-|–|và|đến)\s?${day}\/(\d{1,2})${end}`,
  'giu',
)
const wordedDay = new RegExp(String.raw`(?<!\p{L})ngày\s+${day}(?!\d|[.,/-]\d)(\s+tháng\s+(\d{1,2})(?!\d))?`, 'giu')
const monthAndYear = /(?<!\p{L})(tháng\s+)(\d{1,2})\s?[/-]\s?(\d{4})(?![\d/])/giu
const monthAlone = /(?<!\p{L})(tháng\s+)(\d{1,2})(?!\d|[.,/-]\d|\s*%)/giu
const monthRange = /(?<!\p{L})(tháng\s+)(\d{1,2})\s?[-–]\s?(\d{1,2})\s?\/\s?(\d{4})(?![\d/])/giu
const clock = /(?<![\d.,:\p{L}])(\d{1,2})\s?(?:h|g|:|giờ\s?)([0-5]\d)(?:\s?phút|\s?')?(?![\d\p{L}:])/giu
const hour = /(?<![\d.,:\p{L}])(\d{1,2})h(?![\d\p{L}])/gu

/**
 * Spells the dates and times of a text as people say them, with the day first. Impossible dates and times stay
 * unchanged.
 */
export function speakDates(text: string): string {
  return text
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
    .replace(dayAndMonth, (all, word: string, between: string, date: string, month: string) =>
      // The year 2000 is a leap year, so 29/2 is a valid day.
      dayOf('2000', month, date) === null
        ? all
        : `${word}${between}${/ngày|mồng|mùng/i.test(word) ? '' : 'ngày '}${/mồng|mùng/i.test(word) ? spellNumber(date) : speakDay(date)} ${speakMonth(month)}`,
    )
    .replace(nextDayAndMonth, (all, before: string, word: string, date: string, month: string) =>
      dayOf('2000', month, date) === null
        ? all
        : `${before} ${word === 'và' ? 'và' : 'đến'} ngày ${speakDay(date)} ${speakMonth(month)}`,
    )
    .replace(wordedDay, (all, date: string, _month: string | undefined, month: string | undefined) =>
      dayOf('2000', month ?? '1', date) === null
        ? all
        : `ngày ${speakDay(date)}${month === undefined ? '' : ` ${speakMonth(month)}`}`,
    )
    .replace(monthRange, (all, word: string, from: string, to: string, year: string) =>
      monthOf(year, from) === null || monthOf(year, to) === null
        ? all
        : `${word}${spellOrdinal(from, 'một')} đến ${speakMonth(to)} ${speakYear(year)}`,
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

/** Spells a day. The first ten days of a month are spoken with "mồng". */
function speakDay(date: string): string {
  const value = Number(date)
  return `${value <= 10 ? 'mồng ' : ''}${spellNumber(String(value))}`
}

function speakMonth(month: string): string {
  return `tháng ${spellOrdinal(month, 'một')}`
}

function speakYear(year: string): string {
  return `năm ${spellNumber(year)}`
}

function speakTime(hours: string, minutes: string): string {
  const words = `${spellNumber(String(Number(hours)))} giờ`
  return Number(minutes) === 0 ? words : `${words} ${spellNumber(String(Number(minutes)))} phút`
}
