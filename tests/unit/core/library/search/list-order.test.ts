import { describe, expect, it, onTestFinished } from 'vitest'
import type { Addition } from '../../../../../src/core/library/changes/addition'
import type { Library } from '../../../../../src/core/library/library'
import { assignRowid } from '../../../../../src/core/library/search/rowid'
import { createIndex } from '../../../../../src/core/library/search/create-index'
import { createDatabase } from '../../../../../src/core/library/search/tables'
import { parseQuery } from '../../../../../src/shared/search/search-query'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const onDay = (number: number, value: string): Addition => {
  const addition = additionOf({ title: `Tin số ${number}`, body: 'Họp tại trụ sở.' })
  return { ...addition, text: { ...addition.text, published: { ...addition.text.published, value } } }
}
const listed = async (library: Library, order: 'newest' | 'oldest'): Promise<string[]> =>
  (await library.list({}, 0, 100, order)).items.map(({ id }) => id)
const found = async (library: Library, order: 'newest' | 'oldest'): Promise<string[]> =>
  (await library.search({ query: 'hop', filter: {}, order, offset: 0, limit: 100 })).items.map(({ id }) => id)

describe('bulletins of one date', () => {
  it('bulletins of one date have the same order in a new index, and "oldest first" is the reverse of "newest first"', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    for (let number = 0; number < 12; number++)
      await library.add(onDay(number, number < 9 ? '2020-09-08' : '2020-09-09'))
    const newest = await listed(library, 'newest')
    expect(newest).toHaveLength(12)
    const check = async (when: string): Promise<void> => {
      expect(await listed(library, 'newest'), when).toEqual(newest)
      expect(await listed(library, 'oldest'), when).toEqual(newest.toReversed())
      expect(await found(library, 'newest'), when).toEqual(newest)
      expect(await found(library, 'oldest'), when).toEqual(newest.toReversed())
    }
    await check('at first')
    for (const id of newest.slice(3, 6)) await library.mark([id], { read: true })
    await library.trash([newest[7] ?? ''])
    await library.restore([newest[7] ?? ''])
    await check('after marking and the trash')
    await library.reindex({})
    await check('in a new index')
  })

  it('every bulletin of a list is on exactly one of its pages', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    for (let number = 0; number < 10; number++) await library.add(onDay(number, '2020-09-08'))
    const paged: string[] = []
    for (let offset = 0; offset < 10; offset += 3)
      paged.push(...(await library.list({}, offset, 3)).items.map(({ id }) => id))
    expect(paged).toEqual(await listed(library, 'newest'))
  })
})

describe('assignRowid', () => {
  const order = 1_600_000_000
  /** Assigns rowids to ids one after the other. Returns the ids, sorted by their rowids. */
  const placed = (ids: readonly string[]): string[] => {
    const rows = new Map<bigint, string>()
    for (const id of ids)
      rows.set(
        assignRowid({ id, order }, (rowid) => rows.get(rowid) ?? null),
        id,
      )
    return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, id]) => id)
  }

  it('assignRowid orders bulletins of the same second by their ids, in whatever order they are added', () => {
    const ids = ['0000aaaa', '7k3m9x2a', '7k3mzzzz', 'a1b2c3d4', 'zzzzzzzz']
    expect(placed(ids)).toEqual(ids)
    expect(placed(ids.toReversed())).toEqual(ids)
    expect(placed(['7k3mzzzz', 'zzzzzzzz', '7k3m9x2a', '0000aaaa', 'a1b2c3d4'])).toEqual(ids)
  })

  it('assignRowid gives the smallest and the largest ids rowids that belong to their second', () => {
    const second = BigInt(order) << 20n
    const rows = new Map<bigint, string>()
    for (const id of ['zzzz1', 'zzzz2', 'zzzz3', '00002', '00001', '00000']) {
      const rowid = assignRowid({ id, order }, (at) => rows.get(at) ?? null)
      expect(rowid >= second && rowid < second + (1n << 20n), id).toBe(true)
      expect(rows.has(rowid)).toBe(false)
      rows.set(rowid, id)
    }
  })
})

it('the index lists and searches in the order of dates without a sort in SQLite', async () => {
  const database = await createDatabase(`${await temporaryFolder()}/index.sqlite`, 'test')
  onTestFinished(() => database.close())
  const statements: string[] = []
  const index = createIndex(
    new Proxy(database, {
      get(target, name) {
        if (name === 'prepare') return (sql: string) => (statements.push(sql), target.prepare(sql))
        const value: unknown = Reflect.get(target, name)
        // The methods need the database as `this`.
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value
      },
    }),
  )
  for (const order of ['newest', 'oldest'] as const) {
    for (const filter of [{}, { unread: true }, { tag: 'họp' }, { since: '2020-01-01' }])
      index.list(filter, 0, 50, order)
    index.search(parseQuery('hop'), {}, { order, offset: 0, limit: 50 })
  }
  const plansOf = (sql: string): string =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...(sql.match(/\?/g) ?? []).map(() => (sql.includes('MATCH') ? '"hop"' : 1)))
      .map((row) => String(row['detail']))
      .join(' · ')
  const rows = statements.filter((sql) => /ORDER BY (?:bulletins\.)?rowid/.test(sql))
  expect(rows.length).toBeGreaterThan(5)
  for (const sql of rows) expect(plansOf(sql), sql).not.toContain('TEMP B-TREE')
  // Control: the query plan shows the sort of a list by title.
  expect(plansOf('SELECT id FROM bulletins ORDER BY title')).toContain('TEMP B-TREE')
})
