import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { WriteContext } from '../../../../../src/core/library/store/commit'
import type { Migration } from '../../../../../src/core/library/store/migrations'
import { listBulletinFolders } from '../../../../../src/core/library/store/bulletin-folders'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const format = async (root: string): Promise<unknown> =>
  (JSON.parse(await readFile(join(root, 'library.json'), 'utf8')) as { format: unknown }).format

/**
 * Returns a migration that stars every bulletin, one after another. It throws before the bulletin with the index
 * `failsAt`.
 */
function starAll(failsAt = Infinity): (writing: WriteContext) => Promise<void> {
  return async ({ root, writeDocument }) => {
    for (const [at, folder] of (await listBulletinFolders(root)).entries()) {
      if (at === failsAt) throw new Error('cut off')
      await writeDocument(join(root, folder, 'status.json'), { starred: true })
    }
  }
}

const step = (run: Migration['run']): Migration => ({ from: 'bantin-library/1.0', to: 'bantin-library/1.1', run })

async function libraryOf(count: number): Promise<string> {
  const root = await temporaryFolder()
  const library = await openTestLibrary(root)
  for (let number = 0; number < count; number++) await library.add(additionOf({ title: `Tin số ${number}` }))
  await library.close()
  return root
}

describe('a library of an older format', () => {
  it('an older library is migrated one format at a time, and each migration begins with a backup', async () => {
    const root = await libraryOf(3)
    const seen: string[] = []
    const library = await openTestLibrary(root, {
      migrations: [
        step(async (writing) => {
          seen.push(...(await readdir(join(root, 'backups'))))
          await starAll()(writing)
        }),
        { from: 'bantin-library/1.1', to: 'bantin-library/1.2', run: () => Promise.resolve() },
      ],
    })
    expect(seen).toEqual(['before-bantin-library-1.1.bantin'])
    expect(await format(root)).toBe('bantin-library/1.2')
    expect(await library.count()).toMatchObject({ all: 3, starred: 3 })
    expect((await library.verify({})).damaged).toEqual([])
    // The backup restores the state before the migration into another library.
    const other = await openTestLibrary(await temporaryFolder())
    const result = await other.restoreBackup(join(root, 'backups', seen[0] ?? ''), {
      withDeleted: false,
      onStored: () => undefined,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    })
    expect(result).toMatchObject({ failed: [] })
    expect(await other.count()).toMatchObject({ all: 3, starred: 0 })
  })

  it('an interrupted migration leaves the old format and the backup, and continues at the next start', async () => {
    const root = await libraryOf(3)
    await expect(openTestLibrary(root, { migrations: [step(starAll(1))] })).rejects.toThrow()
    expect(await format(root)).toBe('bantin-library/1.0')
    const backup = await readFile(join(root, 'backups/before-bantin-library-1.1.bantin'))
    const library = await openTestLibrary(root, { migrations: [step(starAll())] })
    expect(await format(root)).toBe('bantin-library/1.1')
    expect(await library.count()).toMatchObject({ all: 3, starred: 3 })
    expect((await readFile(join(root, 'backups/before-bantin-library-1.1.bantin'))).equals(backup)).toBe(true)
  })

  it('a library is opened without a migration and without a backup if no migration exists for its format', async () => {
    const root = await libraryOf(1)
    await (await openTestLibrary(root)).close()
    expect(await readdir(root)).not.toContain('backups')
  })

  it('a library of a higher minor version keeps the unknown fields in library.json', async () => {
    const root = await libraryOf(1)
    const about = JSON.parse(await readFile(join(root, 'library.json'), 'utf8')) as object
    await writeFile(join(root, 'library.json'), JSON.stringify({ ...about, format: 'bantin-library/1.9', later: [1] }))
    const library = await openTestLibrary(root)
    await library.recordSampleAdded()
    expect(JSON.parse(await readFile(join(root, 'library.json'), 'utf8'))).toMatchObject({
      format: 'bantin-library/1.9',
      later: [1],
      sampleAdded: true,
    })
  })
})
