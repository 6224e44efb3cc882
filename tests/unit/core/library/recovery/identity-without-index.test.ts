import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { Library } from '../../../../../src/core/library/library'
import { listBulletinFolders } from '../../../../../src/core/library/store/bulletin-folders'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const address = 'https://xa-nha-trang.gov.vn/thong-bao/12'
const version = (body: string, title = 'Thông báo lịch tiếp công dân'): ReturnType<typeof additionOf> =>
  additionOf({ address, title, body })

/** Returns the content of every file of every bulletin, also in the trash. The key is the path of the file. */
async function contentOf(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const folder of await listBulletinFolders(root))
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name)
        files.set(path, await readFile(path, 'base64'))
      }
  return files
}

/** Deletes all rows of the library's index. The index still counts as complete. */
function emptyIndex(root: string): void {
  const database = new DatabaseSync(join(root, 'index.sqlite'))
  database.exec('PRAGMA busy_timeout = 5000; DELETE FROM bulletins; UPDATE counts SET value = 0')
  database.close()
}

/** Creates a library with one bulletin of three revisions, deletes all rows of its index, and opens it again. */
async function withoutRows(): Promise<{ root: string; id: string; folder: string; library: Library }> {
  const root = await temporaryFolder()
  const first = await openTestLibrary(root)
  const { id, folder } = await first.add(version('Nội dung lần một.'))
  await first.add(version('Nội dung lần hai.'))
  await first.add(version('Nội dung lần ba.'))
  await first.close()
  emptyIndex(root)
  return { root, id, folder, library: await openTestLibrary(root) }
}

/** Lists the files that are written only once (revisions, captures, received files) and whose content has changed. */
function findChangedOnce(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...before].flatMap(([path, content]) =>
    /[\\/](?:revisions|captures|files)[\\/]/.test(path) && after.get(path) !== content ? [path] : [],
  )
}

