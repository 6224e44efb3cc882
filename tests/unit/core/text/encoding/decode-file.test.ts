import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { extractBulletin } from '../../../../../src/core/extract/extract'
import { decodeFile, type DecodeHints } from '../../../../../src/core/text/encoding/decode-file'
import type { Decoded } from '../../../../../src/core/text/encoding/decoded'
import { encodeLegacy, westernOf } from '../../../support/legacy-text'
import { shared, sharedIsAbsent } from '../../../support/shared-data'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16le = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))

const decode = (bytes: Uint8Array, hints: DecodeHints = {}): Decoded => decodeFile(bytes, 'a.txt', hints)

it('decodes UTF-8 and says whether it had a mark', () => {
  expect(decode(utf8('Bắc Kạn'))).toMatchObject({ text: 'Bắc Kạn', charset: { name: 'utf-8', bom: false } })
  expect(decode(utf8('\ufeffBắc Kạn'))).toMatchObject({ text: 'Bắc Kạn', charset: { name: 'utf-8', bom: true } })
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
    ['one word in who knows what', 'not-utf8', Uint8Array.of(0x42, 0xe3, 0xd2, 0x63)],
    ['an overlong form', 'not-utf8', Uint8Array.of(0x3c, 0x70, 0x3e, 0xc0, 0xbc)],
    ['a lone surrogate', 'not-utf8', Uint8Array.of(0x3c, 0xed, 0xa0, 0x80)],
    [
      'Russian in KOI8-R that does not say so',
      'not-utf8',
      Uint8Array.from(Buffer.from('eec1ceccc5ceced9ca20d4c5cbd3d420', 'hex')),
    ],
    ['UTF-16 of NULs', 'binary-file', Uint8Array.of(0xff, 0xfe, 0, 0, 1, 0, 0, 0, 0, 0)],
    ['ISO-2022-JP that does not say so', 'not-utf8', utf8('abc \u001b$B$"$"\u001b(B abc')],
  ])('%s: %s', (_what, code, bytes) => {
    expect(() => decodeFile(bytes, 'bai.txt')).toThrow(
      expect.objectContaining({ name: 'AppError', code, details: { name: 'bai.txt' } }),
    )
  })
})

