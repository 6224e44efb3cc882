import { spellDigits, spellName, spellNumber } from './number-words'

/** The sign that encloses the letters of a document number while abbreviations are written out. */
export const codeMark = '\u{E000}'

/**
 * Matches the letters of a document number. The letters are not written out, because the kind stands before the number
 * ("Nghị định số").
 */
const letters = String.raw`(\p{Lu}[\p{L}\d&]*(?:[-/]\p{Lu}[\p{L}\d&]*)*)`

/** Matches a short number of a service after a word that asks for a call: "gọi 113 hoặc 114". */
const shortNumbers =
  /(?<!\p{L})((?:gọi|tổng đài|hotline|đường dây nóng|điện thoại|cấp cứu|cứu hỏa|cảnh sát)(?:\s+(?:ngay|đến|tới|số|theo|điện thoại|tổng đài))*\s*:?\s*)(1\d{2,3}(?:\s?(?:,|;|hoặc|và|–|-)\s?1\d{2,3})*)(?![\d\p{L}]|[.,/-]\d)/giu

/** Matches a number of an account, a tax payer or an identity card after the words for such a number. */
const identityNumber =
  /(?<!\p{L})((?:tài khoản|STK|TK|mã số thuế|mã số|MST|CCCD|CMND|CMTND|căn cước(?: công dân)?|số định danh)(?:\s+số)?\s*:?\s*)(\d[\d .-]{4,28}\d)(?![\d\p{L}]|[.,/-]\d)/giu

/** Matches a telephone number, also one with the code of the country or with its area in brackets. */
const telephone =
  /(?<![\d\p{L}.,/+-])(?:\+84[ .-]?\d{1,3}|\(0\d{1,4}\)|(?:0|1[89]00)\d*)(?:[ .-]?\d{2,}){1,5}(?![\d\p{L}/]|[.,]\d)/gu

/** Writes telephone numbers, numbers of services, of accounts and of identity cards digit by digit. */
export function speakDialledNumbers(text: string): string {
  return text
    .replace(/(?<!\p{L})(S?)ĐT(\s?[:.]?\s?)(?=[+(]?0\d{1,4}[\d .)-]{6,})/gu, (_all, number: string, gap: string) => {
      const name = number === '' ? 'điện thoại' : 'số điện thoại'
      return `${name}${gap === '' ? ' ' : gap.replace('.', ':')}`
    })
    .replace(identityNumber, (_all, before: string, number: string) => `${before}${spellDigits(number)}`)
    .replace(telephone, (number) => {
      if (number.replace(/\D/g, '').length < 8) return number
      const words = number.split(/[ .()-]+/).flatMap((group) => (/\d/.test(group) ? spellDigits(group) : []))
      return `${number.startsWith('+') ? 'cộng ' : ''}${words.join(', ')}`
    })
    .replace(
      shortNumbers,
      (_all, before: string, numbers: string) => `${before}${numbers.replace(/\d+/g, spellDigits)}`,
    )
    .replace(/(?<![\d\p{L}.,/-])\d{10,}(?![\d\p{L}]|[.,/-]\d|\s*(?:đồng|VNĐ|VND|USD|đ\b))/gu, spellDigits)
}

/**
 * Writes out the number and the year of "30/2020/NĐ-CP" and "15-NQ/TW". The letters stay. A zero at the front is read,
 * because it belongs to the number ("04-NQ/TU").
 */
export function speakDocumentNumbers(text: string): string {
  return text
    .replace(
      new RegExp(String.raw`(?<![\d/\p{L}])(\d{1,5})\/((?:19|20)\d{2})\/${letters}`, 'gu'),
      (_all, number: string, year: string, code: string) =>
        `${spellCodeNumber(number)} năm ${spellName(year)} ${protectCode(code)}`,
    )
    .replace(
      new RegExp(String.raw`(?<![\d/\p{L}-])(\d{1,5})[-/](?=\p{Lu}[\p{L}&]*[-/]\p{Lu})${letters}`, 'gu'),
      (_all, number: string, code: string) => `${spellCodeNumber(number)} ${protectCode(code)}`,
    )
}

/** Encloses the letters of a document number. Digits at the end of the letters are spelled: "QH15". */
function protectCode(code: string): string {
  const spoken = code.replace(/(?<=\p{L})\d{1,3}$/u, (number) => ` ${spellNumber(number)}`)
  return `${codeMark}${spoken}${codeMark}`
}

const roads: Readonly<Record<string, string>> = { QL: 'quốc lộ', ĐT: 'đường tỉnh', TL: 'tỉnh lộ', HL: 'hương lộ' }

/**
 * Writes out codes of letters and digits: roads ("QL.3B"), number plates digit by digit ("97A-123.45"), classes
 * ("10A1"), and names with one letter ("G7", "5G", "H5N1"). A code with two letters or more before its digits stays, as
 * "ST25", because people read its digits in different ways.
 */
export function speakCodes(text: string): string {
  return text
    .replace(
      /(?<![\p{L}\d])(QL|ĐT|TL|HL)\.?\s?(\d{1,3})(\p{Lu}?)(?![\p{L}\d]|[.,/-]\d)/gu,
      (_all, road: string, number: string, letter: string) =>
        `${roads[road] ?? road} ${spellName(number)}${letter === '' ? '' : ` ${letter}`}`,
    )
    .replace(
      /(?<![\p{L}\d.,/-])(\d{2})(\p{Lu})(\d?)\s?-\s?(\d{3}\.\d{2}|\d{4,5})(?![\p{L}\d]|[.,/-]\d)/gu,
      (_all, province: string, letter: string, series: string, number: string) =>
        [spellDigits(province), letter, spellDigits(series), spellDigits(number)].filter(Boolean).join(' '),
    )
    .replace(
      /(?<![\p{L}\d.,/-])(\d{1,2})(\p{Lu})(\d{1,2})?(?![\p{L}\d²³]|[.,/-]\d)/gu,
      (_all, grade: string, letter: string, group: string | undefined) =>
        `${spellNumber(grade)} ${letter}${group === undefined ? '' : ` ${spellNumber(group)}`}`,
    )
    .replace(/(?<![\p{L}\d.,/-])(?:\p{Lu}\d{1,3}){1,3}(?![\p{L}\d²³]|[.,/-]\d)/gu, (code) =>
      code
        .replace(/(\p{Lu})(\d+)/gu, (_all, letter: string, number: string) => ` ${letter} ${spellNumber(number)}`)
        .trim(),
    )
}

/** Spells a number of a code. A zero at the front is spoken. */
function spellCodeNumber(written: string): string {
  return written.startsWith('0') && written.length === 2 ? spellDigits(written) : spellNumber(String(Number(written)))
}
