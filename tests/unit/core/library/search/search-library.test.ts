import { open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { extractBulletin } from '../../../../../src/core/extract/extract'
import type { Addition } from '../../../../../src/core/library/changes/addition'
import type { Library } from '../../../../../src/core/library/library'
import { isShare } from '../../../../../src/core/library/search/index-location'
import type { Input } from '../../../../../src/shared/contract/api'
import { additionOf, createLog, openTestLibrary, temporaryFolder } from '../../../support/library'

const sample = join(import.meta.dirname, '..', '..', '..', '..', '..', 'resources', 'sample', 'bulletin-2020-09-08.txt')
const seed = async (): Promise<Addition> => {
  const bytes = await readFile(sample)
  const { text, address, source, charset, extractor } = extractBulletin({ bytes, name: 'seed.txt' })
  return { bytes, name: 'seed.txt', text, address, source, charset: charset.name, extractor }
}
const find = (library: Library, query: string, given: Partial<Input<'searchBulletins'>> = {}) =>
  library.search({ query, filter: {}, offset: 0, limit: 20, ...given })
const marked = async (library: Library, query: string): Promise<string[]> => {
  const { items } = await find(library, query)
  return items.flatMap(({ snippet }) => snippet.filter(({ isMatch }) => isMatch).map(({ text }) => text))
}
const titles = async (
  library: Library,
  query: string,
  given: Partial<Input<'searchBulletins'>> = {},
): Promise<string[]> => (await find(library, query, given)).items.map(({ title }) => title)
const dated = (title: string, value: string, body = 'Nội dung./.'): Addition => {
  const addition = additionOf({ title, body })
  return {
    ...addition,
    text: { ...addition.text, published: { value, precision: 'day', asWritten: null, from: 'text' } },
  }
}

describe('a search for words of the sample bulletin', () => {
  it.each<[string, string]>([
    ['bac kan', 'Bắc Kạn'],
    ['day manh', 'đẩy mạnh'],
    ['đẩy mạnh', 'đẩy mạnh'],
    ['ĐẨY MẠNH', 'đẩy mạnh'],
    ['đẩy mạnh'.normalize('NFD'), 'đẩy mạnh'],
    ['UBND', 'UBND'],
    ['uy ban nhan dan', 'UBND'],
    ['Uỷ ban nhân dân', 'UBND'],
    ['12.840', '12.840'],
    ['"thi đua ái quốc"', 'thi đua ái quốc'],
  ])('the query %s finds the sample bulletin and highlights “%s”', async (query, word) => {
    const library = await openTestLibrary(await temporaryFolder())
    await library.add(await seed())
    await library.add(additionOf({ title: 'Chuyện khác', body: 'Không liên quan gì.' }))
    const { total } = await find(library, query)
    expect(total).toBe(1)
    const words = (await marked(library, query)).map((text) => text.toLowerCase())
    expect(
      words.some((text) => text.includes(word.toLowerCase()) || word.toLowerCase().includes(text)),
      words.join('|'),
    ).toBe(true)
  })
})

describe('a search for different spellings of a word', () => {
  it('the old and the new tone placement count as the same spelling', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    await library.add(additionOf({ title: 'Thanh Hóa', body: 'Tỉnh Thanh Hóa hòa bình.' }))
    await library.add(additionOf({ title: 'Thanh Hoá', body: 'Tỉnh Thanh Hoá hoà bình.' }))
    for (const query of ['thanh hoá', 'thanh hóa', 'thanh hoa', 'Hoà Bình', 'hòa bình'])
      expect(await titles(library, query), query).toHaveLength(2)
    expect(await marked(library, 'thanh hoá')).toEqual(expect.arrayContaining(['Thanh Hóa', 'Thanh Hoá']))
  })

  it('hits with the typed diacritics come before hits with other diacritics', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    await library.add(dated('Bắc Cạn xưa', '2026-01-03'))
    await library.add(dated('Bác Can đi chợ', '2026-01-02'))
    await library.add(dated('Chuyện ở Bắc Cạn', '2026-01-01'))
    expect(await titles(library, 'bắc cạn')).toEqual(['Bắc Cạn xưa', 'Chuyện ở Bắc Cạn', 'Bác Can đi chợ'])
    expect(await titles(library, 'bac can')).toEqual(['Bắc Cạn xưa', 'Bác Can đi chợ', 'Chuyện ở Bắc Cạn'])
  })

  it('a query without diacritics finds every spelling, and the first hits have the most frequent spelling', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    await library.add(dated('Đàn bò', '2026-01-09', 'Con bò.'))
    for (const day of ['01', '02', '03']) await library.add(dated(`Bộ đội ${day}`, `2026-01-${day}`, 'Bộ binh.'))
    const { spellings } = await find(library, 'bo', { order: 'best' })
    expect(spellings.map((spelling) => spelling.toLowerCase())).toEqual(['bộ', 'bò'])
    expect((await titles(library, 'bo', { order: 'best' })).at(-1)).toBe('Đàn bò')
    expect((await find(library, 'bộ')).spellings).toEqual([])
  })

  it('the highlighted words are spelled as in the text, even with the letter Eth, in NFD or in capitals', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    await library.add(additionOf({ title: 'Một', body: 'Ðẩy mạnh thi đua.' }))
    await library.add(additionOf({ title: 'Hai', body: 'ĐẨY MẠNH thi đua.'.normalize('NFD') }))
    expect((await marked(library, 'day manh')).sort()).toEqual(['Ðẩy mạnh', 'ĐẨY MẠNH'.normalize('NFD')].sort())
  })
})

