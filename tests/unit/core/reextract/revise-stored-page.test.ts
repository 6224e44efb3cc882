import { rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Addition } from '../../../../src/core/library/changes/addition'
import type { Library } from '../../../../src/core/library/library'
import { type RevisionDraft, reviseStoredPage } from '../../../../src/core/reextract/revise-stored-page'
import { additionOf, openTestLibrary, temporaryFolder } from '../../support/library'

const address = 'https://a.gov.vn/1'
const withBody = (body: string): Addition => additionOf({ address, title: 'Lịch tiếp công dân', body })
const draftOf = (body: string): RevisionDraft => ({
  addition: withBody(body),
  cause: 're-extracted',
  files: [],
  detail: 'test',
})

async function libraryOfOne(root: string): Promise<{ library: Library; id: string; folder: string }> {
  const library = await openTestLibrary(root)
  const { id, folder } = await library.add(withBody('Ngày 5.'))
  return { library, id, folder }
}

describe('reviseStoredPage', () => {
  it('reviseStoredPage stores the result of extracting the stored page again as a new revision', async () => {
    const { library, id } = await libraryOfOne(await temporaryFolder())
    const revised = await reviseStoredPage(library, id, ({ bytes, revision }) => {
      expect(Buffer.from(bytes).toString()).toContain('Ngày 5.')
      expect(revision.number).toBe(1)
      return Promise.resolve(draftOf('Ngày năm.'))
    })
    expect(revised).toEqual({ number: 2, isChanged: true })
    expect(await library.get(id)).toMatchObject({ bodyText: 'Ngày năm.', revision: { cause: 're-extracted' } })
  })

  it('reviseStoredPage writes nothing if the draft is null', async () => {
    const { library, id } = await libraryOfOne(await temporaryFolder())
    expect(await reviseStoredPage(library, id, () => Promise.resolve(null))).toEqual({ number: 1, isChanged: false })
    expect((await library.revisions(id)).length).toBe(1)
  })

  it('reviseStoredPage extracts the new page if another revision was stored during the extraction', async () => {
    const { library, id } = await libraryOfOne(await temporaryFolder())
    const pages: string[] = []
    const revised = await reviseStoredPage(library, id, async ({ bytes }) => {
      pages.push(Buffer.from(bytes).toString().split('\n')[1] ?? '')
      if (pages.length === 1) await library.add(withBody('Ngày 7.'))
      return draftOf('Ngày bảy.')
    })
    expect(pages).toEqual(['Ngày 5.', 'Ngày 7.'])
    expect(revised).toEqual({ number: 3, isChanged: true })
    expect((await library.revisions(id)).map(({ cause }) => cause)).toEqual([
      'first-capture',
      'source-changed',
      're-extracted',
    ])
  })

  it('reviseStoredPage fails if another revision is stored during every attempt, and keeps the other revisions', async () => {
    const { library, id } = await libraryOfOne(await temporaryFolder())
    let attempts = 0
    const revising = reviseStoredPage(library, id, async () => {
      attempts += 1
      await library.add(withBody(`Ngày ${attempts + 7}.`))
      return draftOf('Không bao giờ.')
    })
    await expect(revising).rejects.toMatchObject({ code: 'write-failed' })
    expect(attempts).toBe(5)
    expect((await library.get(id)).bodyText).toBe('Ngày 12.')
  })

  it('reviseStoredPage lets other writes run during the extraction', async () => {
    const { library, id } = await libraryOfOne(await temporaryFolder())
    await reviseStoredPage(library, id, async () => {
      await library.mark([id], { starred: true })
      return draftOf('Ngày năm.')
    })
    expect(await library.get(id)).toMatchObject({ bodyText: 'Ngày năm.', status: { starred: true } })
  })

  it('reviseStoredPage finds the stored files of a bulletin that moves to the trash during the extraction', async () => {
    const { library, id } = await libraryOfOne(await temporaryFolder())
    const picture = 'https://a.gov.vn/hop.png'
    const bytes = Buffer.from('a picture')
    const file = `${'0'.repeat(32)}.png`
    const common = { address: picture, file, kind: { type: 'image/png' }, bytes, received: bytes, facts: null }
    const added = await library.revise(id, {
      ...draftOf('Ngày 5.'),
      baseRevision: 1,
      files: [{ ...common, role: 'picture', fileName: null }],
    })
    expect(added).toBe(2)
    await reviseStoredPage(library, id, async (page) => {
      await library.trash([id])
      expect(Buffer.from((await page.readFileByAddress(picture)) ?? [])).toEqual(bytes)
      expect(await page.readFileByAddress('https://a.gov.vn/khac.png')).toBeNull()
      return draftOf('Ngày năm.')
    })
    expect((await library.get(id)).revision.number).toBe(3)
    expect((await library.verify({})).damaged).toEqual([])
  })

  it('reviseStoredPage rebuilds a damaged bulletin before its page is read', async () => {
    const root = await temporaryFolder()
    const { library, id, folder } = await libraryOfOne(root)
    await truncate(join(root, folder, 'revisions/0001.json'), 3)
    const revised = await reviseStoredPage(library, id, () => Promise.resolve(draftOf('Ngày năm.')))
    expect(revised.isChanged).toBe(true)
    const causes = (await library.revisions(id)).map(({ cause }) => cause)
    expect(causes).toEqual(['rebuilt', 're-extracted'])
  })

  it('reviseStoredPage rebuilds a bulletin that was damaged during the extraction, and extracts again', async () => {
    const root = await temporaryFolder()
    const { library, id, folder } = await libraryOfOne(root)
    let attempts = 0
    await reviseStoredPage(library, id, async () => {
      attempts += 1
      if (attempts === 1) await rm(join(root, folder, 'manifest-sha256.txt'))
      return draftOf('Ngày năm.')
    })
    expect(attempts).toBe(2)
    expect((await library.revisions(id)).map(({ cause }) => cause)).toEqual([
      'first-capture',
      'rebuilt',
      're-extracted',
    ])
    expect((await library.verify({})).damaged.map(({ problem }) => problem)).toEqual(['set-aside'])
  })

  it('a library that is opened for reading refuses reviseStoredPage', async () => {
    const root = await temporaryFolder()
    const { library, id } = await libraryOfOne(root)
    await library.close()
    const reader = await openTestLibrary(root, { access: 'read' })
    await expect(reviseStoredPage(reader, id, () => Promise.resolve(null))).rejects.toMatchObject({
      code: 'library-read-only',
    })
  })
})
