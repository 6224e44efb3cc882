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

it('decodeFile decodes UTF-8 and returns whether the file had a byte order mark', () => {
  expect(decode(utf8('Bắc Kạn'))).toMatchObject({ text: 'Bắc Kạn', charset: { name: 'utf-8', bom: false } })
  expect(decode(utf8('\ufeffBắc Kạn'))).toMatchObject({ text: 'Bắc Kạn', charset: { name: 'utf-8', bom: true } })
})

it('decodeFile accepts a text with one control character', () => {
  const text = `${'Bắc Kạn '.repeat(20)}\f`
  expect(decodeFile(utf8(text), 'a.txt').text).toBe(text)
})

const longText = 'Trong giai đoạn 2015-2020, hưởng ứng các phong trào thi đua. '.repeat(5)

describe('decodeFile refuses', () => {
  it.each<[string, string, Uint8Array]>([
    ['no bytes', 'empty-file', new Uint8Array()],
    ['only white space', 'empty-file', utf8(' \r\n\t\u00a0\n')],
    ['only a byte order mark', 'empty-file', utf8('\ufeff')],
    ['a PDF', 'binary-file', utf8('%PDF-1.7\n')],
    ['a zip (docx, epub)', 'binary-file', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)],
    ['a PNG', 'binary-file', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)],
    ['a JPEG', 'binary-file', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
    ['an old Word document', 'binary-file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1)],
    ['a Windows program', 'binary-file', Uint8Array.of(0x4d, 0x5a, 0x90, 0)],
    ['text with a NUL in it', 'binary-file', utf8('Bắc\0 Kạn, ngày 8 tháng 9 năm 2020')],
    ['many control characters', 'binary-file', utf8('\u0001\u0002\u0003 abc')],
    ['one word in an unknown encoding', 'not-utf8', Uint8Array.of(0x42, 0xe3, 0xd2, 0x63)],
    ['an overlong form', 'not-utf8', Uint8Array.of(0x3c, 0x70, 0x3e, 0xc0, 0xbc)],
    ['a lone surrogate', 'not-utf8', Uint8Array.of(0x3c, 0xed, 0xa0, 0x80)],
    [
      'Russian in KOI8-R without a declaration',
      'not-utf8',
      Uint8Array.from(Buffer.from('eec1ceccc5ceced9ca20d4c5cbd3d420', 'hex')),
    ],
    ['UTF-16 of NULs', 'binary-file', Uint8Array.of(0xff, 0xfe, 0, 0, 1, 0, 0, 0, 0, 0)],
    ['ISO-2022-JP without a declaration', 'not-utf8', utf8('abc \u001b$B$"$"\u001b(B abc')],
  ])('decodeFile refuses %s with the code %s', (_what, code, bytes) => {
    expect(() => decodeFile(bytes, 'bai.txt')).toThrow(
      expect.objectContaining({ name: 'AppError', code, details: { name: 'bai.txt' } }),
    )
  })
})

