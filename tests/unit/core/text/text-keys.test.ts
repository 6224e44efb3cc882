import { describe, expect, it } from 'vitest'
import { findLongTextKeys, findTextKeys, isLongText } from '../../../../src/core/text/text-keys'

describe('findLongTextKeys', () => {
  it.each<[string, string]>([
    ['sentences', 'Uỷ ban nhân dân ban hành Quyết định số 12/2020/QĐ-UBND. '.repeat(5_000)],
    ['one word', 'ế'.repeat(300_000)],
    ['lines', 'Đẩy\nmạnh\u00a0thu\thoạch\n\n'.repeat(20_000)],
    ['only spaces', ' '.repeat(200_000)],
  ])('findLongTextKeys finds in %s the same words as findTextKeys', async (_name, text) => {
    const fields = ['Tin', '', 'Ban biên tập', '', text]
    expect(isLongText(fields)).toBe(true)
    expect(await findLongTextKeys(fields)).toEqual(findTextKeys(fields))
  })
})
