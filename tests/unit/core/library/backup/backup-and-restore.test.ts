import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readArchive } from '../../../../../src/core/library/backup/read-archive'
import { saveBackup } from '../../../../../src/core/library/backup/save-backup'
import { type Backup, writeBackup } from '../../../../../src/core/library/backup/write-backup'
import { listFiles } from '../../../../../src/core/library/store/commit'
import type { Library } from '../../../../../src/core/library/library'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const run = { signal: new AbortController().signal, onProgress: () => undefined }
const now = new Date('2026-11-24T03:15:00Z')
const backup = async (root: string): Promise<string> => {
  const file = join(await temporaryFolder(), 'kho.tar.gz')
  await writeBackup(root, file, { ...run, program: 'test', now })
  return file
}
const restore = (library: Library, file: string, withDeleted = false) =>
  library.restoreBackup(file, { ...run, withDeleted, onStored: () => undefined })
const none = { added: 0, merged: 0, unchanged: 0, skipped: 0, failed: [], isWhole: true }
const titles = async (library: Library): Promise<string[]> =>
  (await library.list({}, 0, 100)).items.map(({ title }) => title).sort()

describe('the backup of a library', () => {
  it('a backup restores the same bulletins into an empty library, byte for byte and with the trash', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id } = await library.add(additionOf({ title: 'Tin một' }))
    await library.add(additionOf({ title: 'Tin hai', address: 'https://a.gov.vn/2' }))
    const trashed = await library.add(additionOf({ title: 'Tin ba' }))
    await library.mark([id], { starred: true, addTags: ['họp'] })
    await library.trash([trashed.id])
    const file = await backup(root)

    const target = await temporaryFolder()
    const restored = await openTestLibrary(target)
    expect(await restore(restored, file)).toEqual({ ...none, bulletins: 3, added: 3 })
    expect(await titles(restored)).toEqual(['Tin hai', 'Tin một'])
    expect((await restored.list({ inTrash: true }, 0, 9)).total).toBe(1)
    expect((await restored.get(id)).status).toMatchObject({ starred: true, tags: ['họp'] })
    expect((await restored.verify({})).damaged).toEqual([])
    const bulletins = (await listFiles(root)).filter((path) => /^(bulletins|trash)\//.test(path))
    for (const path of bulletins) expect(await readFile(join(target, path))).toEqual(await readFile(join(root, path)))
    expect(await restore(restored, file)).toEqual({ ...none, bulletins: 3, unchanged: 3 })
  })

  it('a backup replaces an existing file, but never a folder, and is never written into its own library', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    await library.add(additionOf({ title: 'Tin một' }))
    const before = await listFiles(root)
    const folder = await temporaryFolder()
    const save = (file: string): Promise<Backup> => saveBackup(root, file, { ...run, program: 'test', now })
    for (const file of [join(root, 'kho.tar.gz'), join(root, 'log', 'kho.tar.gz'), folder])
      await expect(save(file), file).rejects.toMatchObject({ code: 'folder-not-writable', details: { path: file } })
    await expect(save(join(folder, 'x'.repeat(300)))).rejects.toMatchObject({ code: 'name-too-long' })
    expect(await listFiles(root)).toEqual(before)
    expect(await readdir(folder)).toEqual([])
    const beside = `${root}.tar.gz`
    onTestFinished(() => rm(beside, { force: true }))
    expect(await save(beside)).toMatchObject({ file: beside, bulletins: 1 })
  })

  it('a restore adds the bulletins that the library lacks, and merges a bulletin that the library already has', async () => {
    const address = 'https://a.gov.vn/1'
    const title = 'Thông báo lịch tiếp công dân'
    const body = (day: number): string => `Tiếp dân ngày ${day} tại trụ sở Ủy ban.`
    const root = await temporaryFolder()
    const old = await openTestLibrary(root, { now: new Date('2026-11-01T00:00:00Z') })
    const { id } = await old.add(additionOf({ title, address, body: body(5) }))
    await old.add(additionOf({ title, address, body: body(7) }))
    await old.add(additionOf({ title: 'Chỉ có trong bản sao lưu' }))
    await old.mark([id], { starred: true, addTags: ['họp'] })
    const file = await backup(root)

    const library = await openTestLibrary(await temporaryFolder())
    await library.add(additionOf({ title, address, body: body(9) }))
    await library.add(additionOf({ title: 'Chỉ có ở đây' }))
    await library.mark([id], { read: true, addTags: ['tuần này'] })
    expect(await restore(library, file)).toEqual({ ...none, bulletins: 2, added: 1, merged: 1 })
    expect(await titles(library)).toEqual(['Chỉ có trong bản sao lưu', 'Chỉ có ở đây', title])
    const merged = await library.get(id)
    // The newest revision stays current, and the two older revisions are stored too.
    expect(merged.bodyText).toBe(body(9))
    expect(merged.status).toMatchObject({ read: true, starred: true, tags: ['tuần này', 'họp'] })
    expect(merged.captures).toHaveLength(3)
    expect((await library.revisions(id)).map(({ number, capturedAt }) => [number, capturedAt.slice(0, 10)])).toEqual([
      [1, '2026-11-24'],
      [2, '2026-11-01'],
      [3, '2026-11-01'],
    ])
    expect((await library.verify({})).damaged).toEqual([])
    expect(await restore(library, file)).toEqual({ ...none, bulletins: 2, unchanged: 2 })
  })

  it('a restore makes the revision of the backup current if it is newer than the revision of the library', async () => {
    const address = 'https://a.gov.vn/1'
    const root = await temporaryFolder()
    const newer = await openTestLibrary(root)
    const { id } = await newer.add(additionOf({ address, body: 'Bản mới hơn.' }))
    const file = await backup(root)
    const library = await openTestLibrary(await temporaryFolder(), { now: new Date('2026-01-01T00:00:00Z') })
    await library.add(additionOf({ address, body: 'Bản cũ hơn.' }))
    await restore(library, file)
    expect((await library.get(id)).bodyText).toBe('Bản mới hơn.')
  })

  it('a restore leaves out bulletins that were deleted for good, unless the user asks for them', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id } = await library.add(additionOf())
    const file = await backup(root)
    await library.trash([id])
    await library.emptyTrash(null)
    expect(await restore(library, file)).toEqual({ ...none, bulletins: 1, skipped: 1 })
    expect((await library.count()).all).toBe(0)
    expect(await restore(library, file, true)).toEqual({ ...none, bulletins: 1, added: 1 })
    expect((await library.count()).all).toBe(1)
    expect(await restore(library, file)).toEqual({ ...none, bulletins: 1, unchanged: 1 })
  })

  it('a backup lists the damaged bulletins of the library and contains their files unchanged', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { folder } = await library.add(additionOf({ title: 'Hỏng' }))
    await library.add(additionOf({ title: 'Lành' }))
    await writeFile(join(root, folder, 'revisions/0001.json'), '{}')
    const file = join(await temporaryFolder(), 'kho.tar.gz')
    const written = await writeBackup(root, file, { ...run, program: 'test', now })
    expect(written).toEqual({ file, bulletins: 2, damaged: [folder] })
    const restored = await openTestLibrary(await temporaryFolder())
    expect(await restore(restored, file)).toMatchObject({
      added: 1,
      failed: [{ path: folder, code: 'bulletin-damaged' }],
      isWhole: true,
    })
    expect(await titles(restored)).toEqual(['Lành'])
  })

  it('a backup that the user cancels leaves no file behind', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    await library.add(additionOf())
    const folder = await temporaryFolder()
    const options = { program: 'test', now, signal: AbortSignal.abort() }
    await expect(writeBackup(root, join(folder, 'a'), options)).rejects.toMatchObject({ code: 'cancelled' })
    expect(await listFiles(folder)).toEqual([])
  })
})

