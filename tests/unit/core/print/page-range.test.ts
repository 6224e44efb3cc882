import { describe, expect, it } from 'vitest'
import { parsePageRange } from '../../../../src/core/print/page-range'

describe('parsePageRange', () => {
  it.each([
    ['', [0, 1, 2, 3, 4]],
    ['2', [1]],
    ['2-3', [1, 2]],
    ['-2', [0, 1]],
    ['4-', [3, 4]],
    ['1-2, 5, 1', [0, 1, 4]],
    ['3-99', [2, 3, 4]],
  ])('for a document of five pages, parsePageRange converts "%s" to the page indexes %j', (range, pages) => {
    expect(parsePageRange(range, 5)).toEqual(pages)
  })

  it.each(['9', '0', 'a', '1-2-3', ','])(
    'parsePageRange rejects "%s", which selects no page of a document with five pages',
    (range) => {
      expect(() => parsePageRange(range, 5)).toThrow(expect.objectContaining({ code: 'wrong-pages' }))
    },
  )
})
