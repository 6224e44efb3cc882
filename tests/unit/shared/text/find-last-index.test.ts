import { expect, it } from 'vitest'
import { findLastIndex } from '../../../../src/shared/text/find-last-index'

it.each<[number, number, number]>([
  [0, 0, -1],
  [5, 0, -1],
  [5, 1, 0],
  [5, 3, 2],
  [5, 5, 4],
])('of %i indexes, findLastIndex finds the last of the first %i', (length, count, expected) => {
  const asked: number[] = []
  const isTrue = (index: number): boolean => asked.push(index) > 0 && index < count
  expect(findLastIndex(length, isTrue)).toBe(expected)
  expect(asked.every((index) => index >= 0 && index < length)).toBe(true)
})