describe('the restore of a damaged or hostile backup', () => {
  it('a backup that is cut off is reported as incomplete, and the bulletins before the cut are restored', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    for (let at = 0; at < 6; at++)
      await library.add(additionOf({ title: `Tin số ${at}`, body: `Nội dung ${at}. `.repeat(200) }))
    const bytes = await readFile(await backup(root))
    const counts: number[] = []
    for (const share of [0.2, 0.4, 0.6, 0.8, 0.98]) {
      const file = join(await temporaryFolder(), 'cut.tar.gz')
      await writeFile(file, bytes.subarray(0, Math.floor(bytes.byteLength * share)))
      const target = await openTestLibrary(await temporaryFolder())
      const result = await restore(target, file)
      expect(result.isWhole).toBe(false)
      expect((await target.verify({})).damaged).toEqual([])
      expect((await target.count()).all).toBe(result.added)
      counts.push(result.added)
    }
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(counts.at(-1)).toBeGreaterThan(counts[0] ?? 0)
  })

  it('a backup with one changed byte is reported as incomplete, without its changed bulletin', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    await library.add(additionOf({ body: 'NGUYÊN BẢN' }))
    const file = await backup(root)
    const tar = gunzipSync(await readFile(file))
    const at = tar.indexOf('NGUYÊN BẢN')
    expect(at).toBeGreaterThan(0)
    tar.write('X', at)
    await writeFile(file, gzipSync(tar))
    const target = await openTestLibrary(await temporaryFolder())
    expect(await restore(target, file)).toMatchObject({
      added: 0,
      isWhole: false,
      failed: [{ code: 'bulletin-damaged' }],
    })
    expect((await target.count()).all).toBe(0)
  })

  it.each([
    '../ra-ngoai.txt',
    '/etc/ra-ngoai.txt',
    'bulletins/2020/09/a/../../../../ra-ngoai.txt',
    'bulletins\\2020\\x',
    'log/con.txt',
    'log/.an',
    'log/a:b',
    `log/${'a'.repeat(400)}`,
  ])('a restore rejects a backup that contains a file named %s', async (name) => {
    const archive = pack()
    archive.entry({ name: 'bantin-backup.json' }, '{}')
    archive.entry({ name }, 'x')
    archive.finalize()
    const parts: Buffer[] = []
    for await (const part of archive) parts.push(part as Buffer)
    const folder = await temporaryFolder()
    const file = join(folder, 'hostile.tar.gz')
    await writeFile(file, gzipSync(Buffer.concat(parts)))
    const root = join(folder, 'library')
    const library = await openTestLibrary(root)
    expect(await restore(library, file)).toMatchObject({ isWhole: false, added: 0 })
    await library.close()
    expect((await listFiles(folder)).filter((path) => path.includes('ra-ngoai') || path.includes('con.txt'))).toEqual(
      [],
    )
  })

  it.each([
    ['a backup of a higher major version', 'bantin-backup/2.0', 'bantin-library/1.0', 'bantin-backup/2.0'],
    [
      'a backup of a library of a higher major version',
      'bantin-backup/1.0',
      'bantin-library/2.1',
      'bantin-library/2.1',
    ],
    ['control: a backup of higher minor versions', 'bantin-backup/1.7', 'bantin-library/1.9', null],
  ])(
    'a restore refuses a backup of a newer major version, and accepts a newer minor version: %s',
    async (_name, backupFormat, libraryFormat, refused) => {
      const source = await temporaryFolder()
      const library = await openTestLibrary(source)
      await library.add(additionOf({ title: 'Tin một' }))
      const archive = pack()
      for await (const { path, bytes } of readArchive(await backup(source))) {
        const formats: Record<string, string> = { 'bantin-backup.json': backupFormat, 'library.json': libraryFormat }
        const format = formats[path]
        archive.entry({ name: path }, format === undefined ? bytes : JSON.stringify({ format, more: [1] }))
      }
      archive.finalize()
      const parts: Buffer[] = []
      for await (const part of archive) parts.push(part as Buffer)
      const file = join(await temporaryFolder(), 'kho-moi.tar.gz')
      await writeFile(file, gzipSync(Buffer.concat(parts)))

      const target = await temporaryFolder()
      const restored = await openTestLibrary(target)
      const before = await listFiles(target)
      const outcome = await restore(restored, file).catch((thrown: unknown) => thrown)
      if (refused === null) expect(outcome).toMatchObject({ bulletins: 1, added: 1 })
      else {
        expect(outcome).toMatchObject({
          code: 'backup-newer',
          details: { name: 'kho-moi.tar.gz', format: refused },
        })
        expect(await listFiles(target)).toEqual(before)
      }
      expect((await restored.count()).all).toBe(refused === null ? 1 : 0)
    },
  )

  it.each<[string, Buffer, string]>([
    ['a file that is not an archive', Buffer.from('Thông báo'), 'not-a-backup'],
    ['an empty file', Buffer.alloc(0), 'not-a-backup'],
    ['an archive of something else', gzipSync(Buffer.alloc(10_240)), 'ok'],
  ])('a restore of %s restores nothing', async (_name, bytes, code) => {
    const file = join(await temporaryFolder(), 'x.tar.gz')
    await writeFile(file, bytes)
    const library = await openTestLibrary(await temporaryFolder())
    if (code === 'ok') expect(await restore(library, file)).toMatchObject({ bulletins: 0, isWhole: false })
    else await expect(restore(library, file)).rejects.toMatchObject({ code })
  })

  it('a restore from a file that does not exist fails with the code unreadable', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    await expect(restore(library, '/nowhere/kho.tar.gz')).rejects.toMatchObject({ code: 'unreadable' })
  })

  it('control: the archive of a changed library has other entries than the archive before the change', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    await library.add(additionOf())
    const file = await backup(root)
    const read = async (): Promise<string[]> => {
      const found: string[] = []
      for await (const { path, bytes } of readArchive(file)) found.push(`${path} ${bytes.byteLength}`)
      return found
    }
    const before = await read()
    await rm(join(root, 'README.txt'))
    await writeBackup(root, file, { ...run, program: 'test', now })
    expect(await read()).not.toEqual(before)
  })
})