describe('the syntax of a query', () => {
  const open = async (): Promise<Library> => {
    const library = await openTestLibrary(await temporaryFolder())
    const bắcKạn = { id: null, name: 'Cổng Bắc Kạn', host: 'backan.gov.vn' }
    await library.add({ ...dated('Lũ quét ở Ba Bể', '2020-09-08', 'Mưa lũ lớn.'), source: bắcKạn })
    await library.add(dated('Mưa to ở Chợ Đồn', '2021-05-01', 'Mưa to, không có lũ.'))
    const { id } = await library.add(dated('Nắng nóng', '2021-06-30', 'Trời nắng.'))
    await library.mark([id], { addTags: ['thời tiết'], folder: 'Họp' })
    return library
  }
  it.each<[string, string[]]>([
    ['mưa lũ', ['Mưa to ở Chợ Đồn', 'Lũ quét ở Ba Bể']],
    ['"mưa lũ"', ['Lũ quét ở Ba Bể']],
    ['mưa -quét', ['Mưa to ở Chợ Đồn']],
    ['-mưa', ['Nắng nóng']],
    ['nguồn:"Cổng Bắc Kạn"', ['Lũ quét ở Ba Bể']],
    ['nguon:backan.gov.vn mưa', ['Lũ quét ở Ba Bể']],
    ['từ:2021 mưa', ['Mưa to ở Chợ Đồn']],
    ['tu:01/06/2021', ['Nắng nóng']],
    ['đến:2020 mưa', ['Lũ quét ở Ba Bể']],
    ['từ:5/2021 đến:5/2021', ['Mưa to ở Chợ Đồn']],
    ['nhãn:"thời tiết"', ['Nắng nóng']],
    ['nhan:không-có', []],
    ['không thấy đâu cả', []],
  ])('the query %s finds the expected bulletins', async (query, expected) =>
    expect(await titles(await open(), query)).toEqual(expected),
  )

  it('the last word of a query is a prefix only while the user types', async () => {
    const library = await open()
    expect(await titles(library, 'nắ', { isTyping: true })).toEqual(['Nắng nóng'])
    expect(await titles(library, 'nan', { isTyping: true })).toEqual(['Nắng nóng'])
    expect(await titles(library, 'nắ')).toEqual([])
  })

  it('a query can be combined with a filter', async () => {
    const library = await open()
    expect(await titles(library, 'mưa', { filter: { until: '2020-12-31' } })).toEqual(['Lũ quét ở Ba Bể'])
    expect((await library.list({ folder: 'Họp' }, 0, 9)).total).toBe(1)
    expect(await library.groups()).toMatchObject({
      sources: [{ name: 'Cổng Bắc Kạn', count: 1, ids: [null] }],
      tags: [{ name: 'thời tiết', count: 1 }],
      folders: [{ name: 'Họp', count: 1 }],
    })
  })

  it('a search finds a bulletin in the trash only if the filter asks for the trash', async () => {
    const library = await open()
    const [hit] = (await find(library, 'nắng')).items
    await library.trash([hit?.id ?? ''])
    expect(await titles(library, 'nắng')).toEqual([])
    expect(await titles(library, 'nắng', { filter: { inTrash: true } })).toEqual(['Nắng nóng'])
  })

  it.each([
    ...[
      '',
      ' ',
      '"',
      '""',
      '"không đóng',
      '́̀',
      '*',
      '^',
      ':',
      'a OR',
      'NEAR(',
      'NEAR(a b, 2)',
      'AND',
      'NOT',
      '(',
      ')',
      'title:x',
      '-',
    ],
    ...[
      '-"',
      '--',
      '🙂',
      'a🙂b',
      '\u0000\u0001',
      'từ:',
      'từ:99/99/9999',
      "' OR 1=1 --",
      '{a b}: c',
      'a+b',
      '\ud800',
      '%',
      '_',
    ],
    'mưa '.repeat(2500),
    'x'.repeat(10_000),
  ])('the query %j gets an answer and never an error', async (query) => {
    const library = await open()
    for (const order of ['newest', 'best'] as const)
      for (const isTyping of [true, false])
        expect((await find(library, query, { order, isTyping })).total).toBeGreaterThanOrEqual(0)
  })
})

