import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LegacyEncoding, legacyEncodings } from '../../../../../src/core/text/encoding/legacy-encodings'
import type { FontHint } from '../../../../../src/core/text/encoding/legacy-fonts'
import { type RunContext, repairRuns } from '../../../../../src/core/text/repair/repair-runs'
import { decodeWestern } from '../../../../../src/core/text/encoding/windows-1252'
import { plainSigns, westernOf } from '../../../support/legacy-text'
import { foreignTexts, newsTexts } from '../sample-texts'

const folder = join(import.meta.dirname, '../../../../fixtures/bulletins')
/** The texts of the fixture bulletins and the sample news texts. */
const texts = [
  ...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8').normalize('NFC')),
  ...newsTexts,
]
const runLength = 8

/** Returns every stretch of `runLength` consecutive words of a text that contains a letter with a mark. */
function runsOf(text: string): string[] {
  const words = text.split(/\s+/u).filter((word) => /\p{L}/u.test(word))
  return words
    .map((_word, at) => words.slice(at, at + runLength).join(' '))
    .filter((run) => run.split(' ').length === runLength && /[^\u0000-\u007f]/.test(run))
}

const all = texts.flatMap(runsOf)
const page = (isBytes: boolean): RunContext => ({ chosen: null, declared: null, isBytes })

function decided(text: string, font: FontHint | null = null, context: RunContext = page(false)): string {
  return repairRuns([{ text, font }], context)[0]?.text ?? text
}

/**
 * Puts capitals with tones in lower case, because TCVN3 has no codes for such capitals. Pages store small letters and
 * show these letters in a capitals font.
 */
function withoutTonedCapitals(text: string): string {
  return text.replace(/[^\u0000-\u007fĂÂÊÔƠƯĐ]/gu, (letter) => letter.toLowerCase())
}

/**
 * Returns two forms of each run: the form that users should see (`run`), and the form that an old program writes in an
 * encoding (`text`).
 */
function receivedIn(encoding: LegacyEncoding, runs: readonly string[]): { run: string; text: string }[] {
  return runs.map((run) => {
    const plain = plainSigns(run, encoding)
    return { run: plain, text: westernOf(plain, encoding) }
  })
}

describe(`runs of ${runLength} words`, () => {
  it('control: the fixtures contain more than 1000 runs from administration and news', () => {
    expect(all.length).toBeGreaterThan(1000)
    expect(texts.length).toBeGreaterThan(8)
  })

  it.each(legacyEncodings)(
    'repairRuns repairs all runs in %s, both in pages of bytes and in pages of Unicode',
    (encoding) => {
      const wrong: string[] = []
      const received = receivedIn(encoding, encoding === 'tcvn3' ? all.map(withoutTonedCapitals) : all)
      // Control: nearly all runs differ from their received text.
      expect(received.filter(({ run, text }) => run !== text).length).toBeGreaterThan(all.length * 0.97)
      for (const { run, text: source } of received) {
        for (const isBytes of [true, false]) {
          const text = decided(source, null, page(isBytes))
          if (text !== run) wrong.push(`${run} → ${text}`)
        }
      }
      expect(wrong).toEqual([])
    },
  )

  it.each(legacyEncodings.filter((encoding) => encoding !== 'tcvn3'))(
    'repairRuns repairs runs of capitals in %s',
    (encoding) => {
      const capitals = all.map((run) => run.toUpperCase())
      const wrong = receivedIn(encoding, capitals).filter(({ run, text }) => decided(text) !== run)
      expect(wrong.map(({ run, text }) => `${run} → ${decided(text)}`)).toEqual([])
    },
  )

  it('repairRuns repairs all runs in a TCVN3 capitals font', () => {
    const font: FontHint = { encoding: 'tcvn3', capitals: true }
    const small = all.map((run) => run.toLowerCase())
    const wrong = receivedIn('tcvn3', small).filter(({ run, text }) => decided(text, font) !== run.toUpperCase())
    expect(wrong).toEqual([])
  })

  it('repairRuns repairs all runs in double UTF-8', () => {
    const twice = (run: string): string => Buffer.from(run, 'utf8').toString('latin1')
    expect(all.filter((run) => decided(twice(run)) !== run)).toEqual([])
  })
})

