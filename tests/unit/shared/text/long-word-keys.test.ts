import { describe, expect, it } from 'vitest'
import { getTextKeys, getWordKeys } from '../../../../src/shared/text/word-keys'

describe('getWordKeys', () => {
  it('getWordKeys returns the keys of the first 1,000 letters if a word is longer', () => {
    expect(getWordKeys('ế'.repeat(1_000_000))).toEqual({ folded: 'e'.repeat(1_000), exact: 'ế'.repeat(1_000) })
  })

  it('getWordKeys returns the whole keys of a word of 1,000 letters', () => {
    expect(getTextKeys(`Đá ${'A'.repeat(1_000)} hoà`)).toEqual({
      folded: `da ${'a'.repeat(1_000)} hoa `,
      exact: `đá ${'a'.repeat(1_000)} hòa `,
    })
  })
})
