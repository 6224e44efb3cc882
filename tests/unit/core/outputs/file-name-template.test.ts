import { describe, expect, it } from 'vitest'
import { fillFileNameTemplate, toFileName } from '../../../../src/core/outputs/file-name-template'
import { defaultFileName } from '../../../../src/shared/print/print-option-values'

const whole = { date: '2020-09-08', source: 'Cổng TTĐT Bắc Kạn', title: 'Đẩy mạnh thi đua' }

describe('file name template', () => {
  it.each([
    [whole, '2020-09-08 - Cổng TTĐT Bắc Kạn - Đẩy mạnh thi đua'],
    [{ ...whole, source: null }, '2020-09-08 - Đẩy mạnh thi đua'],
    [{ ...whole, date: null, source: null }, 'Đẩy mạnh thi đua'],
    [{ ...whole, title: 'Ai: "bàn" về A/B\\C?*' }, `2020-09-08 - Cổng TTĐT Bắc Kạn - Ai 'bàn' về A B C`],
    [{ date: null, source: null, title: '' }, 'ban-tin'],
  ])('fillFileNameTemplate turns %j into the file name "%s"', (parts, name) => {
    expect(fillFileNameTemplate(defaultFileName, parts)).toBe(name)
  })

  it.each([
    ['con', 'con_'],
    ['LPT1.tin', 'LPT1_.tin'],
    ['trailing. . .', 'trailing'],
    ['..\\..\\etc', 'etc'],
    ['a\u202Eb\u0000c', 'a b c'],
  ])('toFileName turns "%s" into "%s", which is safe on Windows', (text, name) => {
    expect(toFileName(text)).toBe(name)
  })

  it('toFileName cuts a long name at the end of a word', () => {
    const name = toFileName('Đẩy mạnh phong trào thi đua yêu nước '.repeat(20))
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180)
    expect(name).toMatch(/(?:Đẩy|mạnh|phong|trào|thi|đua|yêu|nước)…$/)
  })
})
