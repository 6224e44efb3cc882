import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles } from '../../../../../src/core/library/store/commit'
import type { Library } from '../../../../../src/core/library/library'
import { openSettings } from '../../../../../src/core/settings/settings'
import { testPorts } from '../../../support/app'
import { additionOf, createLog, openTestLibrary, temporaryFolder } from '../../../support/library'

/**
 * Functions that change the bytes of a file in the same way as failing disks, incomplete copies and manual edits do.
 * The key is the name of the damage.
 */
const kinds: Record<string, (bytes: Buffer) => Buffer> = {
  empty: () => Buffer.alloc(0),
  truncated: (bytes) => bytes.subarray(0, Math.floor(bytes.byteLength / 2)),
  'all NULs': (bytes) => Buffer.alloc(bytes.byteLength),
  '[1]': () => Buffer.from('[1]'),
  null: () => Buffer.from('null'),
  'of another shape': () => Buffer.from('{"id":7,"format":7,"read":"yes"}'),
  garbled: (bytes) => bytes.map((byte, at) => (at > 0 && at % 7 === 0 ? byte ^ 0x55 : byte)) as Buffer,
}

const address = 'https://a.gov.vn/tin/1'
const old = additionOf({ address, title: 'Tin thứ nhất', body: 'Họp ngày 5 tại trụ sở.' })
const newer = additionOf({ address, title: 'Tin thứ nhất', body: 'Họp ngày 7 tại trụ sở.' })

/** Creates a library with a bulletin of two revisions, another bulletin, and a bulletin that was deleted for good. */
async function libraryWithHistory(
  root: string,
): Promise<{ id: string; folder: string; other: string; deleted: string }> {
  const library = await openTestLibrary(root)
  const { id, folder } = await library.add(old)
  await library.add(newer)
  await library.mark([id], { starred: true })
  const { id: other } = await library.add(additionOf({ title: 'Tin lành' }))
  const { id: deleted } = await library.add(additionOf({ title: 'Tin đã xóa' }))
  await library.trash([deleted])
  await library.emptyTrash(null)
  await library.close()
  return { id, folder, other, deleted }
}

async function damage(path: string, kind: string): Promise<Buffer> {
  const damaged = (kinds[kind] ?? ((bytes) => bytes))(await readFile(path))
  await writeFile(path, damaged)
  return damaged
}

/**
 * Whether a file in the folder, or in a folder below it, has these bytes. Shows that a damaged file was not deleted.
 */
async function holds(folder: string, bytes: Buffer): Promise<boolean> {
  const files = await listFiles(folder).catch(() => [])
  const contents = await Promise.all(files.map((path) => readFile(join(folder, path))))
  return contents.some((content) => content.equals(bytes))
}

/** Checks that a bulletin can be read, marked and revised. */
async function expectUsable(library: Library, id: string): Promise<void> {
  expect((await library.get(id)).title).toBe('Tin thứ nhất')
  expect((await library.revisions(id)).length).toBeGreaterThan(0)
  await library.mark([id], { read: true })
  expect((await library.add(additionOf({ address, title: 'Tin thứ nhất', body: 'Họp ngày 9.' }))).outcome).toBe(
    'revised',
  )
  expect(await library.get(id)).toMatchObject({ bodyText: 'Họp ngày 9.', status: { read: true } })
}

const documents: { what: string; find: (path: string) => boolean }[] = [
  { what: 'bulletin.json', find: (path) => path === 'bulletin.json' },
  { what: 'the current revision', find: (path) => path === 'revisions/0002.json' },
  { what: 'an old revision', find: (path) => path === 'revisions/0001.json' },
  { what: 'a capture', find: (path) => path.startsWith('captures/') },
  { what: 'status.json', find: (path) => path === 'status.json' },
  { what: 'the manifest', find: (path) => path === 'manifest-sha256.txt' },
]

