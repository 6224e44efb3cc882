import { appendFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventRecord, verifyRecord } from '../../../../../src/core/library/store/documents'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const lines = async (root: string, kind: string): Promise<string[]> =>
  (await readFile(join(root, 'log', `${kind}-2026.jsonl`), 'utf8')).split('\n').slice(0, -1)

describe('the journal', () => {
  it('the journal records the changes of a bulletin as events of the documented types', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id } = await library.add(additionOf())
    await library.trash([id])
    await library.emptyTrash(null)
    const events = (await lines(root, 'events')).map((line) => eventRecord.parse(JSON.parse(line)))
    expect(events).toMatchObject([
      { type: 'ingestion', object: id, outcome: 'success', agent: 'test', at: '2026-11-24T03:15:00.000Z' },
      { type: 'modification', object: id, detail: 'moved to the trash' },
      { type: 'deletion', object: id },
    ])
  })

  it('the journal records a verification with its result only if the caller asks for it', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    await library.verify({ isRecorded: true })
    await appendFile(join(root, folder, 'bulletin.json'), ' ')
    await library.verify({ onlyIds: [id], isRecorded: true })
    await library.verify({})
    const records = (await lines(root, 'verify')).map((line) => verifyRecord.parse(JSON.parse(line)))
    expect(records).toEqual([
      { at: '2026-11-24T03:15:00.000Z', agent: 'test', only: null, checked: 1, damaged: [] },
      {
        at: '2026-11-24T03:15:00.000Z',
        agent: 'test',
        only: [id],
        checked: 1,
        damaged: [{ id, file: `${folder}/bulletin.json`, problem: 'changed' }],
      },
    ])
    const validations = (await lines(root, 'events')).filter((line) => line.includes('"validation"'))
    expect(validations.map((line) => eventRecord.parse(JSON.parse(line)).outcome)).toEqual(['success', 'failure'])
  })

  it('an event is written on a new line if a crash cut off the last line of the journal', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    await library.add(additionOf())
    await appendFile(join(root, 'log', 'events-2026.jsonl'), '{"at":"2026-11-24T03')
    const { id } = await library.add(additionOf({ title: 'Tin sau' }))
    expect(eventRecord.parse(JSON.parse((await lines(root, 'events')).at(-1) ?? '')).object).toBe(id)
  })

  it('the verification of a library that does not exist creates no journal', async () => {
    const root = await temporaryFolder()
    const reader = await openTestLibrary(root, { access: 'read' })
    expect(await reader.verify({ isRecorded: true })).toEqual({ checked: 0, damaged: [] })
    expect(await readdir(root)).toEqual([])
  })
})