describe('double UTF-8', () => {
  const western = (text: string): string => decodeWestern(Buffer.from(text, 'utf8'))
  const latin = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
  const vietnamese = (text: string): string => new TextDecoder('windows-1258').decode(Buffer.from(text, 'utf8'))

  it.each<[string, (text: string) => string]>([
    ['windows-1252 once', western],
    ['windows-1252 twice', (text) => western(western(text))],
    ['Latin-1 twice', (text) => latin(latin(text))],
    ['Latin-1, then windows-1252', (text) => western(latin(text))],
    ['windows-1258, as on Vietnamese Windows', vietnamese],
    ['windows-1258 and then NFC', (text) => vietnamese(text).normalize('NFC')],
  ])('double UTF-8 is reversed after decoding as %s', (_codePage, encode) => {
    const received = texts.map(encode)
    expect(received.filter((text, at) => text === texts[at])).toEqual([])
    expect(received.map((text) => decided(text).normalize('NFC'))).toEqual(texts)
  })

  describe('double UTF-8 with lost bytes', () => {
    const sentence = 'Đồng chí Bí thư đến dự và phát biểu: “làm vào ngày mai, và y tế xã cùng làm”'
    it.each<[string, (text: string) => string, string]>([
      ['A0 became a space', (text) => western(text).replace(/\u00a0/gu, ' '), sentence],
      ['A0 became a space, and spaces were folded', (text) => western(text).replace(/[\s\u00a0]+/gu, ' '), sentence],
      [
        'the five unused bytes of windows-1252 were dropped',
        (text) => western(text).replace(/[\u0081\u008d\u008f\u0090\u009d]/gu, ''),
        sentence.replace('Đ', '\ufffd').replace('”', '\ufffd'),
      ],
      [
        'the five unused bytes of windows-1252 became question marks',
        (text) => western(text).replace(/[\u0081\u008d\u008f\u0090\u009d]/gu, '?'),
        sentence.replace('Đ', '\ufffd').replace('”', '\ufffd'),
      ],
      [
        'curly quotes became straight quotes',
        (text) => western(text).replace(/[‘’]/gu, "'").replace(/[“”]/gu, '"'),
        sentence.replace('ồ', '\ufffd'),
      ],
    ])('certain letters are repaired and the other letters become U+FFFD if %s', (_loss, encode, expected) => {
      expect(decided(encode(sentence))).toBe(expected)
    })
  })

  it('doubly encoded text in an old encoding is reversed and then decoded in that encoding', () => {
    const old = 'tỉnh đã ban hành kế hoạch triển khai công tác năm nay'
    expect(decided(western(westernOf(old, 'tcvn3')))).toBe(old)
  })

  it('text that was not encoded twice stays unchanged', () => {
    const right = [
      'Är Ägare, Äpple, Öl: Ännu en ”svensk” text',
      'IRMÃ DULCE, SÃO JOSÉ, MANHÃ',
      'Ăn quả nhớ kẻ trồng cây, Đắk Lắk, Ơ Đu',
      'São Paulo, Zürich, Malmö – l’été',
      'Hợp đồng “HĐ”, quyết định “QĐ”, nghị định “NĐ”, chữ “Ư”',
    ]
    expect(right.map((text) => decided(text))).toEqual(right)
  })
})

describe('correct runs', () => {
  it.each([true, false])('correct runs in Vietnamese stay unchanged (page of bytes: %s)', (isBytes) => {
    expect(all.filter((run) => decided(run, null, page(isBytes)) !== run)).toEqual([])
  })

  it('correct runs in other languages stay unchanged', () => {
    const runs = foreignTexts.flatMap((text) => runsOf(text))
    expect(runs.length).toBeGreaterThan(200)
    expect(runs.filter((run) => decided(run) !== run)).toEqual([])
    expect(runs.filter((run) => decided(run, null, page(true)) !== run)).toEqual([])
  })

  it('control: a run in an old encoding is changed', () => {
    expect(decided(westernOf('Ủy ban nhân dân tỉnh vừa có văn bản gửi các huyện', 'viscii'))).toContain('Ủy ban')
  })
})

