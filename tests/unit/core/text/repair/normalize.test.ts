import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mergeRepairs, normalizeText } from '../../../../../src/core/text/repair/normalize'
import { shared, sharedIsAbsent } from '../../../support/shared-data'

const repaired = (text: string): string => normalizeText(text, 'body').text
const kinds = (text: string): string[] =>
  normalizeText(text, 'body').repairs.map(({ kind, count }) => `${kind} ${count}`)

describe('Eth for Đ', () => {
  it('Eth at the beginning of a Vietnamese word is repaired, and the repair is recorded', () => {
    expect(normalizeText('Ðẩy mạnh phát triển sản phẩm', 'caption')).toEqual({
      text: 'Đẩy mạnh phát triển sản phẩm',
      repairs: [
        { kind: 'eth', rule: 'eth-in-vietnamese-word', ruleVersion: 1, field: 'caption', count: 1, undone: false },
      ],
    })
  })

  it.each([
    ['Ðảng bộ và ðồng bào', 'Đảng bộ và đồng bào', 2],
    ['ÐẨY MẠNH', 'ĐẨY MẠNH', 1],
    ['Ðông', 'Đông', 1],
    ['Ðắk Lắk, Ðiện Biên, Ðà Nẵng', 'Đắk Lắk, Điện Biên, Đà Nẵng', 3],
    ['“Ðoàn kết” (ðể thắng lợi)', '“Đoàn kết” (để thắng lợi)', 2],
    ['HÐND tỉnh ban hành Nghị định số 08/2020/NÐ-CP', 'HĐND tỉnh ban hành Nghị định số 08/2020/NĐ-CP', 2],
    ['Ðẩy mạnh'.normalize('NFD'), 'Đẩy mạnh', 1],
    ['Ð\u200bẩy mạnh', 'Đẩy mạnh', 1],
  ])('the repair of Eth turns "%s" into "%s"', (text, expected, count) => {
    expect(repaired(text)).toBe(expected)
    expect(normalizeText(text, 'body').repairs.find(({ kind }) => kind === 'eth')?.count).toBe(count)
  })

  it.each([
    'Það er gott að búa á Íslandi, sagði Guðmundur.',
    'Ðat er ein maður við blað',
    'Hwæt! Ðu eart god, ðe us',
    'BORÐ OG STÓLAR',
    'Thủ tướng gặp Tổng thống Iceland Guðni Th. Jóhannesson',
    'Thủ tướng gặp bà Ðorbjörg tại Reykjavík',
  ])('Eth stays unchanged in "%s"', (text) => {
    expect(normalizeText(text, 'body')).toEqual({ text, repairs: [] })
  })
})

describe('composition (NFC)', () => {
  it('normalizeText joins letters with their marks, whatever the order of the marks, and counts the marks', () => {
    expect(repaired('Bắc Kạn'.normalize('NFD'))).toBe('Bắc Kạn')
    expect(repaired('vie\u0323\u0302c')).toBe('việc')
    expect(kinds('Bắc Kạn'.normalize('NFD'))).toEqual(['nfc 3'])
  })

  it('normalizeText counts one change if composition only replaces a character by an equal one', () => {
    expect(kinds('10 \u212b')).toEqual(['nfc 1'])
  })

  it('normalizeText never moves a tone mark, because hòa and hoà are both correct', () => {
    expect(normalizeText('hòa, hoà, ủy, uỷ', 'body').repairs).toEqual([])
  })
})

describe('invisible characters', () => {
  it.each([
    ['B\u200bắc\u200c \u2060Kạn\ufeff', 'Bắc Kạn', ['zero-width 4']],
    ['\u202eabc\u202c và \u2066x\u2069', 'abc và x', ['zero-width 4']],
    ['x\u0007y\u0001', 'xy', ['control 2']],
    ['giao\u00adthông', 'giao\u00adthông', []],
    ['mọi xã\u00adhội', 'mọi xãhội', ['soft-hyphen 1']],
  ])('removing invisible characters turns %j into %j', (text, expected, found) => {
    expect(repaired(text)).toBe(expected)
    expect(kinds(text)).toEqual(found)
  })

  it('the zero-width joiner is removed everywhere except in emoji', () => {
    expect(repaired('👨\u200d👩\u200d👧 và a\u200db')).toBe('👨\u200d👩\u200d👧 và ab')
  })

  it('the soft hyphen stays in TCVN3 text, where this character is the letter ư', () => {
    const tcvn3 = 'B¸o c¸o vÒ n\u00adíc s¹ch'
    expect(normalizeText(tcvn3, 'body')).toEqual({ text: tcvn3, repairs: [] })
    expect(repaired(`${tcvn3}, tỉnh Bắc Kạn`)).toContain('\u00ad')
  })

  it('no-break spaces, tabs and line ends stay unchanged', () => {
    expect(normalizeText('Bắc\u00a0Kạn\tvà\nNa Rì', 'body').repairs).toEqual([])
  })
})

