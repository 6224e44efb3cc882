import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mergeMarks, applyMarksChange } from '../../../../../src/core/library/changes/marks'
import { listBulletinFolders } from '../../../../../src/core/library/store/bulletin-folders'
import type { Highlight, Note } from '../../../../../src/shared/bulletin'
import { defaultStatus } from '../../../../../src/shared/bulletin'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const highlight = (id: string, quote = 'thi đua'): Highlight => ({
  id,
  passage: { quote, prefix: '', suffix: '', start: 0 },
  revision: 1,
  made: '2026-11-24T03:15:00.000Z',
})
const note = (id: string, text: string): Note => ({ ...highlight(id), text, changed: '2026-11-24T03:15:00.000Z' })
const change = (given: Partial<Parameters<typeof applyMarksChange>[1]>): Parameters<typeof applyMarksChange>[1] => ({
  highlights: [],
  notes: [],
  remove: [],
  ...given,
})

describe('the highlights and notes of a bulletin', () => {
  it('highlights and notes can be stored, changed, removed and stored again', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const { id } = await library.add(additionOf())
    expect(await library.keepMarks(id, change({ highlights: [highlight('aaaaaaaa')] }))).toBe(true)
    expect(await library.keepMarks(id, change({ highlights: [highlight('aaaaaaaa')] }))).toBe(false)
    await library.keepMarks(id, change({ notes: [note('bbbbbbbb', 'xem lại')] }))
    await library.keepMarks(id, change({ notes: [note('bbbbbbbb', 'đã xem')] }))
    const { status } = await library.get(id)
    expect(status.highlights).toEqual([highlight('aaaaaaaa')])
    expect(status.notes.map(({ text }) => text)).toEqual(['đã xem'])
    await library.keepMarks(id, change({ remove: ['aaaaaaaa', 'bbbbbbbb'] }))
    expect((await library.get(id)).status).toMatchObject({ highlights: [], notes: [] })
    await library.keepMarks(id, change({ notes: status.notes }))
    expect((await library.get(id)).status.notes).toEqual(status.notes)
  })

  it('highlights stay the same when the text is revised or the status changes', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const address = 'https://a.gov.vn/1'
    const { id } = await library.add(additionOf({ address, title: 'Tin', body: 'Tiếp dân ngày 5 tại trụ sở.' }))
    await library.keepMarks(id, change({ highlights: [highlight('aaaaaaaa', 'ngày 5')] }))
    await library.add(additionOf({ address, title: 'Tin', body: 'Tiếp dân ngày 7 tại trụ sở.' }))
    await library.mark([id], { starred: true })
    await library.keepPosition(id, { block: 1, offset: 0 })
    const { status, revision } = await library.get(id)
    expect(revision.number).toBe(2)
    expect(status.highlights).toEqual([highlight('aaaaaaaa', 'ngày 5')])
  })

  it('a note replaces a highlight with the same id, and a highlight replaces a note with the same id', () => {
    const highlighted = applyMarksChange(defaultStatus, change({ highlights: [highlight('aaaaaaaa')] }))
    const noted = applyMarksChange(highlighted, change({ notes: [note('aaaaaaaa', 'xem')] }))
    expect([noted.highlights, noted.notes.length]).toEqual([[], 1])
    const back = applyMarksChange(noted, change({ highlights: [highlight('aaaaaaaa')] }))
    expect([back.highlights.length, back.notes]).toEqual([1, []])
  })

  it('a changed highlight keeps the unknown fields that a newer version of the program stored', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id } = await library.add(additionOf())
    await library.keepMarks(id, change({ highlights: [highlight('aaaaaaaa')] }))
    const [folder = ''] = await listBulletinFolders(root)
    const path = join(root, folder, 'status.json')
    const stored = JSON.parse(await readFile(path, 'utf8')) as { highlights: [Record<string, unknown>] }
    const newer = { ...stored, mood: 'vui', highlights: [{ ...stored.highlights[0], colour: 'xanh' }] }
    await writeFile(path, JSON.stringify(newer))
    await library.keepMarks(id, change({ highlights: [highlight('aaaaaaaa', 'thi đua yêu nước')] }))
    await library.mark([id], { read: true })
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      mood: 'vui',
      highlights: [{ id: 'aaaaaaaa', colour: 'xanh', passage: { quote: 'thi đua yêu nước' } }],
    })
  })

  it("a merge of two libraries keeps all highlights and notes, and if both have the same id, this library's one is kept", () => {
    const here = applyMarksChange(defaultStatus, change({ notes: [note('aaaaaaaa', 'ở đây')] }))
    const there = applyMarksChange(
      defaultStatus,
      change({ highlights: [highlight('cccccccc')], notes: [note('aaaaaaaa', 'ở kia'), note('bbbbbbbb', 'nữa')] }),
    )
    expect(mergeMarks(here, there)).toEqual({
      highlights: [highlight('cccccccc')],
      notes: [note('aaaaaaaa', 'ở đây'), note('bbbbbbbb', 'nữa')],
    })
  })

  it('a library that is opened for reading refuses a change of highlights and notes', async () => {
    const root = await temporaryFolder()
    const writer = await openTestLibrary(root)
    const { id } = await writer.add(additionOf())
    await writer.close()
    const reader = await openTestLibrary(root, { access: 'read' })
    await expect(reader.keepMarks(id, change({ remove: ['x'] }))).rejects.toMatchObject({ code: 'library-read-only' })
  })
})

describe('older revisions of a bulletin', () => {
  it('an older revision is read with its own text and with the current status', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const address = 'https://a.gov.vn/1'
    const { id } = await library.add(additionOf({ address, title: 'Tin', body: 'Tiếp dân ngày 5 tại trụ sở.' }))
    await library.add(additionOf({ address, title: 'Tin', body: 'Tiếp dân ngày 7 tại trụ sở.' }))
    await library.mark([id], { starred: true })
    const [first, now] = [await library.get(id, 1), await library.get(id)]
    expect(first).toMatchObject({
      bodyText: 'Tiếp dân ngày 5 tại trụ sở.',
      revision: { number: 1 },
      currentRevision: 2,
    })
    expect(now).toMatchObject({ bodyText: 'Tiếp dân ngày 7 tại trụ sở.', revision: { number: 2 }, currentRevision: 2 })
    expect(first.status).toEqual(now.status)
    await expect(library.get(id, 9)).rejects.toMatchObject({ code: 'revision-not-found', details: { number: 9 } })
  })
})
