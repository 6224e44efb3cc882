import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Library } from '../../../../../src/core/library/library'
import { listBulletinFolders } from '../../../../../src/core/library/store/bulletin-folders'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const address = (number: number): string => `https://a.gov.vn/${number}`
const bulletin = (number: number, body = `Nội dung tin số ${number}.`): ReturnType<typeof additionOf> =>
  additionOf({ address: address(number), title: `Tin số ${number}`, body })

/** Returns the answers of a list, the counts and a search. */
async function answers(library: Library): Promise<unknown> {
  const { total, items } = await library.list({}, 0, 1000)
  const found = await library.search({ query: 'nội dung', filter: {}, offset: 0, limit: 200 })
  const byId = <T extends { id: string }>(rows: T[]): T[] => rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  return { total, count: await library.count(), items: byId(items), found: found.total }
}

/** The number of bulletins in a large library. A library of this size opens before its recovery ends. */
const many = 510

async function manyBulletins(root: string): Promise<Library> {
  const library = await openTestLibrary(root)
  await library.batch(async () => {
    for (let number = 0; number < many; number++) await library.add(bulletin(number))
  })
  return library
}

/** Closes the library and leaves the marker of a crash, so that the next writer recovers the library. */
async function crash(root: string, library: Library): Promise<void> {
  await library.close()
  await writeFile(join(root, 'library.unsettled'), '')
}

/**
 * Turns a stored change back into a change that a crash interrupted after its new manifest was complete. `before` is a
 * copy of the folder before the change.
 */
async function cutOff(root: string, folder: string, before: string): Promise<void> {
  const path = join(root, folder)
  await rename(join(path, 'manifest-sha256.txt'), join(path, 'manifest-sha256.next'))
  await rename(join(path, 'bulletin.json'), join(path, 'bulletin.json.next'))
  for (const name of ['manifest-sha256.txt', 'bulletin.json']) await cp(join(before, name), join(path, name))
}

describe('an index that is older than the documents of the library', () => {
  it('an index that is older than the documents is updated when the library is opened after a crash', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    for (let number = 0; number < 5; number++) await library.add(bulletin(number))
    const expected = await answers(library)
    await crash(root, library)
    // Makes the index differ from the documents: in the index, one bulletin is in the trash.
    await rm(join(root, 'index.sqlite'))
    const older = await openTestLibrary(root)
    await older.trash([(await older.list({}, 0, 1)).items[0]?.id ?? ''])
    const [inTrash] = (await listBulletinFolders(root)).filter((folder) => folder.startsWith('trash/'))
    await crash(root, older)
    await mkdir(join(root, 'bulletins/2020/09'), { recursive: true })
    await rename(join(root, inTrash ?? ''), join(root, (inTrash ?? '').replace('trash/', 'bulletins/')))
    const reopened = await openTestLibrary(root)
    expect(await answers(reopened)).toEqual(expected)
  })
})

describe('a large library after a crash', () => {
  it(
    'a large library opens before its recovery, accepts changes, and is recovered later',
    { timeout: 60_000 },
    async () => {
      const root = await temporaryFolder()
      const library = await manyBulletins(root)
      const changed = (await library.list({}, 0, 1000)).items.find(({ title }) => title === 'Tin số 7')?.id ?? ''
      const [folder = ''] = (await listBulletinFolders(root)).filter((path) => path.endsWith(changed.slice(0, 8)))
      const before = join(await temporaryFolder(), 'before')
      await cp(join(root, folder), before, { recursive: true })
      await library.add(bulletin(7, 'Nội dung đã sửa của tin số 7.'))
      const expected = await answers(library)
      await crash(root, library)
      await cutOff(root, folder, before)
      // Simulates an import that a crash interrupted at its beginning, and a missing index.
      await mkdir(join(root, 'bulletins/2020/09/dang-do-00000000/files'), { recursive: true })
      await rm(join(root, 'index.sqlite'))

      const reopened = await openTestLibrary(root, { recovery: 'later' })
      expect(reopened.needsRecovery()).toBe(true)
      const seen: number[] = []
      const recovering = reopened.recover({ onProgress: (done) => seen.push(done) })
      // The addition waits until the recovery has ended.
      expect((await reopened.add(bulletin(many))).outcome).toBe('added')
      expect(reopened.needsRecovery()).toBe(false)
      await recovering
      expect(seen.length).toBeGreaterThan(5)
      expect(await reopened.get(changed)).toMatchObject({ bodyText: 'Nội dung đã sửa của tin số 7.' })
      expect((await reopened.verify({})).damaged).toEqual([])
      expect(await readdir(join(root, 'bulletins/2020/09'))).not.toContain('dang-do-00000000')
      const [own] = (await reopened.list({}, 0, 1000)).items.filter(({ title }) => title === `Tin số ${many}`)
      await reopened.trash([own?.id ?? ''])
      await reopened.emptyTrash(null)
      expect(await answers(reopened)).toEqual(expected)
      await reopened.close()
      expect(await readdir(root)).not.toContain('library.unsettled')
    },
  )

  it('an interrupted change is finished before the same bulletin is changed again', { timeout: 60_000 }, async () => {
    const root = await temporaryFolder()
    const library = await manyBulletins(root)
    const { items } = await library.list({}, 0, 1000)
    const id = items.find(({ title }) => title === 'Tin số 3')?.id ?? ''
    const [folder = ''] = (await listBulletinFolders(root)).filter((path) => path.endsWith(id.slice(0, 8)))
    const before = join(await temporaryFolder(), 'before')
    await cp(join(root, folder), before, { recursive: true })
    await library.add(bulletin(3, 'Nội dung lần hai của tin số 3.'))
    await crash(root, library)
    await cutOff(root, folder, before)
    const reopened = await openTestLibrary(root, { recovery: 'later' })
    await reopened.mark([id], { starred: true })
    expect(reopened.needsRecovery()).toBe(true)
    expect((await reopened.get(id)).revision.number).toBe(2)
    await reopened.add(bulletin(3, 'Nội dung lần ba của tin số 3.'))
    expect((await reopened.revisions(id)).map(({ number, cause }) => [number, cause])).toEqual([
      [1, 'first-capture'],
      [2, 'source-changed'],
      [3, 'source-changed'],
    ])
    await reopened.recover()
    expect((await reopened.verify({})).damaged).toEqual([])
  })

  it('a library is recovered at the next start if the user cancelled the recovery', { timeout: 60_000 }, async () => {
    const root = await temporaryFolder()
    const library = await manyBulletins(root)
    const expected = await answers(library)
    await crash(root, library)
    await rm(join(root, 'index.sqlite'))
    const reopened = await openTestLibrary(root, { recovery: 'later' })
    const controller = new AbortController()
    await expect(
      reopened.recover({ signal: controller.signal, onProgress: (done) => void (done > 100 && controller.abort()) }),
    ).rejects.toThrow()
    await reopened.close()
    expect(await readFile(join(root, 'library.unsettled'), 'utf8')).toBeDefined()
    const again = await openTestLibrary(root)
    expect(again.needsRecovery()).toBe(false)
    expect(await answers(again)).toEqual(expected)
  })
})
