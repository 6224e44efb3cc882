import { clock, findTime } from './calendar'

/**
 * A time of day with its UTC offset. The offset is undefined if the text contains no zone, which means Vietnam time.
 */
export interface ZonedTime {
  time: string
  offset: string | undefined
}

/** The UTC offsets of zone names. A name that stands for several zones (CST, IST, BST) has no offset here. */
const zoneOffsets: Readonly<Record<string, string>> = {
  ...{ z: 'Z', ut: 'Z', utc: 'Z', gmt: 'Z', est: '-05:00', edt: '-04:00', cdt: '-05:00', mst: '-07:00', mdt: '-06:00' },
  ...{ pst: '-08:00', pdt: '-07:00', ict: '+07:00', wib: '+07:00', cet: '+01:00', cest: '+02:00', eet: '+02:00' },
  ...{ eest: '+03:00', msk: '+03:00', jst: '+09:00', kst: '+09:00', hkt: '+08:00', sgt: '+08:00', aest: '+10:00' },
  ...{ aedt: '+11:00' },
}
const ambiguousZones = /^(?:cst|ist|bst|ast|et|ct|mt|pt|eastern|central|pacific)$/
/** A zone right behind a time: "GMT+7", "(UTC+07:00)", "+0700", "EST". */
const zoneBehind =
  /^\s?[([]?\s?(?:(?:(gmt|utc)\s?)?([+-])\s?(\d{1,2})(?::?(\d{2}))?(?![\d/:])|(z|[a-z]{2,4}t|ut|utc|gmt|wib|msk|eastern|central|pacific)(?![\p{L}\d]))/iu
/** Words that may stand between a date and its time. */
const glueWords =
  /(?<!\p{L})(?:thứ\s?(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|ch[uủ]a?\s?nhật|t[2-7]|cn|ngày|lúc|vào|hồi|giờ|at|on|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|giờ\s+việt\s+nam|(?:[([]\s?)?(?:gmt|utc)\s?[+-]?\s?\d{0,2}(?::?\d{2})?|cập\s?nhật|đăng|(?:thời\s?gian|giờ)(?:\s?đăng)?)(?!\p{L})/giu
const allClocks = new RegExp(clock, 'giu')

/**
 * Finds the time of day that belongs to a date. `before` and `after` are the texts around the date, up to the dates
 * before and after. A time belongs to the date if only separators, weekdays and labels stand between both. Returns null
 * if no time belongs to the date, or if the zone is ambiguous. Returns false if the time does not exist (25:61).
 */
export function findTimeBeside(before: string, after: string, hasNextDate: boolean): ZonedTime | false | null {
  const left = [...before.matchAll(allClocks)].at(-1)
  if (left !== undefined && isGlue(before.slice(left.index + left[0].length)))
    return readZoned(left[0], before.slice(left.index + left[0].length))
  const right = [...after.matchAll(allClocks)][0]
  if (right === undefined) return null
  const gap = after.slice(0, right.index)
  const rest = after.slice(right.index + right[0].length)
  // In "08/09/2020 - 14:30 10/09/2020", the time belongs to the second date.
  const isOfNext = hasNextDate && /[|;•–—-]|cập/iu.test(gap) && isGlue(rest) && !/[|;•–—-]/u.test(rest)
  return isGlue(gap) && !isOfNext ? readZoned(right[0], rest) : null
}

/** Reads a time with the zone behind the time. Returns null if the zone is ambiguous, and false for 25:61. */
export function readZoned(written: string, behind: string): ZonedTime | false | null {
  const time = findTime(written)
  if (time === null || time === false) return time
  const zone = zoneBehind.exec(behind)
  if (zone === null) return { time, offset: undefined }
  const [, , sign, hours = '', minutes = '00', name] = zone
  if (sign !== undefined) {
    // "14:30 - 15/9" is no zone. The hours of a zone end at 14, and a sign after a blank has GMT or two digits.
    const isZone = Number(hours) <= 14 && (zone[1] !== undefined || /^\s?[([]?[+-]\d{2}/.test(behind))
    return isZone ? { time, offset: `${sign}${hours.padStart(2, '0')}:${minutes}` } : { time, offset: undefined }
  }
  const key = (name ?? '').toLowerCase()
  if (ambiguousZones.test(key)) return null
  return { time, offset: zoneOffsets[key] }
}

function isGlue(text: string): boolean {
  return (
    text === 'T' ||
    (text.length <= 60 && text.replace(glueWords, ' ').replace(/[\s|,.;:()[\]\-–—•·/+~'’]/gu, '') === '')
  )
}
