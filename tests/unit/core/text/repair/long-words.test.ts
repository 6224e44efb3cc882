import { describe, expect, it } from 'vitest'
import { countLostLetters } from '../../../../../src/core/text/repair/lost-letters'
import { normalizeText } from '../../../../../src/core/text/repair/normalize'
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

describe('countLostLetters', () => {
  it.each([
    ['each question mark inside a word', 'B?c K?n th?c hi?n ch? tr??ng m?i', 7],
    ['no question mark at the end of a word', 'Ai? Gì? Sao? Đâu? Nào? Thế nào? Vì sao? Khi nào?', 0],
    ['none of half a million marks without a letter after them', `a${'?'.repeat(length)} B?c`, 0],
  ])('countLostLetters counts %s', (_what, bodyText, count) => {
    expect(countLostLetters({ ...bulletin, bodyText })).toBe(count)
  })
})
