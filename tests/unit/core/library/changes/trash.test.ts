import { mkdir, readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { takeLock } from '../../../../../src/core/library/lock/lock'
import { readTombstone } from '../../../../../src/core/library/changes/tombstones'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const tombstonesOf = (root: string): Promise<string[]> => readdir(join(root, 'tombstones')).catch(() => [])

describe('the trash', () => {
  it('a bulletin in the trash is hidden from the lists, keeps its files and status, and can be restored', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    await library.mark([id], { starred: true, addTags: ['họp'], folder: 'Phòng Nội vụ' })
    expect(await library.trash([id])).toEqual([id])
    expect(await library.list({}, 0, 10)).toEqual({ total: 0, items: [] })
    expect(await library.count()).toEqual({ all: 0, unread: 0, starred: 0, started: 0, trash: 1 })
    expect((await library.list({ inTrash: true }, 0, 10)).items.map((item) => item.id)).toEqual([id])
    expect((await library.get(id)).status).toMatchObject({ starred: true, tags: ['họp'], folder: 'Phòng Nội vụ' })
    expect(await library.trash([id])).toEqual([])
    expect(await library.restore([id, id])).toEqual([id])
    expect((await library.list({}, 0, 10)).items.map((item) => item.id)).toEqual([id])
    expect(await readdir(join(root, dirname(folder)))).toHaveLength(1)
    expect(await library.verify({})).toEqual({ checked: 1, damaged: [] })
  })

  it('no bulletin is moved to the trash if one of several ids is unknown', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const { id } = await library.add(additionOf())
    await expect(library.trash([id, '0123456789abcdef'])).rejects.toMatchObject({ code: 'bulletin-not-found' })
    expect((await library.count()).all).toBe(1)
  })

  it('a verification also checks the bulletins in the trash', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    await library.trash([id])
    await rename(join(root, folder.replace('bulletins', 'trash'), 'revisions/0001.json'), join(root, 'gone.json'))
    expect((await library.verify({})).damaged).toMatchObject([{ problem: 'missing' }])
  })

  it('emptying the trash deletes its bulletins for good and leaves a tombstone for each of them', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const stays = await library.add(additionOf({ title: 'Giữ lại' }))
    const deleted = await library.add(additionOf({ title: 'Bỏ đi', address: 'https://a.gov.vn/tin/1' }))
    await library.trash([deleted.id])
    expect(await library.emptyTrash(null)).toEqual([deleted.id])
    expect((await library.list({ inTrash: true }, 0, 10)).total).toBe(0)
    await expect(library.get(deleted.id)).rejects.toMatchObject({ code: 'bulletin-not-found' })
    expect(await readTombstone(root, deleted.id)).toMatchObject({
      id: deleted.id,
      addresses: ['https://a.gov.vn/tin/1'],
      reason: 'emptied-trash',
      at: '2026-11-24T03:15:00.000Z',
    })
    expect((await library.get(stays.id)).title).toBe('Giữ lại')
    expect(await library.emptyTrash(null)).toEqual([])
  })

  it('emptying the trash does not delete a bulletin outside the trash, even if its id is given', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const { id } = await library.add(additionOf())
    expect(await library.emptyTrash([id])).toEqual([])
    expect((await library.count()).all).toBe(1)
  })

  it('an imported bulletin is taken out of the trash, or is stored again after it was deleted for good', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id } = await library.add(additionOf())
    await library.trash([id])
    expect((await library.add(additionOf())).outcome).toBe('added')
    expect((await library.count()).all).toBe(1)
    await library.trash([id])
    await library.emptyTrash(null)
    expect(await tombstonesOf(root)).toEqual([`${id}.json`])
    expect((await library.add(additionOf())).outcome).toBe('added')
    expect(await tombstonesOf(root)).toEqual([])
  })
})

describe('opening a library after a crash', () => {
  it('the next writer finishes the deletion of a bulletin whose tombstone was already written', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    await library.trash([id])
    await library.emptyTrash(null)
    // Simulates a crash before the folder was removed: the bulletin is in the trash and its tombstone exists.
    await library.add(additionOf())
    await library.close()
    await mkdir(join(root, 'trash/2020/09'), { recursive: true })
    await rename(join(root, folder), join(root, folder.replace('bulletins', 'trash')))
    await leaveCutOffDeletion(root, id)
    const reopened = await openTestLibrary(root)
    expect((await reopened.list({ inTrash: true }, 0, 10)).total).toBe(0)
    expect(await readdir(join(root, 'trash/2020/09'))).toEqual([])
  })
})

/** Writes a tombstone and leaves the library as after a writer that was killed, so that the next writer recovers it. */
async function leaveCutOffDeletion(root: string, id: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises')
  const tombstone = { id, addresses: [], digests: [], at: '2026-11-24T03:15:00.000Z', reason: 'emptied-trash' }
  await mkdir(join(root, 'tombstones'), { recursive: true })
  await writeFile(join(root, 'tombstones', `${id}.json`), JSON.stringify(tombstone))
  const lock = await takeLock(root, { program: 'killed', now: new Date() })
  await lock.release({ isClean: false })
}
