import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Highlight } from '../../../../../src/shared/bulletin'
import type { Library } from '../../../../../src/core/library/library'
import { listBulletinFolders } from '../../../../../src/core/library/store/bulletin-folders'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const address = 'https://huyen-ba-be.gov.vn/tin/7'
const highlight = (id: string): Highlight => ({
  id,
  passage: { quote: 'Nội dung', prefix: '', suffix: ' chung', start: 0 },
  revision: 1,
  made: '2026-11-24T03:15:00.000Z',
})

interface Twice {
  root: string
  id: string
  library: Library
}

/**
 * Creates a library with one bulletin that is stored in the trash and outside it. Each of the two folders has a
 * revision, a tag and a highlight that the other folder lacks. `lastEvent` is the last event of the bulletin in the
 * journal.
 */
async function storedTwice(lastEvent: 'trashed' | 'added'): Promise<Twice> {
  const [root, elsewhere] = [await temporaryFolder(), await temporaryFolder()]
  const first = await openTestLibrary(root)
  const { id } = await first.add(additionOf({ address, title: 'Tin chung', body: 'Nội dung chung một.' }))
  await first.mark([id], { addTags: ['cũ'] })
  await first.keepMarks(id, { highlights: [highlight('marka0001')], notes: [], remove: [] })
  if (lastEvent === 'trashed') await first.trash([id])
  await first.close()
  const second = await openTestLibrary(elsewhere, { now: new Date('2026-11-25T03:15:00Z') })
  const text = additionOf({ address, title: 'Tin chung sửa', body: 'Nội dung chung hai.' })
  text.text = { ...text.text, published: { ...text.text.published, value: '2020-10-01' } }
  await second.add(text)
  await second.mark([id], { starred: true, addTags: ['mới'] })
  await second.keepMarks(id, { highlights: [highlight('markb0001')], notes: [], remove: [] })
  await second.close()
  const [from = ''] = await listBulletinFolders(elsewhere)
  const to = lastEvent === 'trashed' ? from : from.replace('bulletins/', 'trash/')
  await mkdir(join(root, dirname(to)), { recursive: true })
  await cp(join(elsewhere, from), join(root, to), { recursive: true })
  return { root, id, library: await openTestLibrary(root) }
}

async function expectMerged({ root, id, library }: Twice, place: 'bulletins' | 'trash'): Promise<void> {
  const folders = await listBulletinFolders(root)
  expect(folders).toEqual([expect.stringMatching(new RegExp(`^${place}/`))])
  const revisions = await library.revisions(id)
  expect(revisions).toHaveLength(2)
  const { captures, status, bodyText } = await library.get(id)
  expect(captures).toHaveLength(2)
  expect(bodyText).toBe('Nội dung chung hai.')
  expect([...status.tags].sort()).toEqual(['cũ', 'mới'])
  expect(status.starred).toBe(true)
  expect(status.highlights.map((mark) => mark.id).sort()).toEqual(['marka0001', 'markb0001'])
  // The second folder is set aside and not deleted.
  expect(await readdir(join(root, 'damaged'))).toHaveLength(1)
  const { damaged } = await library.verify({})
  expect(damaged.map(({ problem }) => problem)).toEqual(['set-aside'])
  const { all, trash } = await library.count()
  expect({ all, trash }).toEqual(place === 'trash' ? { all: 0, trash: 1 } : { all: 1, trash: 0 })
}

describe('a bulletin that is stored in the trash and outside it', () => {
  it('a verification reports a bulletin that is stored twice, and does not report one that is stored once', async () => {
    const { id, library } = await storedTwice('trashed')
    const { damaged } = await library.verify({})
    expect(damaged).toEqual([{ id, file: expect.stringMatching(/^trash\//) as string, problem: 'stored-twice' }])
    const once = await openTestLibrary(await temporaryFolder())
    await once.add(additionOf({ address }))
    expect((await once.verify({})).damaged).toEqual([])
  })

  it('a recovery merges both folders in the trash if the user last moved the bulletin to the trash', async () => {
    const twice = await storedTwice('trashed')
    await twice.library.recover()
    await expectMerged(twice, 'trash')
  })

  it('a recovery merges both folders outside the trash if the user did not move the bulletin there', async () => {
    const twice = await storedTwice('added')
    await twice.library.recover()
    await expectMerged(twice, 'bulletins')
  })

  it('a rebuild of the index merges both folders', async () => {
    const twice = await storedTwice('added')
    await twice.library.reindex({})
    await expectMerged(twice, 'bulletins')
  })

  it.each(['mark', 'trash', 'restore', 'add'] as const)(
    'a bulletin that is stored twice is merged before the user’s "%s" changes it',
    async (change) => {
      const { root, id, library } = await storedTwice('added')
      if (change === 'mark') await library.mark([id], { read: true })
      else if (change === 'add')
        await library.add(additionOf({ address, title: 'Tin chung sửa', body: 'Nội dung chung ba.' }))
      else await library[change]([id])
      expect(await listBulletinFolders(root)).toHaveLength(1)
      expect((await library.get(id)).status.highlights).toHaveLength(2)
    },
  )

  it('emptying the trash keeps a bulletin that is stored twice, unless the user moved the bulletin to the trash', async () => {
    const { root, id, library } = await storedTwice('added')
    expect(await library.emptyTrash(null)).toEqual([])
    expect(await listBulletinFolders(root)).toHaveLength(1)
    expect((await library.get(id)).status.tags).toContain('mới')
  })

  it('the folders are merged even if one of them is damaged', async () => {
    const { root, id, library } = await storedTwice('added')
    const [, inTrash = ''] = await listBulletinFolders(root)
    await writeFile(join(root, inTrash, 'bulletin.json'), '{')
    await library.mark([id], { read: true })
    expect(await listBulletinFolders(root)).toHaveLength(1)
    expect((await library.get(id)).status.tags).toContain('mới')
  })

  it('the folders are merged again if a crash left the second folder in place after the merge', async () => {
    const { root, id, library } = await storedTwice('added')
    await library.recover()
    const [aside = ''] = await readdir(join(root, 'damaged'))
    await library.close()
    await mkdir(join(root, 'trash/2020/10'), { recursive: true })
    await rename(join(root, 'damaged', aside), join(root, 'trash/2020/10', aside.replace(/-\d+$/, '')))
    const next = await openTestLibrary(root)
    await next.recover()
    await expectMerged({ root, id, library: next }, 'bulletins')
  })
})
