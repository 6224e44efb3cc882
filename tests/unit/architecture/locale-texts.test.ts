import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../src/shared/errors'
import english from '../../../src/shared/locales/en.json'
import vietnamese from '../../../src/shared/locales/vi.json'
import { namedSentences, oldTonePlacement } from './locale-texts'
import { sourcesBelow } from './sources'

describe('the locale files', () => {
  it('the locale files have the same keys, and each sentence has the same names in braces in all files', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(vietnamese).sort())
    const namesOf = (sentence: string): string => [...new Set(sentence.match(/\{\w+\}/g))].sort().join()
    const different = Object.entries(vietnamese).filter(
      ([key, sentence]) => namesOf(sentence) !== namesOf((english as Record<string, string>)[key] ?? ''),
    )
    expect(different.map(([key]) => key)).toEqual([])
  })
  it('the locale files contain a sentence for every error code', () =>
    expect(errorCodes.filter((code) => !(`error.${code}` in vietnamese))).toEqual([]))
  it('the locale files contain every key that the source files use', () => {
    const named = namedSentences(sourcesBelow('src', /\.(?:ts|vue)$/))
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter(({ key }) => !(key in vietnamese))).toEqual([])
  })

  it('the locale files place tone marks in the traditional way, as in "hòa, ủy, xóa"', () =>
    expect(oldTonePlacement(vietnamese)).toEqual([]))
  it.each(['Xoá', 'huỷ bỏ', 'hoà bình', 'khoẻ', 'Tuỳ chọn'])(
    'control: the check finds the old placement of the tone in “%s”',
    (word) => expect(oldTonePlacement({ key: `Một ${word} nữa` })).toHaveLength(1),
  )
  it.each(['xóa', 'quý vị', 'quỳ', 'thoát', 'hoàn tất', 'truyền hình', 'toán'])(
    'the check allows the text “%s” in the locale files',
    (word) => expect(oldTonePlacement({ key: word })).toEqual([]),
  )

  it('the locale files write a percentage without a space, as Vietnamese texts usually do', () =>
    expect(Object.entries(vietnamese).filter(([, sentence]) => /[\d}]\s%/.test(sentence))).toEqual([]))
})
