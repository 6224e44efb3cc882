import { describe, expect, it } from 'vitest'
import type { Library } from '../../../../../src/core/library/library'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

async function filled(): Promise<Library> {
  const library = await openTestLibrary(await temporaryFolder())
  for (const [title, body] of [
    ['Một quyết định', 'Theo Quyết định số 0123/QĐ - UBND ngày 8/9/2020.'],
    ['Một công văn', 'Theo số 123/UBND-KGVX và 30/2020/NĐ-CP.'],
    ['Một con số', 'Có 123 hộ, 1.123 người; QĐ và UBND.'],
  ] as const)
    await library.add(additionOf({ title, body }))
  return library
}
const titles = async (library: Library, query: string): Promise<string[]> => {
  const { items } = await library.search({ query, filter: {}, offset: 0, limit: 20 })
  return items.map(({ title }) => title).sort()
}

describe('a search by document number', () => {
  it.each<[string, string[]]>([
    ['số:123/QĐ-UBND', ['Một quyết định']],
    ['so:123/qd-ubnd', ['Một quyết định']],
    ['so:"123 / QĐ - UBND"', ['Một quyết định']],
    ['so:123', ['Một công văn', 'Một quyết định']],
    ['so:30/2020', ['Một công văn']],
    ['so:NĐ-CP', ['Một công văn']],
    ['so:NQ-CP', []],
    ['so:QĐ-UBND', ['Một quyết định']],
    ['so:123 quyết định', ['Một quyết định']],
    ['so:12', []],
    ['so:123/%', ['Một công văn', 'Một quyết định']],
    ['so:_/QĐ-UBND', ['Một quyết định']],
  ])('the query %s finds the expected bulletins', async (query, expected) =>
    expect(await titles(await filled(), query)).toEqual(expected),
  )

  it('the snippet highlights the number, and the filter by document number finds the same bulletin', async () => {
    const library = await filled()
    const { items } = await library.search({ query: 'số:123/QĐ-UBND', filter: {}, offset: 0, limit: 20 })
    expect(items[0]?.snippet.filter(({ isMatch }) => isMatch)).toEqual([{ text: '0123/QĐ - UBND', isMatch: true }])
    const { items: filtered } = await library.list({ number: '123/QĐ-UBND' }, 0, 20)
    expect(filtered.map(({ title }) => title)).toEqual(['Một quyết định'])
  })

  it('when a revised text no longer contains the number of a document, a search by this number no longer finds the bulletin', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const address = 'https://a.gov.vn/1'
    await library.add(additionOf({ address, title: 'Tin', body: 'Theo số 5/QĐ-UBND về việc tiếp công dân.' }))
    await library.add(additionOf({ address, title: 'Tin', body: 'Theo số 6/QĐ-UBND về việc tiếp công dân.' }))
    expect(await titles(library, 'so:5/QĐ-UBND')).toEqual([])
    expect(await titles(library, 'so:6/QĐ-UBND')).toEqual(['Tin'])
  })
})
