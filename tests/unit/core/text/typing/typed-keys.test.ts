import { describe, expect, it } from 'vitest'
import { readTypedKeys } from '../../../../../src/core/text/typing/typed-keys'

describe('readTypedKeys', () => {
  it.each([
    ['truwowngf', 'trường'],
    ['truong72', 'trường'],
    ['nghieepj', 'nghiệp'],
    ['nghie65p', 'nghiệp'],
    ['ddoongf', 'đồng'],
    ['d9o62ng', 'đồng'],
    ['quaanf', 'quần'],
    ['quys', 'quý'],
    ['gias', 'giá'],
    ['khuyeens', 'khuyến'],
    ['Hoof', 'hồ'],
  ])('readTypedKeys reads the keys %s as "%s"', (keys, word) => {
    expect(readTypedKeys(keys)).toBe(word)
  })

  it.each(['duong', 'internet', 'www', 'covid19', '2020', 'xyz1', 'đường', 'a', 'nghiêng5'])(
    'readTypedKeys finds no Vietnamese syllable with a mark in the keys %s',
    (keys) => {
      expect(readTypedKeys(keys)).toBeNull()
    },
  )
})