it('normalizeText leaves a correct text unchanged and records no repair', () => {
  const text = 'Trong giai đoạn 2015-2020, “Bắc Kạn chung sức”; 5,3%/năm – hết./.'
  expect(normalizeText(text, 'title')).toEqual({ text, repairs: [] })
})

it('normalizeText finds no repair in a text that is already repaired', () => {
  const once = repaired('Ðẩy ma\u0323nh\u200b xã\u00adhội HÐND')
  expect(normalizeText(once, 'body').repairs).toEqual([])
})

it('mergeRepairs adds up the counts of all repairs by one rule in one field', () => {
  const of = (text: string, field: 'body' | 'title') => normalizeText(text, field).repairs
  const merged = mergeRepairs([...of('Ðẩy', 'body'), ...of('Ðảng, Ðoàn', 'body'), ...of('Ðẩy', 'title')])
  expect(merged.map(({ field, count }) => `${field} ${count}`)).toEqual(['body 3', 'title 1'])
})

it('normalizeText repairs every noisy UTF-8 vector of the shared data to its expected text', ({ skip }) => {
  const folder = shared('data/vietnamese/vectors')
  if (!existsSync(folder)) skip(sharedIsAbsent)
  const read = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8').replaceAll('\u00a0', ' ')
  const expected = read('expected_full.utf8.txt')
  for (const name of ['utf8_nfd', 'utf8_mixed_nfc_nfd', 'utf8_tohop_tone_combining', 'utf8_noise_shy_zw_nbsp'])
    expect(repaired(read(`${name}.bin`)), name).toBe(expected)
})

describe('look-alike letters of other alphabets', () => {
  it.each([
    ['Tổ \u0441h\u1ee9\u0441 hội nghị', 'Tổ chức hội nghị', ['look-alike 2']],
    ['\u0189ồng chí \u0256ến dự', 'Đồng chí đến dự', ['look-alike 2']],
    ['Hộ\u0131 nghị tr\u0131ển kha\u0131', 'Hội nghị triển khai', ['look-alike 3']],
    ['Bộ GD\u0415 và \u0422W', 'Bộ GDE và TW', ['look-alike 2']],
  ])('replacing look-alike letters turns “%s” into “%s”', (text, expected, found) => {
    expect(repaired(text)).toBe(expected)
    expect(kinds(text)).toEqual(found)
  })

  it.each([
    'Nhà soạn nhạc Чайковский và điệu вальс',
    'Góc α, β; hằng số π; 5 μm; Ωmega được đo',
    'Atatürk Halkı và Işık thăm Việt Nam',
    'Только русский текст, сор, рос, ток',
  ])('letters of other alphabets stay unchanged in “%s”', (text) => {
    expect(normalizeText(text, 'body')).toEqual({ text, repairs: [] })
  })
})

describe('tone marks that are separate from their letters', () => {
  it.each([
    ['Viê \u0323t Nam vẫn', 'Việt Nam vẫn'],
    ['thông ba \u0301o họp', 'thông báo họp'],
    ['thông ba´o của huyện', 'thông báo của huyện'],
    ['Viê\u00a0\u0323t', 'Việt'],
  ])('each separate tone mark joins its letter in “%s”', (text, expected) => {
    expect(repaired(text)).toBe(expected)
    expect(kinds(text)).toEqual(['nfc 1'])
  })

  it.each(['Dùng `git a` để ghi', 'Ông O´Neil đến dự', 'Coupe d´Azur và l´été ở đó', 'x \u0301 y'])(
    'separate signs stay unchanged in “%s”',
    (text) => {
      expect(normalizeText(text, 'body').text).toBe(text)
    },
  )
})
