import { describe, expect, it } from 'vitest'
import { countWords, diffRows, collapseUnchanged } from '../../../../../src/renderer/src/lib/article/diff-rows'
import type { Change } from '../../../../../src/shared/bulletin'

const change = (kind: Change['kind'], text: string): Change => ({ kind, text })
const textOf = (parts: readonly Change[]): string => parts.map(({ text }) => text).join('')

describe('diffRows', () => {
  it('diffRows pairs paragraphs, and leaves one side empty beside an added or removed paragraph', () => {
    const rows = diffRows([
      change('same', 'Một.\n\nNgày '),
      change('removed', '5'),
      change('added', '7'),
      change('same', ' họp.\n\n'),
      change('removed', 'Chỉ có trước.\n\n'),
      change('same', 'Cuối.'),
      change('added', '\n\nChỉ có sau.'),
    ])
    expect(rows.map(({ before, after }) => [textOf(before), textOf(after)])).toEqual([
      ['Một.', 'Một.'],
      ['Ngày 5 họp.', 'Ngày 7 họp.'],
      ['Chỉ có trước.', ''],
      ['Cuối.', 'Cuối.'],
      ['', 'Chỉ có sau.'],
    ])
  })
})

describe('collapseUnchanged', () => {
  const words = (count: number): string => Array.from({ length: count }, (_, at) => `từ${at}`).join(' ')

  it('collapseUnchanged skips long unchanged parts and counts the skipped words', () => {
    const shown = collapseUnchanged([
      change('same', `${words(100)} `),
      change('added', 'mới'),
      change('same', ` ${words(200)}`),
    ])
    expect(shown.map((part) => (part.kind === 'skipped' ? part.count : part.kind))).toEqual([
      76,
      'same',
      'added',
      'same',
      175,
    ])
    expect(shown[1]).toEqual(change('same', ` ${words(100).split(' ').slice(-24).join(' ')} `))
  })
  it('collapseUnchanged shows short unchanged parts in full', () => {
    const changes = [change('same', words(60)), change('removed', 'bỏ'), change('same', words(40))]
    expect(collapseUnchanged(changes).some(({ kind }) => kind === 'skipped')).toBe(true)
    expect(collapseUnchanged(changes.slice(1))).toEqual(changes.slice(1))
  })
})

describe('countWords', () => {
  it('countWords counts the words of one kind of change, and does not count punctuation', () => {
    expect(countWords([change('added', ' 12.840 tỷ, '), change('added', '…'), change('removed', 'x')], 'added')).toBe(2)
  })
})