describe('reads what is not UTF-8', () => {
  const sentence = 'Trong giai đoạn 2015-2020, hưởng ứng các phong trào thi đua.'
  const pageOf = (charset: string): string => `<html><head><meta charset="${charset}"></head><body><p>`

  it.each<[string, string, Uint8Array]>([
    ['utf-16le with its mark', 'utf-16le', utf16le(`\ufeff${longText}`)],
    ['utf-16le without a mark', 'utf-16le', utf16le(longText)],
    ['utf-16be without a mark', 'utf-16be', new Uint8Array(Buffer.from(longText, 'utf16le').swap16())],
    [
      'utf-32le with its mark',
      'utf-32le',
      new Uint8Array(Uint32Array.from([...`\ufeff${longText}`].map((c) => c.codePointAt(0) ?? 0)).buffer),
    ],
  ])('%s', (_what, name, bytes) => {
    expect(decode(bytes)).toMatchObject({ text: longText, charset: { name }, isBytes: false })
  })

  it('bytes that read as Vietnamese stand as windows-1252, none lost, to be decided run by run', () => {
    const decoded = decode(encodeLegacy(sentence, 'viscii'))
    expect(decoded).toMatchObject({ isBytes: true, declared: null, charset: { name: 'viscii' } })
    expect(decoded.text).toBe(westernOf(sentence, 'viscii'))
  })

  it('a Vietnamese encoding that is declared is kept in mind', () => {
    const bytes = Buffer.concat([Buffer.from(pageOf('windows-1258')), encodeLegacy(sentence, 'windows-1258')])
    expect(decode(bytes)).toMatchObject({ isBytes: true, declared: 'windows-1258' })
    expect(decode(encodeLegacy(sentence, 'viscii'), { declaredCharset: 'VISCII' }).declared).toBe('viscii')
  })

  it('another charset is read as it is declared, by the header before the page', () => {
    const russian = Buffer.from('f0d2c9d7c5d4', 'hex')
    expect(decode(Buffer.concat([Buffer.from(pageOf('koi8-r')), russian])).text).toContain('Привет')
    expect(decode(russian, { declaredCharset: 'koi8-r' }).text).toBe('Привет')
    const both = Buffer.concat([Buffer.from(pageOf('gb2312')), russian])
    expect(decode(both, { declaredCharset: 'koi8-r' }).text).toContain('Привет')
  })

  it('ISO-2022-JP is read where it is declared', () => {
    const bytes = utf8(`${pageOf('iso-2022-jp')}\u001b$B$"$"\u001b(B`)
    expect(decode(bytes)).toMatchObject({ charset: { name: 'iso-2022-jp' } })
    expect(decode(bytes).text).toContain('ああ')
  })

  it('a Vietnamese page is not read as the Chinese it declares', () => {
    const bytes = Buffer.concat([Buffer.from(pageOf('gb2312')), encodeLegacy(sentence.toLowerCase(), 'tcvn3')])
    expect(decode(bytes)).toMatchObject({ isBytes: true, charset: { name: 'tcvn3' } })
  })

  it.each(['windows-1252', 'x-bogus', null])('a western text needs no charset (%s)', (declaredCharset) => {
    const text = 'Le conseil municipal a décidé hier soir de rénover l’école primaire du quartier.'
    const bytes = Buffer.from(text.replace('’', "'"), 'latin1')
    expect(decode(bytes, { declaredCharset })).toMatchObject({ charset: { name: 'windows-1252' } })
  })

  it('UTF-8 with a few bytes of windows-1252 keeps both', () => {
    const bytes = Buffer.concat([utf8(sentence), Uint8Array.of(0x93, 0x61, 0x94)])
    expect(decode(bytes)).toMatchObject({ text: `${sentence}“a”`, strayBytes: 2 })
    expect(decode(bytes, { areStrayBytesLost: true }).text).toBe(`${sentence}\ufffda\ufffd`)
  })

  it('UTF-8 that breaks off says so', () => {
    expect(decode(utf8('Bắc Kạ').slice(0, -1)).text).toBe('Bắc K\ufffd')
  })

  it('a page put together of UTF-8 and old bytes keeps both', () => {
    const old = encodeLegacy('một dòng cũ', 'tcvn3')
    const bytes = Buffer.concat([utf8(`<p>${sentence}</p><p>${sentence}</p><p>`), old, utf8('</p>')])
    const { text } = decode(bytes)
    expect(text).toContain(sentence)
    expect(text).toContain(westernOf('một dòng cũ', 'tcvn3'))
  })

  it('what the reader chose is done', () => {
    expect(decode(utf8('Bắc Kạ').slice(0, -1), { encoding: 'utf-8' }).charset.name).toBe('utf-8')
    const bytes = Uint8Array.of(0xc0, 0xbc, 0x61)
    expect(decode(bytes, { encoding: 'tcvn3' })).toMatchObject({ isBytes: true, charset: { name: 'tcvn3' } })
  })
})

describe('the shared pages in wrong charsets', () => {
  const folder = shared('data/security/charsets')
  const outcome = (file: string): string => {
    try {
      const { text } = extractBulletin({ bytes: readFileSync(file), name: file })
      const words = `${text.title} ${text.bodyText}`
      return words.includes('Bản Tin: Thủ tướng phát biểu về kinh tế – “đổi mới” ₫ ơ ư ạ') ? 'right' : 'read'
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
    ['nfd.html', 'right'],
    ['cp1258-declared.html', 'right'],
    ['cp1258-declared-utf8.html', 'right'],
    ['late-meta-2000b.html', 'right'],
    ['iso2022jp-esc.html', 'no-text'],
    ['mixed-1252-utf8.html', 'right'],
    ['overlong.html', 'not-utf8'],
    ['surrogates.html', 'not-utf8'],
    ['tcvn3.bin', 'read'],
    ['truncated-utf8.html', 'right'],
    ['utf16be-nobom.html', 'right'],
    ['utf16le-bom.html', 'right'],
    ['utf32.html', 'right'],
    ['nul-bytes.html', 'binary-file'],
  ])('%s: %s', ([name, expected], { skip }) => {
    if (!existsSync(folder)) skip(sharedIsAbsent)
    expect(outcome(`${folder}/${name}`)).toBe(expected)
  })
})
