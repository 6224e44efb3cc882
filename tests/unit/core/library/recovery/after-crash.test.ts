import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles } from '../../../../../src/core/library/store/commit'
import { listBulletinFolders } from '../../../../../src/core/library/store/bulletin-folders'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

describe('the recovery of a library after a crash', () => {
  async function crashed(root: string): Promise<void> {
    const holder = { pid: 2 ** 22 - 1, processStarted: null, since: '', program: 'old', socket: null, token: 'x' }
    await writeFile(
      join(root, 'library.lock'),
      JSON.stringify({ ...holder, host: (await import('node:os')).hostname() }),
    )
  }

  it('the recovery deletes an empty bulletin folder', async () => {
    const root = await temporaryFolder()
    await (await openTestLibrary(root)).close()
    await mkdir(join(root, 'bulletins/2020/09/2020-09-08-do-dang-00000000/files'), { recursive: true })
    await crashed(root)
    expect((await (await openTestLibrary(root)).count()).all).toBe(0)
    expect(await listBulletinFolders(root)).toEqual([])
  })

  it('the recovery sets a bulletin without a manifest aside, rebuilds it, and deletes no file', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    await library.close()
    await rm(join(root, folder, 'manifest-sha256.txt'))
    await crashed(root)
    const reopened = await openTestLibrary(root)
    expect(await reopened.get(id)).toMatchObject({ title: 'Bắc Kạn đẩy mạnh thi đua', revision: { cause: 'rebuilt' } })
    expect((await reopened.verify({})).damaged.map(({ problem }) => problem)).toEqual(['set-aside'])
  })

  it('the recovery rebuilds a bulletin whose manifest lost its last lines, and deletes no file', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    await library.close()
    const path = join(root, folder, 'manifest-sha256.txt')
    const [first = ''] = (await readFile(path, 'utf8')).split('\n')
    await writeFile(path, `${first}\n`)
    await crashed(root)
    const reopened = await openTestLibrary(root)
    expect((await reopened.get(id)).title).toBe('Bắc Kạn đẩy mạnh thi đua')
    const { damaged } = await reopened.verify({})
    expect(damaged.map(({ problem }) => problem)).toEqual(['set-aside'])
    expect(await listFiles(join(root, damaged[0]?.file ?? ''))).toContain('revisions/0001.json')
  })

  it("the recovery keeps files of other programs in a bulletin's folder, and repairs an empty index.html", async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { folder } = await library.add(additionOf())
    await library.close()
    const page = await readFile(join(root, folder, 'index.html'), 'utf8')
    await writeFile(join(root, folder, 'ghi-chu.txt'), 'của tôi')
    await writeFile(join(root, folder, 'index.html'), '')
    await crashed(root)
    await openTestLibrary(root)
    expect(await readFile(join(root, folder, 'ghi-chu.txt'), 'utf8')).toBe('của tôi')
    expect(await readFile(join(root, folder, 'index.html'), 'utf8')).toBe(page)
  })

  it('the recovery finishes a change whose new manifest is complete', async () => {
    const root = await temporaryFolder()
    const address = 'https://backan.gov.vn/1'
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf({ address }))
    const path = join(root, folder)
    const [oldBulletin, oldManifest] = await Promise.all(
      ['bulletin.json', 'manifest-sha256.txt'].map((name) => readFile(join(path, name))),
    )
    await library.add(additionOf({ address, body: 'Nội dung đã sửa./.' }))
    await library.close()
    await rename(join(path, 'bulletin.json'), join(path, 'bulletin.json.next'))
    await rename(join(path, 'manifest-sha256.txt'), join(path, 'manifest-sha256.next'))
    await writeFile(join(path, 'bulletin.json'), oldBulletin ?? '')
    await writeFile(join(path, 'manifest-sha256.txt'), oldManifest ?? '')
    await crashed(root)
    const reopened = await openTestLibrary(root)
    expect((await reopened.get(id)).bodyText).toBe('Nội dung đã sửa./.')
    expect((await reopened.verify({})).damaged).toEqual([])
  })

  it('the recovery undoes a change whose new manifest was not written', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    await library.close()
    await writeFile(join(root, folder, 'files', `${'0'.repeat(32)}.txt`), 'half')
    await writeFile(join(root, folder, 'bulletin.json.next'), '{"half"')
    await crashed(root)
    const reopened = await openTestLibrary(root)
    expect((await reopened.get(id)).bodyText).toBe('Nội dung./.')
    expect((await reopened.verify({})).damaged).toEqual([])
  })
})
