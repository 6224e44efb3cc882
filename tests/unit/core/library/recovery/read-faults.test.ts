import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { writeBackup } from '../../../../../src/core/library/backup/write-backup'
import { createIndex } from '../../../../../src/core/library/search/create-index'
import { createLibraryIndex } from '../../../../../src/core/library/search/library-index'
import { stageInMemory } from '../../../../../src/core/library/search/staged-database'
import { createMemoryDatabase } from '../../../../../src/core/library/search/tables'
import { AppError } from '../../../../../src/shared/errors'
import { additionOf, createLog, openTestLibrary, temporaryFolder } from '../../../support/library'

/**
 * Makes reads of paths that contain `in` fail. If `at` is 0, every such read fails. Otherwise only the read with the
 * number `at` fails, counted from 1. `calls` counts the reads.
 */
const fault = vi.hoisted(() => ({ in: null as string | null, at: 0, calls: 0 }))

const check = vi.hoisted(() => (path: unknown): void => {
  if (fault.in === null || !String(path).replaceAll('\\', '/').includes(fault.in)) return
  fault.calls += 1
  if (fault.at !== 0 && fault.calls !== fault.at) return
  throw Object.assign(new Error('EIO: injected'), { code: 'EIO', syscall: 'read' })
})
const failing = vi.hoisted(
  () =>
    <T extends (...given: never[]) => unknown>(run: T): T =>
      ((...given: Parameters<T>) => {
        check(given[0])
        return run(...given)
      }) as unknown as T,
)

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  return {
    ...real,
    readFileSync: failing(real.readFileSync),
    readdirSync: failing(real.readdirSync),
    statSync: failing(real.statSync),
  }
})

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const later = <T extends (...given: never[]) => Promise<unknown>>(run: T): T =>
    (async (...given: Parameters<T>) => failing(run)(...given)) as unknown as T
  return { ...real, readFile: later(real.readFile), readdir: later(real.readdir), stat: later(real.stat) }
})

beforeEach(() => {
  fault.in = null
  fault.at = 0
})

const run = { signal: new AbortController().signal, onProgress: () => undefined }

/** Creates and closes a library with two bulletins: `id`, whose reads will fail, and `other`. */
async function twoBulletins(): Promise<{ root: string; id: string; folder: string; other: string }> {
  const root = await temporaryFolder()
  const library = await openTestLibrary(root)
  const { id, folder } = await library.add(additionOf({ title: 'Tin trên vùng đĩa hỏng', body: 'Lịch tiếp dân.' }))
  const { id: other } = await library.add(additionOf({ title: 'Tin lành', body: 'Lịch cắt điện.' }))
  await library.close()
  return { root, id, folder, other }
}

/** Returns the error code of failed work, or null if the work succeeded. */
async function codeOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (thrown: unknown) => (thrown instanceof AppError ? thrown.code : `not an AppError: ${String(thrown)}`),
  )
}

/**
 * Runs work again and again: first with a fault at its first read of `part`, then at its second read, and so on.
 * Returns how many reads of `part` the work has.
 */
async function forEveryRead(part: string, work: () => Promise<void>): Promise<number> {
  for (let at = 1; ; at++) {
    fault.in = part
    fault.at = at
    fault.calls = 0
    await work()
    const wasReached = fault.calls >= at
    fault.in = null
    if (!wasReached) return at - 1
  }
}

