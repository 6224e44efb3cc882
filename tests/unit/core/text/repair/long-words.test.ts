import { describe, expect, it } from 'vitest'
import { transcode } from '../../../../../src/core/text/encoding/transcode'
import { countLostLetters } from '../../../../../src/core/text/repair/lost-letters'
import { normalizeText } from '../../../../../src/core/text/repair/normalize'
import { toSpokenText } from '../../../../../src/core/text/speech/spoken-text'
import { extracted, pageOf } from '../../../support/extract'

// A rule that searches from every letter of a word takes minutes for these texts, so that the test times out.
const length = 500_000
const { text: bulletin } = extracted(pageOf('<h1>Tin của xã</h1><p>Một đoạn văn.</p>'))

describe('normalizeText', () => {
  it.each([
    ['letters', 'a'],
    ['capitals', 'B'],
    ['marks', '\u0301'],
    ['accented letters', 'ế'],
  ])('normalizeText repairs the words around a word of half a million %s', (_what, letter) => {
    const { text } = normalizeText(`Ðẩy ${letter.repeat(length)} ðồng bào a ´`, 'body')
    expect(text.startsWith('Đẩy ')).toBe(true)
    expect(text.endsWith(' đồng bào a ´')).toBe(true)
  })

  it('normalizeText repairs a word that begins after a sign, a digit or a quotation mark', () => {
    expect(normalizeText('“Ðồng” 5ðồng (HÐND) ho\u00b4i', 'body').text).toBe('“Đồng” 5đồng (HĐND) hói')
  })
})

describe('transcode', () => {
  it('transcode reads the words around a word of half a million capitals', () => {
    const { text } = transcode(`CéNG ${'B'.repeat(length)} HßA`, 'tcvn3')
    expect(text.startsWith('CỘNG B')).toBe(true)
    expect(text.endsWith('B HÒA')).toBe(true)
  })
})

describe('toSpokenText', () => {
  it.each(['a', '1', '1.', '@', 'B'])(
    'toSpokenText writes out the words around half a million characters "%s"',
    (sign) => {
      const { text } = toSpokenText(`thu 5 kg ${sign.repeat(length / sign.length)} gửi a@b.vn`)
      expect(text.startsWith('Thu năm ki-lô-gam ')).toBe(true)
      expect(text.toLowerCase().endsWith(' gửi a@b.vn')).toBe(true)
    },
  )
})

describe('countLostLetters', () => {
  it.each([
    ['each question mark inside a word', 'B?c K?n th?c hi?n ch? tr??ng m?i', 7],
    ['no question mark at the end of a word', 'Ai? Gì? Sao? Đâu? Nào? Thế nào? Vì sao? Khi nào?', 0],
    ['none of half a million marks without a letter after them', `a${'?'.repeat(length)} B?c`, 0],
  ])('countLostLetters counts %s', (_what, bodyText, count) => {
    expect(countLostLetters({ ...bulletin, bodyText })).toBe(count)
  })
})
