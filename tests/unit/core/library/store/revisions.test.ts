import { describe, expect, it } from 'vitest'
import { diffTexts } from '../../../../../src/core/library/store/text-diff'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const text = (title: string, bodyText: string) => ({ ...additionOf().text, title, bodyText })

describe('the word diff of two texts', () => {
  it.each<[string, string, string, [string, string][]]>([
    ['finds no change', 'Giữ nguyên.', 'Giữ nguyên.', [['same', 'T\n\nGiữ nguyên.']]],
    [
      'treats a number with dots as one word',
      'thu 12.840 tỷ đồng',
      'thu 12.850 tỷ đồng',
      [
        ['same', 'T\n\nthu '],
        ['removed', '12.840'],
        ['added', '12.850'],
        ['same', ' tỷ đồng'],
      ],
    ],
    [
      'keeps letters and their combining marks together',
      'xã Bằng Lũng'.normalize('NFD'),
      'xã Bằng Vân'.normalize('NFD'),
      [
        ['same', 'T\n\nxã Bằng '.normalize('NFD')],
        ['removed', 'Lũng'.normalize('NFD')],
        ['added', 'Vân'.normalize('NFD')],
      ],
    ],
    [
      'finds an added paragraph',
      'Một.',
      'Một.\n\nHai.',
      [
        ['same', 'T\n\nMột.'],
        ['added', '\n\nHai.'],
      ],
    ],
  ])('diffTexts %s', (_name, from, to, expected) => {
    expect(diffTexts(text('T', from), text('T', to)).map(({ kind, text: part }) => [kind, part])).toEqual(expected)
  })

  it('diffTexts returns the whole old text and the whole new text if they have no word in common', () => {
    const words = (word: string): string => Array.from({ length: 20_000 }, (_, at) => `${word}${at}`).join(' ')
    const changes = diffTexts(text('Trước', words('a')), text('Sau', words('b')))
    const joined = (left: string): string =>
      changes
        .filter(({ kind }) => kind !== left)
        .map((change) => change.text)
        .join('')
    expect(joined('removed')).toBe(`Sau\n\n${words('b')}`)
    expect(joined('added')).toBe(`Trước\n\n${words('a')}`)
  })
})

describe('the revisions of a bulletin', () => {
  it('the revisions of a bulletin are listed oldest first, and any two of them can be compared', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const address = 'https://a.gov.vn/tin/1'
    const title = 'Thông báo lịch tiếp công dân'
    const { id } = await library.add(additionOf({ address, title, body: 'Tiếp dân ngày 5 tại trụ sở.' }))
    await library.add(additionOf({ address, title, body: 'Tiếp dân ngày 7 tại trụ sở.' }))
    await library.add(additionOf({ address, title, body: 'Tiếp dân ngày 9 tại trụ sở.' }))
    expect(await library.revisions(id)).toMatchObject([
      { number: 1, cause: 'first-capture', extractor: { name: 'page-dump', version: 1 } },
      { number: 2, cause: 'source-changed' },
      { number: 3, cause: 'source-changed' },
    ])
    const removed = async (from?: number, to?: number): Promise<[number, number, string | undefined]> => {
      const diff = await library.diff(id, from, to)
      return [diff.from, diff.to, diff.changes.find(({ kind }) => kind === 'removed')?.text]
    }
    expect(await removed()).toEqual([2, 3, '7'])
    expect(await removed(1)).toEqual([1, 3, '5'])
    expect(await removed(1, 2)).toEqual([1, 2, '5'])
    expect(await removed(1, 1)).toEqual([1, 1, undefined])
    await expect(library.diff(id, 1, 9)).rejects.toMatchObject({ code: 'revision-not-found', details: { number: 9 } })
    await expect(library.revisions('0123456789abcdef')).rejects.toMatchObject({ code: 'bulletin-not-found' })
  })
})
