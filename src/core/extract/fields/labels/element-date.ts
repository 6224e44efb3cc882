import { findDate } from '../../../text/dates'
import { readLabelledText } from '../../html/element-text'

const maxLength = 120
const machineAttributes = ['datetime', 'content', 'title', 'data-time', 'data-date', 'data-datetime', 'data-published']
/** Matches a time as seconds or milliseconds since 1970. */
const epoch = /^(\d{10}|\d{13})$/
const epochAttributes = ['data-utime', 'data-timestamp', 'data-time', 'data-unix']

/**
 * Returns the text of the date in an element. A date in an attribute is preferred to a text that has no date (such as
 * "2 giờ trước") or no time. If the text shows the same digits as a UTC time in the attribute, the text is preferred,
 * because the server has written its local time with a Z.
 */
export function readElementDate(element: Element): string {
  const text = readLabelledText(element).slice(0, 400)
  const shown = findDate(text)
  const machine = readMachineDate(element)
  const given = machine === null ? null : findDate(machine)
  if (machine === null || given === null) return text
  if (shown === null) return machine
  const isSameDay = given.value.slice(0, 10) === shown.value.slice(0, 10)
  return isSameDay && shown.precision !== 'minute' && given.precision === 'minute' && !isMidnight(given.value)
    ? machine
    : text
}

/** Whether a time is 00:00. Many systems write this time for a date without a time. */
export function isMidnight(value: string): boolean {
  return value.includes('T00:00:')
}

function readMachineDate(element: Element): string | null {
  for (const holder of [
    element,
    ...element.querySelectorAll('time, abbr, [datetime], [data-utime], [data-timestamp]'),
  ]) {
    for (const name of machineAttributes) {
      const value = holder.getAttribute(name)?.trim()
      if (value !== undefined && value.length <= maxLength && findDate(value) !== null) return value
    }
    for (const name of epochAttributes) {
      const digits = epoch.exec(holder.getAttribute(name)?.trim() ?? '')?.[1]
      if (digits !== undefined) return new Date(Number(digits) * (digits.length === 10 ? 1000 : 1)).toISOString()
    }
  }
  return null
}