describe('repairRuns for a page of several runs', () => {
  const tcvn3: FontHint = { encoding: 'tcvn3', capitals: false }
  const repaired = (runs: readonly { text: string; font?: FontHint | null }[], context = page(false)): string[] =>
    repairRuns(
      runs.map(({ text, font = null }) => ({ text, font })),
      context,
    ).map((run, at) => run?.text ?? runs[at]?.text ?? '')

  const sentence = 'tỉnh đã ban hành kế hoạch triển khai công tác phòng, chống thiên tai năm nay'

  it('in a page of several runs, a run of a few words is decoded in the encoding of the other runs', () => {
    const short = ['số', 'một', 'của', 'kết luận', 'có']
    const runs = [sentence, ...short].map((text) => ({ text: westernOf(text, 'tcvn3') }))
    expect(repaired(runs)).toEqual([sentence, ...short])
  })

  it('a run of a few words is decoded in the encoding of its font', () => {
    expect(repaired([{ text: westernOf('một', 'tcvn3'), font: tcvn3 }])).toEqual(['một'])
    expect(repaired([{ text: westernOf('một', 'tcvn3') }])).toEqual(['mét'])
  })

  it('each run is decoded in the encoding of its own font', () => {
    const vni: FontHint = { encoding: 'vni', capitals: false }
    const runs = [
      { text: westernOf(sentence, 'tcvn3'), font: tcvn3 },
      { text: westernOf(sentence, 'vni'), font: vni },
      { text: sentence },
    ]
    expect(repaired(runs)).toEqual([sentence, sentence, sentence])
  })

  it('the name of a font is ignored if most text in that font is Unicode', () => {
    const runs = [sentence, 'Thông báo', 'là', 'và'].map((text) => ({ text, font: tcvn3 }))
    expect(repaired(runs)).toEqual([sentence, 'Thông báo', 'là', 'và'])
  })

  it.each<[string, LegacyEncoding, string]>([
    ['one TCVN3 line among clean ones', 'tcvn3', 'tcvn3'],
    ['one VNI line among clean ones', 'vni', 'vni'],
  ])('the repair changes only %s', (_what, encoding, kind) => {
    const runs = [sentence, westernOf(sentence, encoding), 'Thông báo', sentence].map((text) => ({ text, font: null }))
    const result = repairRuns(runs, page(false))
    expect(result.map((run) => run?.kind ?? null)).toEqual([null, kind, null, null])
  })

  it('runs are decoded in the chosen encoding, except runs with letters that only Unicode has', () => {
    const context: RunContext = { chosen: 'vni', declared: null, isBytes: false }
    expect(repaired([{ text: 'naêm' }, { text: sentence }], context)).toEqual(['năm', sentence])
  })

  it('the repair decodes a windows-1258 run in which character references replace the letters outside the encoding', () => {
    const run = { text: 'B\u1ea3n tin: Th\u1ee7 t\u00fd\u1edbng ph\u00e1t bi\u1ec3u v\u1ec1 kinh t\u1ebf', font: null }
    expect(repaired([run], page(true))).toEqual(['Bản tin: Thủ tướng phát biểu về kinh tế'])
  })

  it.each(['V = a³ · h', 'S = π·r² · 2', 'N°5 · N°6', '12 km² · 3 m³', 'Đoạn 3 · a² + b² = c²', '½ thìa · ¼ cốc'])(
    'the repair keeps the signs of "%s", both alone and beside clean Vietnamese text',
    (text) => {
      expect(repaired([{ text }])).toEqual([text])
      expect(repaired([{ text: sentence }, { text }])).toEqual([sentence, text])
    },
  )

  it('control: the repair decodes the same signs in the words of an old encoding', () => {
    const written = 'trong rừng có nhiều gỗ, ở bản có nhà sàn'
    expect(repaired([{ text: westernOf(written, 'viscii') }])).toEqual([written])
  })

  it.each([
    ['Céng Hßa x· Ba BÓ', 'Cộng Hòa xã Ba Bể'],
    ['UBND huyÖn ho·n häp, TØNH ñY chØ ®¹o thùc hiÖn', 'UBND huyện hoãn họp, TỈNH ỦY chỉ đạo thực hiện'],
    ['TH¤NG B¸O cña x· vÒ lÞch tiªm phßng cho trÎ em', 'THÔNG BÁO của xã về lịch tiêm phòng cho trẻ em'],
  ])('the repair decodes capitals typed with Caps Lock in TCVN3: "%s"', (text, read) => {
    expect(repaired([{ text }])).toEqual([read])
  })

  it('the repair restores "à", "ã" and "ư" from the signs (μ ∙ −) that PDF readers put in place of the TCVN3 signs', () => {
    const text = 'Ngμy mai x∙ tiªm phßng d−íi s©n nhμ v¨n hãa'
    expect(repaired([{ text }])).toEqual(['Ngày mai xã tiêm phòng dưới sân nhà văn hóa'])
    // Without TCVN3 around, the same signs are mathematics.
    expect(repaired([{ text: 'μ = 5 − 2 ∙ 3' }])).toEqual(['μ = 5 − 2 ∙ 3'])
  })
})
