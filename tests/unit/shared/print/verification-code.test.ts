import { describe, expect, it } from 'vitest'
import { createVerificationCode, parseVerificationCode } from '../../../../src/shared/print/verification-code'

const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const code = createVerificationCode(digest)
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('verification code', () => {
  it('a verification code has 12 characters and a check letter, and the parser returns the start of its digest', () => {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/)
    expect(parseVerificationCode(code)).toEqual({ prefix: digest.slice(0, 15), code })
    expect(createVerificationCode('0'.repeat(64))).toBe('0000-0000-0000-0')
  })

  it.each([
    ['in small letters', code.toLowerCase()],
    ['with spaces for hyphens', code.replaceAll('-', ' ')],
    ['without hyphens', code.replaceAll('-', '')],
    ['with spaces around it', `  ${code} `],
    ['with letters for digits', code.replaceAll('0', 'O').replaceAll('1', 'l')],
  ])('a verification code is accepted %s', (_name, typed) => {
    expect(parseVerificationCode(typed)).toMatchObject({ prefix: digest.slice(0, 15) })
  })

  it('the check letter detects every single wrong character', () => {
    const plain = code.replaceAll('-', '')
    for (let at = 0; at < plain.length; at++)
      for (const other of alphabet.replace(plain[at] ?? '', ''))
        expect(parseVerificationCode(plain.slice(0, at) + other + plain.slice(at + 1)), `${other} at ${at}`).toBe(
          'wrong-check',
        )
  })

  it('the check letter detects every swap of two neighbouring characters', () => {
    const plain = code.replaceAll('-', '')
    for (let at = 0; at + 1 < plain.length; at++) {
      const swapped = plain.slice(0, at) + (plain[at + 1] ?? '') + (plain[at] ?? '') + plain.slice(at + 2)
      expect(parseVerificationCode(swapped), swapped).toBe(
        swapped === plain ? parseVerificationCode(plain) : 'wrong-check',
      )
    }
  })

  it.each(['bac kan 2019', 'thi đua', '', 'UUUU-UUUU-UUUU-U', `${code}0`])(
    'the parser finds no code in "%s"',
    (typed) => {
      expect(parseVerificationCode(typed)).toBeNull()
    },
  )
})