describe('pages of hits', () => {
  it('the pages of a search contain each hit once, and hits with the typed spelling come first', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    for (let day = 10; day < 30; day++)
      await library.add(dated(`Tin ${day}`, `2026-01-${day}`, day % 3 === 0 ? 'mưa' : 'mua'))
    for (const order of ['newest', 'best'] as const) {
      const whole = await titles(library, 'mưa', { order, limit: 100 })
      const parts: string[] = []
      for (let offset = 0; offset < 25; offset += 3)
        parts.push(...(await titles(library, 'mưa', { order, offset, limit: 3 })))
      expect(parts).toEqual(whole)
      expect(whole).toHaveLength(20)
      expect(whole.slice(0, 6).every((title) => Number(title.slice(4)) % 3 === 0)).toBe(true)
    }
  })
})

describe('the index of a library', () => {
  const damages: [string, (path: string) => Promise<void>][] = [
    ['deleted', (path) => rm(path, { force: true })],
    ['empty', (path) => truncate(path, 0)],
    ['cut in half', async (path) => truncate(path, Math.floor((await readFile(path)).byteLength / 2))],
    ['not a database', (path) => writeFile(path, 'x'.repeat(50_000))],
    [
      'overwritten in the middle',
      async (path) => {
        const handle = await open(path, 'r+')
        const { size } = await handle.stat()
        await handle.write(Buffer.alloc(Math.floor(size * 0.8), 0xff), 0, null, Math.floor(size * 0.15))
        await handle.close()
      },
    ],
    ['of an older version', (path) => change(path, "UPDATE about SET version = 'index/0'")],
    ['of another library', (path) => change(path, "UPDATE about SET library = 'x'")],
    [
      'filled halfway',
      (path) =>
        change(
          path,
          `UPDATE about SET complete = 0;
           ${['bulletins', 'folded', 'exact'].map((table) => `DELETE FROM ${table} WHERE rowid % 2 = 0;`).join('')}
           UPDATE counts SET value = (SELECT count(*) FROM bulletins) WHERE name IN ('all', 'unread')`,
        ),
    ],
    ['without one of its tables', (path) => change(path, 'DROP TABLE IF EXISTS folded')],
  ]
  it.each(damages)(
    'an index that is %s is replaced, and all programs get the same answers as before',
    async (_name, damage) => {
      const root = await temporaryFolder()
      const library = await openTestLibrary(root)
      for (let at = 0; at < 30; at++)
        await library.add(dated(`Tin ${at}`, '2026-01-01', `Mưa lớn ở thôn ${at}. `.repeat(40)))
      const before = JSON.stringify(await answersOf(library))
      await library.close()
      for (const access of ['read', 'write'] as const) {
        await damage(join(root, 'index.sqlite'))
        const reopened = await openTestLibrary(root, { access })
        expect(JSON.stringify(await answersOf(reopened)), access).toBe(before)
        await reopened.close()
      }
    },
  )

  it('an index that is damaged in any page is replaced, and gives the same answers', { timeout: 120_000 }, async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    for (let at = 0; at < 12; at++)
      await library.add(dated(`Tin ${at}`, '2026-01-01', `Mưa lớn ở thôn ${at}, xã ${at * 7}. `.repeat(10)))
    const before = JSON.stringify(await answersOf(library))
    await library.close()
    const path = join(root, 'index.sqlite')
    const whole = await readFile(path)
    const pageSize = whole.readUInt16BE(16)
    let seen = 0
    for (let from = 0; from < whole.byteLength; from += pageSize) {
      const damaged = Buffer.from(whole)
      damaged.fill(0xff, from, from + pageSize)
      await writeFile(path, damaged)
      const log = createLog()
      const reopened = await openTestLibrary(root, { log })
      expect(JSON.stringify(await answersOf(reopened)), `page ${from / pageSize}`).toBe(before)
      if (log.warnings.length > 0) seen += 1
      await reopened.close()
    }
    // Control: most pages are read, and the damage of each of these is reported.
    expect(seen).toBeGreaterThan(5)
  })

  it('the index of a read-only library is stored in the cache folder and updated at each start', async () => {
    const root = await temporaryFolder()
    const cache = `${root}-indexes`
    const library = await openTestLibrary(root)
    for (let at = 0; at < 5; at++) await library.add(dated(`Tin ${at}`, '2026-01-01', 'Mưa lớn.'))
    await library.close()
    const readWithout = async (): Promise<unknown> => {
      await rm(join(root, 'index.sqlite'), { force: true })
      const reader = await openTestLibrary(root, { access: 'read', cache })
      const answers = await answersOf(reader)
      await reader.close()
      return answers
    }
    const first = await readWithout()
    expect(await readdir(cache)).toHaveLength(1)
    const writer = await openTestLibrary(root)
    const { id } = await writer.add(dated('Tin mới', '2026-01-02', 'Mưa lớn nữa.'))
    await writer.trash([id])
    await writer.add(dated('Tin mới hơn', '2026-01-03', 'Mưa lớn mãi.'))
    const now = await answersOf(writer)
    await writer.close()
    expect(await readWithout()).toEqual(now)
    expect(now).not.toEqual(first)
  })

  it('the index of a library on a network drive is stored in the cache folder and updated at each start', async () => {
    const root = await temporaryFolder()
    const [here, there] = [`${root}-indexes/here`, `${root}-indexes/there`]
    for (const [at, cache] of [here, there, here].entries()) {
      const library = await openTestLibrary(root, { onNetwork: true, cache })
      await library.add(dated(`Tin ${at}`, '2026-01-01', 'Mưa lớn.'))
      expect((await library.list({}, 0, 9)).total).toBe(at + 1)
      expect((await find(library, 'mua lon')).total).toBe(at + 1)
      await library.close()
    }
    expect(await readdir(root)).not.toContain('index.sqlite')
  })

  it.each([
    ['\\\\may-chu\\kho', true],
    ['\\\\?\\UNC\\may-chu\\kho', true],
    ['//may-chu/kho', true],
    ['C:\\Users\\a', false],
    ['\\\\?\\C:\\Users', false],
    ['\\\\.\\pipe\\x', false],
    ['/kho', false],
  ])('for the Windows path %s, isShare returns whether the path is on a network share: %s', (path, expected) => {
    expect(isShare(path)).toBe(expected)
  })

  it('a rebuild of the index can be cancelled and started again', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    for (let at = 0; at < 5; at++) await library.add(additionOf({ title: `Tin ${at}` }))
    await expect(library.reindex({ signal: AbortSignal.abort() })).rejects.toThrow()
    expect(await library.reindex({})).toBe(5)
    expect((await library.count()).all).toBe(5)
  })

  it('a rebuild of the index that the user starts reports its progress', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    for (let at = 0; at < 5; at++) await library.add(additionOf({ title: `Tin ${at}` }))
    const seen: number[] = []
    expect(await library.reindex({ onProgress: (done) => seen.push(done) })).toBe(5)
    expect(seen.at(-1)).toBe(5)
    expect((await library.count()).all).toBe(5)
  })
})

/** Returns the answers of a search, a list and the counts. */
async function answersOf(library: Library): Promise<unknown> {
  return [await find(library, 'mua lon', { limit: 100 }), await library.list({}, 0, 100), await library.count()]
}

/** Changes an index file with SQL, as another program could do. */
function change(path: string, sql: string): Promise<void> {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
  return Promise.resolve()
}