describe('decodeFile', () => {
  const sentence = 'Trong giai đoạn 2015-2020, hưởng ứng các phong trào thi đua.'
  const pageOf = (charset: string): string => `<html><head><meta charset="${charset}"></head><body><p>`

  it.each<[string, string, Uint8Array]>([
    ['UTF-16LE with its byte order mark', 'utf-16le', utf16le(`\ufeff${longText}`)],
    ['UTF-16LE without a byte order mark', 'utf-16le', utf16le(longText)],
    ['UTF-16BE without a byte order mark', 'utf-16be', new Uint8Array(Buffer.from(longText, 'utf16le').swap16())],
    [
      'UTF-32LE with its byte order mark',
      'utf-32le',
      new Uint8Array(Uint32Array.from([...`\ufeff${longText}`].map((c) => c.codePointAt(0) ?? 0)).buffer),
    ],
  ])('decodeFile decodes %s', (_what, name, bytes) => {
    expect(decode(bytes)).toMatchObject({ text: longText, charset: { name }, isBytes: false })
  })

  it('decodeFile decodes bytes of an undeclared Vietnamese encoding as windows-1252 without loss', () => {
    const decoded = decode(encodeLegacy(sentence, 'viscii'))
    expect(decoded).toMatchObject({ isBytes: true, declared: null, charset: { name: 'viscii' } })
    expect(decoded.text).toBe(westernOf(sentence, 'viscii'))
  })

  it('decodeFile returns the name of the declared Vietnamese encoding', () => {
    const bytes = Buffer.concat([Buffer.from(pageOf('windows-1258')), encodeLegacy(sentence, 'windows-1258')])
    expect(decode(bytes)).toMatchObject({ isBytes: true, declared: 'windows-1258' })
    expect(decode(encodeLegacy(sentence, 'viscii'), { declaredCharset: 'VISCII' }).declared).toBe('viscii')
  })

  it('decodeFile decodes other charsets as declared, and the charset of the header goes before the charset of the page', () => {
    const russian = Buffer.from('f0d2c9d7c5d4', 'hex')
    expect(decode(Buffer.concat([Buffer.from(pageOf('koi8-r')), russian])).text).toContain('Привет')
    expect(decode(russian, { declaredCharset: 'koi8-r' }).text).toBe('Привет')
    const both = Buffer.concat([Buffer.from(pageOf('gb2312')), russian])
    expect(decode(both, { declaredCharset: 'koi8-r' }).text).toContain('Привет')
  })

  it('decodeFile decodes a page as ISO-2022-JP if the page declares this charset', () => {
    const bytes = utf8(`${pageOf('iso-2022-jp')}\u001b$B$"$"\u001b(B`)
    expect(decode(bytes)).toMatchObject({ charset: { name: 'iso-2022-jp' } })
    expect(decode(bytes).text).toContain('ああ')
  })

  it('decodeFile does not decode a Vietnamese page as Chinese, even if the page declares a Chinese charset', () => {
    const bytes = Buffer.concat([Buffer.from(pageOf('gb2312')), encodeLegacy(sentence.toLowerCase(), 'tcvn3')])
    expect(decode(bytes)).toMatchObject({ isBytes: true, charset: { name: 'tcvn3' } })
  })

  it.each(['windows-1252', 'x-bogus', null])(
    'decodeFile decodes a western text that declares %s',
    (declaredCharset) => {
      const text = 'Le conseil municipal a décidé hier soir de rénover l’école primaire du quartier.'
      const bytes = Buffer.from(text.replace('’', "'"), 'latin1')
      expect(decode(bytes, { declaredCharset })).toMatchObject({ charset: { name: 'windows-1252' } })
    },
  )

  it('decodeFile decodes UTF-8 that contains a few bytes of windows-1252', () => {
    const bytes = Buffer.concat([utf8(sentence), Uint8Array.of(0x93, 0x61, 0x94)])
    expect(decode(bytes)).toMatchObject({ text: `${sentence}“a”`, strayBytes: 2 })
    expect(decode(bytes, { areStrayBytesLost: true }).text).toBe(`${sentence}\ufffda\ufffd`)
  })

  it('decodeFile turns a letter that is cut off at the end of the file into U+FFFD', () => {
    expect(decode(utf8('Bắc Kạ').slice(0, -1)).text).toBe('Bắc K\ufffd')
  })

  it('decodeFile decodes a page that mixes UTF-8 and an old encoding', () => {
    const old = encodeLegacy('một dòng cũ', 'tcvn3')
    const bytes = Buffer.concat([utf8(`<p>${sentence}</p><p>${sentence}</p><p>`), old, utf8('</p>')])
    const { text } = decode(bytes)
    expect(text).toContain(sentence)
    expect(text).toContain(westernOf('một dòng cũ', 'tcvn3'))
  })

  it('decodeFile uses the encoding that the user chose', () => {
    expect(decode(utf8('Bắc Kạ').slice(0, -1), { encoding: 'utf-8' }).charset.name).toBe('utf-8')
    const bytes = Uint8Array.of(0xc0, 0xbc, 0x61)
    expect(decode(bytes, { encoding: 'tcvn3' })).toMatchObject({ isBytes: true, charset: { name: 'tcvn3' } })
  })
})

describe('shared pages in wrong charsets', () => {
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
    // An ASCII page that declares UTF-7. Decoded as UTF-7, the page would contain a script element.
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
  ])('an import of the shared page %s gives the result "%s"', ([name, expected], { skip }) => {
    if (!existsSync(folder)) skip(sharedIsAbsent)
    expect(outcome(`${folder}/${name}`)).toBe(expected)
  })
})