describe('a library whose index has lost its rows', () => {
  it('a changed page is stored as the next revision, and older revisions and captures stay unchanged', async () => {
    const { root, id, library } = await withoutRows()
    const before = await contentOf(root)
    expect(await library.add(version('Nội dung lần bốn.'))).toMatchObject({ outcome: 'revised', id })
    expect(findChangedOnce(before, await contentOf(root))).toEqual([])
    expect((await library.revisions(id)).map(({ number }) => number)).toEqual([1, 2, 3, 4])
    expect((await library.verify({})).damaged).toEqual([])
    expect((await library.list({}, 0, 10)).total).toBe(1)
  })

  it('control: findChangedOnce reports a first revision that was overwritten', async () => {
    const { root, folder } = await withoutRows()
    const before = await contentOf(root)
    await cp(join(root, folder, 'revisions/0002.json'), join(root, folder, 'revisions/0001.json'))
    expect(findChangedOnce(before, await contentOf(root))).toHaveLength(1)
  })

  it('an import of a text that is already stored creates nothing', async () => {
    const { root, library } = await withoutRows()
    const before = await contentOf(root)
    expect((await library.add(version('Nội dung lần hai.'))).outcome).toBe('unchanged')
    expect(await contentOf(root)).toEqual(before)
  })

  it('every call with the id or the address of a bulletin finds the bulletin', async () => {
    const calls: [string, (library: Library, id: string) => Promise<unknown>][] = [
      ['get', (library, id) => library.get(id)],
      ['revisions', (library, id) => library.revisions(id)],
      ['diff', (library, id) => library.diff(id, 1, 3)],
      ['readStoredPage', (library, id) => library.readStoredPage(id)],
      ['readPageForRevision', (library, id) => library.readPageForRevision(id)],
      ['mark', (library, id) => library.mark([id], { starred: true })],
      ['keepMarks', (library, id) => library.keepMarks(id, { highlights: [], notes: [], remove: [] })],
      ['keepPosition', (library, id) => library.keepPosition(id, { block: 1, offset: 0 })],
      ['recordAvailability', (library, id) => library.recordAvailability(id, address, new Date())],
      ['trash', (library, id) => library.trash([id])],
      ['verify', (library, id) => library.verify({ onlyIds: [id] })],
    ]
    for (const [name, call] of calls) {
      const { id, library } = await withoutRows()
      const failure = await call(library, id).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      expect(failure, name).toBeNull()
      expect(await library.findByOrigin({ address }), name).toEqual({ id, isDeleted: false })
      await library.close()
    }
  })

  it('a bulletin in the trash stays there if a refresh finds it, and returns to the library if the user imports it', async () => {
    const root = await temporaryFolder()
    const first = await openTestLibrary(root)
    const { id } = await first.add(version('Nội dung lần một.'))
    await first.mark([id], { starred: true, addTags: ['hộ nghèo'] })
    await first.trash([id])
    await first.close()
    emptyIndex(root)
    const library = await openTestLibrary(root)
    // The page gets another date and another title, so that a new folder for it would have another name.
    const moved = version('Nội dung đã sửa.', 'Thông báo lịch tiếp công dân tháng chín')
    moved.text = { ...moved.text, published: { ...moved.text.published, value: '2021-03-01' } }
    expect(await library.addAutomatically(moved)).toMatchObject({ outcome: 'revised', id })
    expect(await listBulletinFolders(root)).toEqual([expect.stringMatching(/^trash\//)])
    emptyIndex(root)
    expect((await library.add(version('Nội dung lần ba.'))).outcome).toBe('added')
    expect(await listBulletinFolders(root)).toEqual([expect.stringMatching(/^bulletins\//)])
    expect((await library.get(id)).status).toMatchObject({ starred: true, tags: ['hộ nghèo'] })
    expect((await library.verify({})).damaged).toEqual([])
  })

  it('emptying the trash deletes the bulletin, and a later refresh does not add it again', async () => {
    const root = await temporaryFolder()
    const first = await openTestLibrary(root)
    const { id } = await first.add(version('Nội dung lần một.'))
    await first.trash([id])
    await first.close()
    emptyIndex(root)
    const library = await openTestLibrary(root)
    expect(await library.emptyTrash(null)).toEqual([id])
    expect(await library.addAutomatically(version('Nội dung lần hai.'))).toBeNull()
    expect(await listBulletinFolders(root)).toEqual([])
  })

  it('a bulletin whose folder the user has renamed is found if the index has its row', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(version('Nội dung lần một.'))
    await library.close()
    await rename(join(root, folder), join(root, dirname(folder), 'ban-cua-toi'))
    const next = await openTestLibrary(root)
    await next.reindex({})
    expect(await next.add(version('Nội dung lần hai.'))).toMatchObject({ outcome: 'revised', id })
    expect(await listBulletinFolders(root)).toHaveLength(1)
  })

  it('a bulletin leaves the trash even if its path is in use by another folder, and the other folder is set aside', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { folder } = await library.add(version('Nội dung lần một.'))
    await library.trash([(await library.list({}, 0, 1)).items[0]?.id ?? ''])
    await mkdir(join(root, folder), { recursive: true })
    await writeFile(join(root, folder, 'ghi-chu.txt'), 'tệp của người dùng')
    const [id = ''] = (await library.list({ inTrash: true }, 0, 1)).items.map((item) => item.id)
    await library.restore([id])
    const [aside = ''] = await readdir(join(root, 'damaged'))
    expect(await readFile(join(root, 'damaged', aside, 'ghi-chu.txt'), 'utf8')).toBe('tệp của người dùng')
    expect((await library.get(id)).bodyText).toBe('Nội dung lần một.')
    expect(await listBulletinFolders(root)).toEqual([folder])
  })
})

describe('the numbers of new revisions', () => {
  it('a new revision gets the next free number and overwrites no file', async () => {
    const [here, there] = [await temporaryFolder(), await temporaryFolder()]
    const other = await openTestLibrary(there, { now: new Date('2020-01-01T00:00:00Z') })
    await other.add(version('Bản cũ của máy kia.'))
    const { writeBackup } = await import('../../../../../src/core/library/backup/write-backup')
    const file = join(there, 'kho.bantin')
    await writeBackup(there, file, { program: 'test', now: new Date() })
    const library = await openTestLibrary(here)
    const { id } = await library.add(version('Bản của máy này.'))
    const signal = new AbortController().signal
    const run = { signal, withDeleted: false, onProgress: () => undefined, onStored: () => undefined }
    expect((await library.restoreBackup(file, run)).merged).toBe(1)
    const before = await contentOf(here)
    expect((await library.get(id)).currentRevision).toBe(1)
    expect(await library.add(version('Bản mới của máy này.'))).toMatchObject({ outcome: 'revised' })
    expect(findChangedOnce(before, await contentOf(here))).toEqual([])
    expect((await library.get(id)).currentRevision).toBe(3)
    expect((await library.verify({})).damaged).toEqual([])
  })
})
