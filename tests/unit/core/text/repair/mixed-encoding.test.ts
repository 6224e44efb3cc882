import { describe, expect, it } from 'vitest'
import type { LegacyEncoding } from '../../../../../src/core/text/encoding/legacy-encodings'
import { type RunContext, repairRuns } from '../../../../../src/core/text/repair/repair-runs'
import { westernOf } from '../../../support/legacy-text'
import { foreignTexts } from '../sample-texts'

const context: RunContext = { chosen: null, declared: null, isBytes: false }
const clean = 'Sáng nay, xã tổ chức hội nghị triển khai nhiệm vụ năm nay.'

/** Repairs a paragraph of a page whose other paragraph is correct. */
function read(text: string): string {
  return (
    repairRuns(
      [clean, text].map((each) => ({ text: each, font: null })),
      context,
    )[1]?.text ?? text
  )
}

const sentence = (words: string): string => `Theo đó, các thôn tiếp tục ${words} để hoàn thành chỉ tiêu được giao.`
const phrases = ['phát triển bền vững', 'chỉ đạo quyết liệt', 'thực hiện nghị quyết', 'đẩy mạnh tuyên truyền']
const encodings: readonly LegacyEncoding[] = ['tcvn3', 'vni', 'windows-1258', 'viscii', 'vps']

describe('a few words in an old encoding', () => {
  it.each(encodings)('single words in %s are repaired within a correct sentence', (encoding) => {
    const received = phrases.map((phrase) => sentence(westernOf(phrase, encoding)))
    expect(received.filter((text, at) => text === sentence(phrases[at] ?? ''))).toEqual([])
    expect(received.map(read)).toEqual(phrases.map(sentence))
  })

  it.each(['nước sạch', 'sản xuất nông nghiệp', 'vệ sinh môi trường', 'huyện Bạch Thông', 'Quyết định'])(
    'a text that consists only of “%s” in windows-1258 is repaired',
    (words) => {
      const received = westernOf(words, 'windows-1258')
      expect(received).not.toBe(words)
      expect(read(received)).toBe(words)
    },
  )

  it('the origin of each repaired letter is recorded', () => {
    const received = sentence(westernOf('thực hiện nghị quyết', 'vni'))
    const [, run] = repairRuns(
      [clean, received].map((text) => ({ text, font: null })),
      context,
    )
    expect(run).toMatchObject({ kind: 'vni', rule: 'words', text: sentence('thực hiện nghị quyết') })
    expect(run?.from.length).toBe(run?.text.length)
    // The letters after the repaired words keep their own origin.
    expect(run?.from.at(-1)).toBe(received.length - 1)
  })

  it('words stay unchanged if two encodings fit equally well or if no encoding fits', () => {
    for (const text of [sentence('mõ'), sentence('täi'), sentence('Zürich')]) expect(read(text)).toBe(text)
  })
})

describe('tones typed on the wrong letter', () => {
  const typed = 'vaò taì cuả rôì nhoà phaì đaò maì loaì giuí thuỳ hoạ khoẻ quì muà tuôỉ ngươì'.split(' ')

  it('words with a misplaced tone stay unchanged, both alone and in pairs', () => {
    const texts = typed.flatMap((word, at) => [
      sentence(word),
      sentence(`${word} ${typed[(at + 5) % typed.length] ?? ''}`),
    ])
    expect(texts.filter((text) => read(text) !== text)).toEqual([])
  })
})

describe('words of other languages in Vietnamese text', () => {
  const words = [
    ...new Set(foreignTexts.join(' ').match(/[^\s.,;:()«»„“”"'’!?]+/gu)),
    ...'São João Curaçao Köln Düsseldorf Tromsø Århus Łódź Győr Plzeň Škoda Çelik İzmir Ñuñoa Año Växjö Þór Höfn Größe Fuß Öl für où là dès né née été même sœur œuf août Ý Ñ õ ü ø æ ß ð Œ ž ÿ não pão così più però M² 30°C 20µm 3×4 Nº 2ª ½kg A•B §5 5‰'.split(
      ' ',
    ),
  ].filter((word) => /[^\u0000-\u007f]/u.test(word))

  it('control: the list has more than 150 foreign words', () => {
    expect(words.length).toBeGreaterThan(150)
  })

  it('foreign words stay unchanged, both alone and in pairs', () => {
    const texts = words.flatMap((word, at) => [
      sentence(word),
      sentence(`${word} ${words[(at * 7 + 3) % words.length] ?? ''}`),
    ])
    expect(texts.filter((text) => read(text) !== text)).toEqual([])
  })

  it.each([
    'Y Krông Niê, H’Hen Niê, Y Thịnh Mlô, buôn Ê Đê, xã Ea Kpam, huyện Cư M’gar',
    'Buôn Akŏ Dhông, Ea H’leo, Čư Êwi, Êa Tŭl, Mơnông, bŏh hră, čhiăm',
    'Cần Tày rụ̀ Nùng hâư pây háng, mì lai tua',
    'const x = a && b || c; if (x <= 3) { return "é" + y[0] }',
    'Liên hệ: vanthu@xa.example.vn – https://xa.example.vn/tin?id=1&lang=vi#đầu',
    'Пётр Чайковский, 北京市人民政府, ประเทศไทย',
  ])('foreign words stay unchanged in “%s”', (text) => {
    expect(read(text)).toBe(text)
  })
})
