import { describe, expect, it } from 'vitest'
import type { Library } from '../../../../../src/core/library/library'
import type { SearchResult } from '../../../../../src/shared/contract/api'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const find = (library: Library, query: string): Promise<SearchResult> =>
  library.search({ query, filter: {}, offset: 0, limit: 20 })

describe('a search for words as people type them', () => {
  const bodies: Readonly<Record<string, string>> = {
    skills: 'Lớp kĩ thuật trồng nấm mở ở nhà văn hóa, ai cũng có thể dự.',
    notice: 'Theo Công văn ngày 05/3/2024, bà con nhận 16.250 cây giống tại TP.HCM.',
    garden: 'Vườn rộng 450 m2, mỗi cây cho chừng ba yến quả.',
    health: 'Trạm y tế nhắc tiêm vaccine cho trẻ em trước mùa mưa.',
    meeting: 'Họp thôn ngày 7 tháng 5 bàn chuyện làm thủy lợi.',
  }
  const open = async (): Promise<Library> => {
    const library = await openTestLibrary(await temporaryFolder())
    for (const [title, body] of Object.entries(bodies)) await library.add(additionOf({ title, body }))
    return library
  }

  it.each([
    ['kỹ thuật', 'skills'],
    ['"kỹ thuật"', 'skills'],
    ['ky thuat', 'skills'],
    ['16250', 'notice'],
    ['16 250', 'notice'],
    ['5-3-2024', 'notice'],
    ['ngày 5 tháng 3 năm 2024', 'notice'],
    ['2024-03-05', 'notice'],
    ['TPHCM', 'notice'],
    ['thành phố hồ chí minh', 'notice'],
    ['450 mét vuông', 'garden'],
    ['450m²', 'garden'],
    ['vắc-xin', 'health'],
    ['vacxin', 'health'],
    ['ngày 7/5', 'meeting'],
    ['07/05', 'meeting'],
  ])('the query %s finds the bulletin "%s" in another writing', async (query, title) => {
    expect((await find(await open(), query)).items.map(({ title: found }) => found)).toEqual([title])
  })

  it.each([
    ['thuyr lowij', 'thủy lợi', 'meeting'],
    ['tra5m y te61', 'trạm y tế', 'health'],
    ['vuwown rong', 'vươn rong', 'garden'],
    ['thuy lio', 'thuy loi', 'meeting'],
    ['nahc tiem', 'nhac tiem', 'health'],
    ['xkqz', null, null],
    ['thuy lio -lux', 'thuy loi -lux', 'meeting'],
    ['"nahc tiem"', null, null],
    ['nguồn:nahc thuy', null, null],
    [`${'nahc '.repeat(50)}tiem`, null, null],
  ])('the query %s, which no bulletin contains, is understood as %s', async (query, understood, title) => {
    const result = await find(await open(), query)
    expect(result.understoodAs ?? null).toBe(understood)
    expect(result.items.map(({ title: found }) => found)).toEqual(title === null ? [] : [title])
  })

  it('a query that finds a bulletin is not understood in another way', async () => {
    const result = await find(await open(), 'thuy loi')
    expect(result.understoodAs).toBeUndefined()
  })
})