describe.each(Object.keys(kinds))('a file whose content is damaged (%s)', (kind) => {
  it.each(documents)(
    '$what is reported and set aside, and every bulletin can be read and changed',
    async ({ find }) => {
      for (const isAfterCrash of [false, true]) {
        const root = await temporaryFolder()
        const { id, folder, other } = await libraryWithHistory(root)
        const path = (await listFiles(join(root, folder))).find(find) ?? ''
        const bytes = await damage(join(root, folder, path), kind)
        const reader = await openTestLibrary(root, { access: 'read' })
        expect((await reader.verify({})).damaged.map(({ file }) => file)).toContain(`${folder}/${path}`)
        expect((await reader.get(other)).title).toBe('Tin lành')
        // A library that is opened for reading sets nothing aside. It reads intact documents and reports damaged ones.
        if (path === 'status.json')
          expect(await reader.get(id)).toMatchObject({ title: 'Tin thứ nhất', status: { starred: false } })
        if (path === 'bulletin.json')
          await expect(reader.get(id)).rejects.toMatchObject({ code: 'bulletin-damaged', details: { id } })
        await reader.close()

        if (isAfterCrash) await writeFile(join(root, 'library.unsettled'), '')
        const library = await openTestLibrary(root)
        expect((await library.list({}, 0, 10)).items.map(({ title }) => title).sort()).toEqual([
          'Tin lành',
          'Tin thứ nhất',
        ])
        await expectUsable(library, id)
        expect((await library.get(id)).status.starred).toBe(path !== 'status.json')
        expect(await holds(join(root, 'damaged'), bytes)).toBe(true)
        const { damaged } = await library.verify({})
        expect(damaged.map(({ problem }) => problem)).toEqual(['set-aside'])
        await library.close()
      }
    },
  )

  it('a verification reports a damaged received file, and every bulletin can be read and changed', async () => {
    const root = await temporaryFolder()
    const { id, folder, other } = await libraryWithHistory(root)
    const [path = ''] = (await listFiles(join(root, folder))).filter((name) => name.startsWith('files/'))
    await damage(join(root, folder, path), kind)
    const library = await openTestLibrary(root)
    expect((await library.verify({})).damaged).toEqual([{ id, file: `${folder}/${path}`, problem: 'changed' }])
    expect((await library.get(other)).title).toBe('Tin lành')
    await expectUsable(library, id)
  })

  it('a damaged library.json is reported and set aside, and every bulletin can be read and changed', async () => {
    const root = await temporaryFolder()
    const { id } = await libraryWithHistory(root)
    const bytes = await damage(join(root, 'library.json'), kind)
    const reader = await openTestLibrary(root, { access: 'read' })
    expect((await reader.verify({})).damaged).toEqual([{ id: null, file: 'library.json', problem: 'unreadable' }])
    expect((await reader.count()).all).toBe(2)
    await reader.close()
    const library = await openTestLibrary(root)
    await expectUsable(library, id)
    expect(await holds(join(root, 'damaged'), bytes)).toBe(true)
    expect((await library.verify({})).damaged).toMatchObject([{ id: null, problem: 'set-aside' }])
  })

  it('the library check reports a damaged tombstone, and the tombstone is set aside when the user adds the deleted bulletin again', async () => {
    const root = await temporaryFolder()
    const { deleted } = await libraryWithHistory(root)
    const path = join(root, 'tombstones', `${deleted}.json`)
    const bytes = await damage(path, kind)
    await writeFile(join(root, 'library.unsettled'), '')
    const library = await openTestLibrary(root)
    expect((await library.verify({})).damaged).toEqual([
      { id: null, file: `tombstones/${deleted}.json`, problem: 'unreadable' },
    ])
    expect((await library.add(additionOf({ title: 'Tin đã xóa' }))).outcome).toBe('added')
    expect(await readdir(join(root, 'tombstones'))).toEqual([])
    expect(await holds(join(root, 'damaged'), bytes)).toBe(true)
  })

  it('a damaged index is built again, and the library gives the same answers as before', async () => {
    const root = await temporaryFolder()
    const { id } = await libraryWithHistory(root)
    const before = await openTestLibrary(root)
    const answers = async (library: Library): Promise<unknown> => [
      (await library.list({}, 0, 10)).items.sort((a, b) => (a.id < b.id ? -1 : 1)),
      await library.count(),
      (await library.search({ query: 'hop ngay', filter: {}, offset: 0, limit: 10 })).items,
    ]
    const expected = await answers(before)
    await before.close()
    await damage(join(root, 'index.sqlite'), kind)
    for (const access of ['read', 'write'] as const) {
      const library = await openTestLibrary(root, { access })
      expect(await answers(library)).toEqual(expected)
      expect((await library.get(id)).title).toBe('Tin thứ nhất')
      await library.close()
    }
  })

  it('a damaged settings.json leads to the default settings, and is set aside at the first change', async () => {
    const folder = await temporaryFolder()
    const config = join(folder, 'library', 'config')
    const log = createLog()
    const ports = testPorts(join(folder, 'library'), { log })
    await (await openSettings(ports)).change({ theme: 'night', textSize: 150 })
    const bytes = await damage(join(config, 'settings.json'), kind)
    const settings = await openSettings(ports)
    expect(settings.get().language).toBe('vi')
    await settings.change({ textSize: 200 })
    expect((await openSettings(ports)).get().textSize).toBe(200)
    // An object of another shape may come from a newer version. It is not damage, and its fields are kept.
    if (kind === 'of another shape')
      expect(JSON.parse(await readFile(join(config, 'settings.json'), 'utf8'))).toMatchObject({ format: 7 })
    else expect(await holds(config, bytes)).toBe(true)
    expect(log.warnings.length).toBe(kind === 'of another shape' ? 0 : 1)
  })
})

describe('missing folders of bulletins', () => {
  it.each(['nothing', 'a file'])(
    'the library check reports a missing bulletin folder if %s is in its place',
    async (left) => {
      const root = await temporaryFolder()
      const { id, folder } = await libraryWithHistory(root)
      const intact = await openTestLibrary(root, { access: 'read' })
      expect((await intact.verify({})).damaged).toEqual([])
      await intact.close()
      await rm(join(root, folder), { recursive: true })
      if (left === 'a file') await writeFile(join(root, folder), '')
      for (const access of ['read', 'write'] as const) {
        const library = await openTestLibrary(root, { access })
        expect((await library.verify({})).damaged, access).toEqual([{ id, file: folder, problem: 'missing' }])
        await library.close()
      }
    },
  )
})

describe('control of the damage tests', () => {
  it('control: the function holds finds no bytes of a damaged document that was deleted', async () => {
    const root = await temporaryFolder()
    const { folder } = await libraryWithHistory(root)
    const bytes = await damage(join(root, folder, 'bulletin.json'), 'truncated')
    await mkdir(join(root, 'damaged'))
    await writeFile(join(root, folder, 'bulletin.json'), '{}')
    expect(await holds(join(root, 'damaged'), bytes)).toBe(false)
    expect(await holds(join(root, folder), bytes)).toBe(false)
    const reader = await openTestLibrary(root, { access: 'read' })
    expect((await reader.verify({})).damaged.map(({ file }) => basename(file))).toContain('bulletin.json')
  })
})
