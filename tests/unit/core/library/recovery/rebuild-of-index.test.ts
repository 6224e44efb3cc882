import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { Library } from '../../../../../src/core/library/library'
import { idOf } from '../../../../../src/core/library/store/identity'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const addressOf = (number: number): string => `https://phuong-ba-dinh.gov.vn/tin/${number}`
const idOfNumber = (number: number): string => idOf({ address: addressOf(number) })
const bulletin = (number: number, body = `Nội dung tin số ${number}.`): ReturnType<typeof additionOf> =>
  additionOf({ address: addressOf(number), title: `Tin số ${number}`, body })

/** The number of bulletins in a test library. A rebuild of the index writes them in several batches. */
const many = 260

async function fullLibrary(root: string): Promise<Library> {
  const library = await openTestLibrary(root)
  await library.batch(async () => {
    for (let number = 0; number < many; number++) await library.add(bulletin(number))
  })
  return library
}

async function answersOf(library: Library): Promise<unknown> {
  const listed = await library.list({}, 0, 500)
  const trashed = await library.list({ inTrash: true }, 0, 500)
  const found = await library.search({ query: 'tin', filter: {}, offset: 0, limit: 50 })
  return { listed, trashed, found, counts: await library.count(), groups: await library.groups() }
}

describe('a rebuild of the index', () => {
  it('lists and searches give the same answers during and after a rebuild', { timeout: 120_000 }, async () => {
    const library = await fullLibrary(await temporaryFolder())
    const before = await answersOf(library)
    const during: unknown[] = []
    const rebuilding = library.reindex({ onProgress: () => void during.push(answersOf(library)) })
    expect(await rebuilding).toBe(many)
    expect(during.length).toBeGreaterThan(2)
    for (const answer of await Promise.all(during)) expect(answer).toEqual(before)
    expect(await answersOf(library)).toEqual(before)
  })

  it('a rebuild of the index keeps every change that is made during the rebuild', { timeout: 120_000 }, async () => {
    const root = await temporaryFolder()
    const library = await fullLibrary(root)
    const changes: (() => Promise<unknown>)[] = [
      () => library.add(bulletin(1, 'Nội dung đã sửa khi đang dựng lại.')),
      () => library.trash([idOfNumber(2)]),
      () => library.add(bulletin(many)),
      () => library.mark([idOfNumber(3)], { starred: true, addTags: ['khẩn'] }),
      async () => {
        await library.trash([idOfNumber(4)])
        await library.emptyTrash([idOfNumber(4)])
      },
    ]
    const running: Promise<unknown>[] = []
    const run = (): void => {
      const next = changes.shift()
      if (next !== undefined) running.push(next())
    }
    await library.reindex({ onProgress: run })
    while (changes.length > 0) run()
    await Promise.all(running)
    const after = await answersOf(library)
    expect(await library.count()).toMatchObject({ all: many - 1, trash: 1, starred: 1 })
    expect((await library.revisions(idOfNumber(1))).map(({ cause }) => cause)).toEqual([
      'first-capture',
      'source-changed',
    ])
    await library.reindex({})
    expect(await answersOf(library)).toEqual(after)
    expect((await library.verify({})).damaged).toEqual([])
  })

  it(
    'other programs use the old index until a rebuild ends, and then use the new index',
    { timeout: 120_000 },
    async () => {
      const root = await temporaryFolder()
      const library = await fullLibrary(root)
      const reader = await openTestLibrary(root, { access: 'read' })
      const totals: Promise<number>[] = []
      const ask = (): void => void totals.push(reader.count().then(({ all }) => all))
      await library.reindex({ onProgress: ask })
      await library.add(bulletin(many))
      expect(new Set(await Promise.all(totals))).toEqual(new Set([many]))
      expect((await reader.count()).all).toBe(many + 1)
    },
  )

  it('a rebuild that is cancelled leaves the old index in use and no file behind', { timeout: 120_000 }, async () => {
    const root = await temporaryFolder()
    const library = await fullLibrary(root)
    const before = await answersOf(library)
    const controller = new AbortController()
    const cancel = (done: number): void => void (done > 0 && controller.abort())
    await expect(library.reindex({ signal: controller.signal, onProgress: cancel })).rejects.toThrow()
    expect(await answersOf(library)).toEqual(before)
    expect((await readdir(root)).filter((name) => name.includes('.new'))).toEqual([])
    expect(await library.reindex({})).toBe(many)
  })

  it('an unfinished index of a killed program is removed at the next start', async () => {
    const root = await temporaryFolder()
    await (await openTestLibrary(root)).close()
    await writeFile(join(root, 'index.sqlite.new'), 'dở dang')
    await openTestLibrary(root)
    expect((await readdir(root)).filter((name) => name.includes('.new'))).toEqual([])
  })

  it('a list is never empty after damage to the index, and is marked as incomplete', { timeout: 120_000 }, async () => {
    const root = await temporaryFolder()
    const library = await fullLibrary(root)
    const other = new DatabaseSync(join(root, 'index.sqlite'))
    other.exec('PRAGMA busy_timeout = 5000; DROP TABLE numbers; DROP TABLE tags')
    other.close()
    const answers: Promise<{ total: number; isPartial?: boolean }>[] = []
    const ask = (): void => void answers.push(library.list({}, 0, 10))
    await library.groups() // The call finds the damage and starts a rebuild.
    ask()
    const other2 = new DatabaseSync(join(root, 'index.sqlite'))
    other2.exec('PRAGMA busy_timeout = 5000; DROP TABLE tags')
    other2.close()
    const rebuilding = library.groups()
    for (let turn = 0; turn < 40; turn++) {
      ask()
      await new Promise((resolve) => setImmediate(resolve))
    }
    await rebuilding
    for (const { total, isPartial } of await Promise.all(answers)) {
      expect(total).toBeGreaterThan(0)
      if (total < many) expect(isPartial).toBe(true)
    }
    expect(await library.list({}, 0, 10)).not.toHaveProperty('isPartial')
  })
})