describe('reading a bulletin from a failing disk', () => {
  it('each failed read of a bulletin throws read-failed, and the error names the file', async () => {
    const { root, id, folder, other } = await twoBulletins()
    const library = await openTestLibrary(root)
    const codes = new Set<string | null>()
    const reads = await forEveryRead(folder, async () => {
      await library.get(id).catch((thrown: unknown) => {
        expect(thrown).toMatchObject({ code: 'read-failed', details: { system: 'EIO' } })
        expect(String((thrown as AppError).details['file'])).toContain(folder)
      })
      codes.add(await codeOf(library.readFile(id, await fileOf(root, folder))))
      codes.add(await codeOf(library.revisions(id)))
      expect((await library.get(other)).title).toBe('Tin lành')
    })
    expect(reads).toBeGreaterThan(4)
    expect([...codes].toSorted()).toEqual([null, 'read-failed'].toSorted())
    // A read error does not count as damage, so the bulletin is not set aside.
    expect(await readdir(join(root, 'damaged')).catch(() => [])).toEqual([])
    expect((await library.get(id)).title).toBe('Tin trên vùng đĩa hỏng')
  })

  it('a bulletin that the disk can’t read is still found by a search and shown in the list', async () => {
    const { root, folder } = await twoBulletins()
    for (const access of ['read', 'write'] as const) {
      fault.in = folder
      const library = await openTestLibrary(root, { access })
      const { total, items } = await library.search({ query: 'lịch', filter: {}, offset: 0, limit: 10 })
      expect(total, access).toBe(2)
      expect(items.map(({ title, snippet }) => [title, snippet.some(({ isMatch }) => isMatch)]).sort()).toEqual([
        ['Tin lành', true],
        // The snippet of this bulletin has no match, because its text can't be read.
        ['Tin trên vùng đĩa hỏng', false],
      ])
      expect((await library.list({}, 0, 10)).total).toBe(2)
      fault.in = null
      await library.close()
    }
  })

  it.each(['all its reads', 'each of its reads'])(
    'a backup, a verification and a rebuild of the index go on to the next bulletin if %s of one bulletin fail',
    async (which) => {
      const { root, id, folder, other } = await twoBulletins()
      const library = await openTestLibrary(root)
      const place = await temporaryFolder()
      const operations: Record<string, () => Promise<void>> = {
        async backup() {
          const { damaged, bulletins } = await writeBackup(root, join(place, 'kho.bantin'), {
            program: 'test',
            now: new Date(),
          })
          expect(bulletins).toBeGreaterThan(0)
          if (which === 'all its reads') expect(damaged).toEqual([folder])
          fault.in = null
          const copy = await openTestLibrary(await temporaryFolder())
          await copy.restoreBackup(join(place, 'kho.bantin'), { ...run, withDeleted: false, onStored: () => undefined })
          expect((await copy.get(other)).title).toBe('Tin lành')
          await copy.close()
        },
        async verify() {
          const { checked, damaged } = await library.verify({})
          expect(checked).toBe(2)
          expect(damaged.every(({ file, problem }) => file.startsWith(folder) && problem === 'unreadable')).toBe(true)
          if (which === 'all its reads') expect(damaged.length).toBeGreaterThan(0)
        },
        async reindex() {
          expect(await library.reindex({})).toBeGreaterThan(0)
          expect((await library.get(other)).title).toBe('Tin lành')
        },
      }
      for (const [name, work] of Object.entries(operations))
        if (which === 'all its reads') {
          fault.in = folder
          expect(await codeOf(work()), name).toBe(null)
          fault.in = null
        } else expect(await forEveryRead(folder, work), name).toBeGreaterThan(2)
      await library.reindex({})
      expect((await library.get(id)).title).toBe('Tin trên vùng đĩa hỏng')
      expect((await library.verify({})).damaged).toEqual([])
    },
  )

  it("a rebuilt index leaves out a bulletin that can't be read, and lists it after the next start if it is readable again", async () => {
    const { root, id, folder } = await twoBulletins()
    const library = await openTestLibrary(root)
    fault.in = folder
    expect(await library.reindex({})).toBe(1)
    fault.in = null
    expect(await codeOf(library.get(id))).toBe(null)
    expect((await library.list({}, 0, 10)).total).toBe(1)
    await library.close()
    const next = await openTestLibrary(root)
    expect((await next.get(id)).title).toBe('Tin trên vùng đĩa hỏng')
    expect((await next.list({}, 0, 10)).total).toBe(2)
  })

  it('a read-only library without an index lists all bulletins except an unreadable one', async () => {
    const { root, folder } = await twoBulletins()
    const log = createLog()
    fault.in = folder
    const library = await openTestLibrary(await copyWithoutIndex(root), { access: 'read', log })
    expect((await library.list({}, 0, 10)).items.map(({ title }) => title)).toEqual(['Tin lành'])
    expect(log.warnings.join('\n')).toContain(folder)
  })
})

describe('reading the library’s own files from a failing disk', () => {
  it('a verification and a backup report a folder of bulletins that the disk can’t read, and both finish', async () => {
    const { root, folder } = await twoBulletins()
    const month = folder.split('/').slice(0, 3).join('/')
    const library = await openTestLibrary(root)
    fault.in = month
    expect((await library.verify({})).damaged).toEqual([{ id: null, file: month, problem: 'unreadable' }])
    const file = join(await temporaryFolder(), 'kho.bantin')
    expect(await writeBackup(root, file, { program: 'test', now: new Date() })).toMatchObject({ damaged: [month] })
    // Half of the library would be missing from a new index, so the old index stays.
    expect(await codeOf(library.reindex({}))).toBe('read-failed')
  })

  it('library.json is not replaced by a new file if the disk can’t read it', async () => {
    const { root } = await twoBulletins()
    const before = await readFile(join(root, 'library.json'), 'utf8')
    fault.in = `${root.replaceAll('\\', '/')}/library.json`
    expect(await codeOf(openTestLibrary(root))).toBe('read-failed')
    const reader = await openTestLibrary(root, { access: 'read' })
    expect((await reader.list({}, 0, 10)).total).toBe(2)
    fault.in = null
    expect(await readFile(join(root, 'library.json'), 'utf8')).toBe(before)
  })

  it('an index that the disk can’t read is rebuilt, and the call that failed succeeds', async () => {
    const withBrokenReads = (database: DatabaseSync): DatabaseSync =>
      new Proxy(database, {
        get(target, name) {
          if (name === 'prepare')
            return () => {
              throw Object.assign(new Error('disk I/O error'), { errcode: 266, code: 'ERR_SQLITE_ERROR' })
            }
          const value: unknown = Reflect.get(target, name)
          // The methods need the database as `this`.
          return typeof value === 'function' ? (value as () => unknown).bind(target) : value
        },
      })
    const broken = withBrokenReads(createMemoryDatabase())
    expect(() => createIndex(broken).list({}, 0, 10)).toThrow('disk I/O error')
    let filled = 0
    const index = createLibraryIndex(broken, {
      path: ':memory:',
      onStale: () => undefined,
      searcher: null,
      isComplete: true,
      create: () => Promise.resolve(createMemoryDatabase()),
      stage: () => Promise.resolve(stageInMemory()),
      fill: () => Promise.resolve({ count: (filled += 1), unread: [] }),
      rebuildUnread: () => Promise.resolve(0),
      complete: () => undefined,
      onDamage: () => undefined,
    })
    expect((await index.list({}, 0, 10)).total).toBe(0)
    expect(filled).toBe(1)
  })
})

async function fileOf(root: string, folder: string): Promise<string> {
  const isFailing = fault.in
  fault.in = null
  const [file = ''] = await readdir(join(root, folder, 'files'))
  fault.in = isFailing
  return file
}

async function copyWithoutIndex(root: string): Promise<string> {
  const { cp, rm } = await import('node:fs/promises')
  const copy = await temporaryFolder()
  await cp(root, copy, { recursive: true, filter: (path) => !path.includes('index.sqlite') })
  await rm(join(copy, 'index.sqlite'), { force: true })
  return copy
}
