import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeBackup } from '../../../../../src/core/library/backup/write-backup'
import { sha256 } from '../../../../../src/core/library/store/identity'
import { formatManifest, readManifest } from '../../../../../src/core/library/store/manifest'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const address = 'https://a.gov.vn/1'
const added = (body: string): ReturnType<typeof additionOf> =>
  additionOf({ address, title: 'Thông báo lịch tiếp dân', body })

/** Adds an unknown field to every object of a document. */
function withLater(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLater)
  if (typeof value !== 'object' || value === null) return value
  return { ...Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withLater(each)])), later: [1] }
}

async function read(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
}

/**
 * Creates a library with one bulletin. Its documents have unknown fields, as a higher minor version would write them.
 */
async function newerLibrary(): Promise<{ root: string; id: string; folder: string }> {
  const root = await temporaryFolder()
  const library = await openTestLibrary(root)
  const { id, folder } = await library.add(added('Ngày 5 tại trụ sở.'))
  await library.mark([id], { starred: true })
  await library.keepPosition(id, { block: 1, offset: 0.5 })
  await library.close()
  const path = join(root, folder)
  const manifest = new Map(await readManifest(path))
  for (const name of [...manifest.keys(), 'status.json'].filter((each) => each.endsWith('.json'))) {
    const text = JSON.stringify(withLater(await read(join(path, name))), undefined, '\t')
    await writeFile(join(path, name), text)
    if (manifest.has(name)) manifest.set(name, sha256(text))
  }
  await writeFile(join(path, 'manifest-sha256.txt'), formatManifest(manifest))
  const about = await read(join(root, 'library.json'))
  await writeFile(join(root, 'library.json'), JSON.stringify({ ...about, format: 'bantin-library/1.7', later: [1] }))
  return { root, id, folder }
}

/** Reads all documents of the bulletin. The key is the path of the document in the bulletin's folder. */
async function documentsOf(folder: string): Promise<Map<string, unknown>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).sort()
  return new Map(
    await Promise.all(names.map(async (name) => [name.replaceAll('\\', '/'), await read(join(folder, name))] as const)),
  )
}

describe('a library of a higher minor version', () => {
  it('a library of a higher minor version can be changed, and keeps every unknown field', async () => {
    const { root, id, folder } = await newerLibrary()
    const before = await documentsOf(join(root, folder))
    const library = await openTestLibrary(root)
    await library.mark([id], { read: true })
    expect((await library.add(added('Ngày 7 tại trụ sở.'))).outcome).toBe('revised')
    const after = await documentsOf(join(root, folder))
    for (const [name, document] of before)
      if (name !== 'bulletin.json' && name !== 'status.json') expect(after.get(name), name).toEqual(document)
    expect(after.get('bulletin.json')).toEqual({ ...(before.get('bulletin.json') as object), revision: 2 })
    expect(after.get('status.json')).toEqual({ ...(before.get('status.json') as object), read: true })
    expect((await read(join(root, 'library.json')))['format']).toBe('bantin-library/1.7')
    expect((await library.verify({})).damaged).toEqual([])
  })

  it('a merge of a backup and the rebuild of a damaged bulletin keep every unknown field', async () => {
    const { root, id, folder } = await newerLibrary()
    const before = await documentsOf(join(root, folder))
    const file = join(await temporaryFolder(), 'kho.bantin')
    await writeBackup(root, file, { program: 'test', now: new Date('2026-11-24T03:15:00Z') })
    const target = await temporaryFolder()
    const library = await openTestLibrary(target, { now: new Date('2026-01-01T00:00:00Z') })
    const known = await library.add(added('Ngày 3 tại trụ sở.'))
    const run = { signal: new AbortController().signal, onProgress: () => undefined }
    expect(await library.restoreBackup(file, { ...run, withDeleted: false, onStored: () => undefined })).toMatchObject({
      merged: 1,
    })
    const merged = await documentsOf(join(target, known.folder))
    const { number: _first, ...revision } = before.get('revisions/0001.json') as { number: number }
    expect(merged.get('revisions/0002.json')).toMatchObject(revision)
    expect(merged.get('captures/20261124T031500Z.json')).toEqual(before.get('captures/20261124T031500Z.json'))

    await writeFile(join(target, known.folder, 'bulletin.json'), '')
    expect((await library.get(id)).revision.cause).toBe('rebuilt')
    const rebuilt = await documentsOf(join(target, known.folder))
    for (const name of ['revisions/0002.json', 'captures/20261124T031500Z.json'])
      expect(rebuilt.get(name)).toEqual(merged.get(name))
  })
})
