import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeFile } from '../../../../src/core/text/charsets'
import { shared, sharedIsAbsent } from '../../support/shared'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16le = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))

it('decodes UTF-8 and says whether it had a mark', () => {
  expect(decodeFile(utf8('Bắc Kạn'), 'a.txt')).toEqual({ text: 'Bắc Kạn', charset: { name: 'utf-8', bom: false } })
  expect(decodeFile(utf8('\ufeffBắc Kạn'), 'a.txt')).toEqual({ text: 'Bắc Kạn', charset: { name: 'utf-8', bom: true } })
})

it('one stray control character does not make a text binary', () => {
  const text = `${'Bắc Kạn '.repeat(20)}\f`
  expect(decodeFile(utf8(text), 'a.txt').text).toBe(text)
})

const longText = 'Trong giai đoạn 2015-2020, hưởng ứng các phong trào thi đua. '.repeat(5)

describe('refuses, with the name of the file', () => {
  it.each<[string, string, Uint8Array]>([
    ['no bytes', 'empty-file', new Uint8Array()],
    ['only white space', 'empty-file', utf8(' \r\n\t\u00a0\n')],
    ['only a mark', 'empty-file', utf8('\ufeff')],
    ['a PDF', 'binary-file', utf8('%PDF-1.7\n')],
    ['a zip (docx, epub)', 'binary-file', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)],
    ['a PNG', 'binary-file', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)],
    ['a JPEG', 'binary-file', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
    ['an old Word document', 'binary-file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1)],
    ['a Windows program', 'binary-file', Uint8Array.of(0x4d, 0x5a, 0x90, 0)],
    ['text with a NUL in it', 'binary-file', utf8('Bắc\0 Kạn, ngày 8 tháng 9 năm 2020')],
    ['many control characters', 'binary-file', utf8('\u0001\u0002\u0003 abc')],
    ['UTF-16 with its mark', 'not-utf8', utf16le(`\ufeff${longText}`)],
    ['UTF-16 without a mark', 'not-utf8', utf16le(longText)],
    ['windows-1258', 'not-utf8', Uint8Array.of(0x42, 0xe3, 0xd2, 0x63, 0x20, 0x4b, 0x61)],
    ['TCVN3', 'not-utf8', Uint8Array.of(0x42, 0xb6, 0x6e, 0x20, 0x54, 0x69, 0x6e)],
    ['UTF-8 cut in a letter', 'not-utf8', utf8('Bắc Kạ').slice(0, -1)],
    ['an overlong form', 'not-utf8', Uint8Array.of(0x3c, 0x70, 0x3e, 0xc0, 0xbc)],
    ['a lone surrogate', 'not-utf8', Uint8Array.of(0x3c, 0xed, 0xa0, 0x80)],
    ['ISO-2022-JP', 'not-utf8', utf8('abc \u001b$B$"$"\u001b(B abc')],
  ])('%s: %s', (_what, code, bytes) => {
    expect(() => decodeFile(bytes, 'bai.txt')).toThrow(
      expect.objectContaining({ name: 'AppError', code, details: { name: 'bai.txt' } }),
    )
  })
})

describe('the shared pages in wrong charsets', () => {
  const folder = shared('data/security/charsets')
  const outcome = (file: string): string => {
    try {
      return decodeFile(readFileSync(file), file).text.includes('Bản Tin: Thủ tướng phát biểu') ? 'right' : 'read'
    } catch (thrown) {
      return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
    }
  }

  it.for([
    ['utf8-nodecl.html', 'right'],
    ['utf8-declared-1252.html', 'right'],
    ['utf8-bom-declared-1258.html', 'right'],
    ['bogus-label.html', 'right'],
    ['x-user-defined.html', 'right'],
    // Plain ASCII that must never be decoded as what it declares: UTF-7 would make a script of it.
    ['utf7.html', 'read'],
    ['bidi.html', 'read'],
    ['nfd.html', 'read'],
    ['cp1258-declared.html', 'not-utf8'],
    ['cp1258-declared-utf8.html', 'not-utf8'],
    ['late-meta-2000b.html', 'not-utf8'],
    ['iso2022jp-esc.html', 'not-utf8'],
    ['mixed-1252-utf8.html', 'not-utf8'],
    ['overlong.html', 'not-utf8'],
    ['surrogates.html', 'not-utf8'],
    ['tcvn3.bin', 'not-utf8'],
    ['truncated-utf8.html', 'not-utf8'],
    ['utf16be-nobom.html', 'not-utf8'],
    ['utf16le-bom.html', 'not-utf8'],
    ['utf32.html', 'not-utf8'],
    ['nul-bytes.html', 'binary-file'],
  ])('%s: %s', ([name, expected], { skip }) => {
    if (!existsSync(folder)) skip(sharedIsAbsent)
    expect(outcome(`${folder}/${name}`)).toBe(expected)
  })

  it.for(['cp1258', 'cp1258_decomp', 'tcvn3', 'tcvn3_asciipunct', 'tcvn5712-1', 'viscii', 'vni', 'vps'])(
    'the seed in %s is refused as not-utf8',
    (name, { skip }) => {
      const file = shared(`data/vietnamese/vectors/${name}.bin`)
      if (!existsSync(file)) skip(sharedIsAbsent)
      expect(outcome(file)).toBe('not-utf8')
    },
  )
})
