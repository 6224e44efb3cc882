import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { writeBackup } from '../../../../../src/core/library/backup/write-backup'
import type { Library } from '../../../../../src/core/library/library'
import type { RestoreResult } from '../../../../../src/shared/contract/api'
import type { Migration } from '../../../../../src/core/library/store/migrations'
import { listBulletinFolders } from '../../../../../src/core/library/store/bulletin-folders'
import { openSettings } from '../../../../../src/core/settings/settings'
import { AppError } from '../../../../../src/shared/errors'
import { testPorts } from '../../../support/app'
import { additionOf, openStore, openTestLibrary, temporaryFolder } from '../../../support/library'

/**
 * Makes one call that changes the disk fail: the call with the number `at`, counted from 1. If `at` is 0, no call
 * fails. `kind` is the error code, or `short` for a write of only half of the bytes. `calls` counts the calls.
 */
const fault = vi.hoisted(() => ({ at: 0, calls: 0, kind: 'EIO' }))

/** Counts a call. Returns whether this call must fail. */
const isDue = vi.hoisted(() => (): boolean => ++fault.calls === fault.at)
const failure = vi.hoisted(
  () =>
    (call: string): Error =>
      Object.assign(new Error(`${fault.kind}: injected, ${call}`), {
        code: fault.kind === 'short' ? 'EIO' : fault.kind,
      }),
)
/** Wraps a function so that its call fails if it has the chosen number. */
const failing = vi.hoisted(
  () =>
    <T extends (...given: never[]) => unknown>(name: string, run: T): T =>
      ((...given: Parameters<T>) => {
        if (isDue()) throw failure(name)
        return run(...given)
      }) as unknown as T,
)

/** Wraps a function that ends with a callback. If its call has the chosen number, the callback receives an error. */
const failingBack = vi.hoisted(() => (name: string, run: (...given: never[]) => void): typeof run => (...given) => {
  const done = given.at(-1) as unknown as (error: Error) => void
  if (isDue()) done(failure(name))
  else run(...given)
})

/**
 * Replaces the package that writes documents. A call that must fail throws, or writes half of the file without an
 * error.
 */
vi.mock('conf', async (original) => {
  const real = await original<typeof import('conf')>()
  const { truncateSync, statSync } = await import('node:fs')
  return {
    default: class extends real.default {
      override get store(): Record<string, unknown> {
        return super.store
      }
      override set store(value: Record<string, unknown>) {
        const fails = isDue()
        if (fails && fault.kind !== 'short') throw failure('store')
        super.store = value
        if (fails) truncateSync(this.path, Math.floor(statSync(this.path).size / 2))
      }
    },
  }
})

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  return {
    ...real,
    mkdirSync: failing('mkdir', real.mkdirSync),
    renameSync: failing('rename', real.renameSync),
    writeFileSync: failing('writeFile', real.writeFileSync),
    appendFileSync: failing('appendFile', real.appendFileSync),
    openSync: failing('open', real.openSync),
    createWriteStream: (path: string, options: object) => {
      const calls = { open: real.open, write: real.write, writev: real.writev, fsync: real.fsync, close: real.close }
      return real.createWriteStream(path, {
        ...options,
        fs: { ...calls, open: failingBack('open', real.open), write: failingBack('write', real.write) },
      })
    },
    fsync: (file: number, done: (error: Error | null) => void) => {
      if (isDue()) done(failure('fsync'))
      else real.fsync(file, done)
    },
    writeSync: (file: number, bytes: Uint8Array, from: number, length: number) => {
      if (!isDue()) return real.writeSync(file, bytes, from, length)
      if (fault.kind !== 'short') throw failure('write')
      // A full disk accepts a part of the bytes, returns the length of this part, and accepts nothing more.
      fault.at = fault.calls + 1
      return real.writeSync(file, bytes, from, Math.floor(length / 2))
    },
  }
})

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const failingLater = <T extends (...given: never[]) => Promise<unknown>>(name: string, run: T): T =>
    (async (...given: Parameters<T>) => failing(name, run)(...given)) as unknown as T
  return {
    ...real,
    mkdir: failingLater('mkdir', real.mkdir),
    rename: failingLater('rename', real.rename),
    rm: failingLater('rm', real.rm),
    link: failingLater('link', real.link),
    writeFile: failingLater('writeFile', real.writeFile),
  }
})

beforeEach(() => {
  fault.at = 0
})

const address = 'https://a.gov.vn/1'
const old = additionOf({ address, title: 'Thông báo lịch tiếp dân', body: 'Ngày 5 tại trụ sở.' })
const newer = additionOf({ address, title: 'Thông báo lịch tiếp dân', body: 'Ngày 7 tại trụ sở.' })
const other = additionOf({ title: 'Bản tin khác' })

interface Work {
  /** Prepares the library before the operation. No call fails during this function. */
  prepare?(library: Library, id: string): Promise<unknown>
  run(library: Library, id: string, backup: string): Promise<unknown>
}
const run = { signal: new AbortController().signal, onProgress: () => undefined }
const toTrash: Work['run'] = (library, id) => library.trash([id])

const operations: Record<string, Work> = {
  'adding a bulletin': { run: (library) => library.add(other) },
  'adding a revision': { run: (library) => library.add(newer) },
  marking: { run: (library, id) => library.mark([id], { starred: true }) },
  'moving to the trash': { run: toTrash },
  'taking from the trash': {
    prepare: (library, id) => library.trash([id]),
    run: (library, id) => library.restore([id]),
  },
  'emptying the trash': { prepare: (library, id) => library.trash([id]), run: (library) => library.emptyTrash(null) },
  'merging a backup': {
    run: (library, _id, file) => library.restoreBackup(file, { ...run, withDeleted: false, onStored: () => undefined }),
  },
}

/** Restores a backup into an empty library and returns the result. */
async function restored(file: string): Promise<RestoreResult> {
  const library = await openTestLibrary(await temporaryFolder())
  const result = await library.restoreBackup(file, { ...run, withDeleted: false, onStored: () => undefined })
  await library.close()
  return result
}

/** Creates a backup of a library that has the newer revision. */
async function newerBackup(): Promise<string> {
  const root = await temporaryFolder()
  const library = await openTestLibrary(root, { now: new Date('2026-11-25T00:00:00Z') })
  await library.add(newer)
  await library.close()
  const file = join(root, 'kho.bantin')
  await writeBackup(root, file, { program: 'test', now: new Date('2026-11-25T00:00:00Z') })
  return file
}

/**
 * Returns all bulletins of a library as a text. After a failed operation, this text must be that of the state before or
 * after the operation.
 */
async function stateOf(root: string): Promise<string> {
  const library = await openTestLibrary(root)
  const rows: unknown[] = []
  for (const inTrash of [false, true])
    for (const { id } of (await library.list(inTrash ? { inTrash } : {}, 0, 10)).items) {
      const { title, bodyText, revision, status } = await library.get(id)
      rows.push({ title, bodyText, number: revision.number, starred: status.starred, inTrash })
    }
  const { damaged } = await library.verify({})
  await library.close()
  expect(damaged).toEqual([])
  expect((await readdir(root)).filter((name) => name.startsWith('library.lock') || name === 'tmp')).toEqual([])
  return JSON.stringify(rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)))
}

async function freshRoot(prepare?: Work['prepare']): Promise<string> {
  const root = join(await temporaryFolder(), 'library')
  await mkdir(root)
  const library = await openTestLibrary(root)
  const { id } = await library.add(old)
  await prepare?.(library, id)
  await library.close()
  return root
}

describe.each(['EIO', 'short'] as const)(
  'if the n-th call that changes the disk fails with %s, for every n,',
  (kind) => {
    it.each(Object.entries(operations))(
      '%s is either complete or changes nothing, throws an AppError, and damages no bulletin',
      async (name, { prepare, run: work }) => {
        fault.kind = kind
        const backup = await newerBackup()
        const before = await stateOf(await freshRoot(prepare))
        const done = new Set<string>()
        let failures = 0
        for (let at = 1; ; at++) {
          const root = await freshRoot(prepare)
          const library = await openTestLibrary(root)
          const id = await onlyId(library)
          fault.calls = 0
          fault.at = at
          const outcome = await work(library, id, backup).then(
            () => 'done' as const,
            (thrown: unknown) => thrown,
          )
          const wasReached = fault.calls >= at
          fault.at = 0
          if (outcome !== 'done') {
            failures += 1
            expect(outcome, `${name}, call ${at}`).toBeInstanceOf(AppError)
            // The bulletin can still be read after the failure.
            expect((await library.get(id).catch(() => ({ title: 'missing' }))).title).toMatch(/Thông báo|missing/)
          }
          await library.close()
          const after = await stateOf(root)
          if (outcome === 'done') done.add(after)
          else expect([before, ...done, after], `${name}, call ${at}`).toContain(after)
          if (!wasReached) break
        }
        expect(failures).toBeGreaterThan(0)
        // Every operation that succeeded ends in the same state.
        expect(done.size).toBe(1)
        expect([...done][0]).not.toBe(before)
      },
    )
  },
)

async function onlyId(library: Library): Promise<string> {
  for (const filter of [{}, { inTrash: true }]) for (const { id } of (await library.list(filter, 0, 1)).items) return id
  return ''
}

/**
 * Runs work again and again: first with a fault at its first call, then at its second call, and so on. Returns how
 * often the work failed.
 */
async function forEveryCall(
  work: (at: number) => Promise<{ run(): Promise<unknown>; check(failed: boolean): Promise<void> }>,
): Promise<number> {
  for (let at = 1, failures = 0; ; at++) {
    const { run: attempt, check } = await work(at)
    fault.calls = 0
    fault.at = at
    const outcome = await attempt().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    const wasReached = fault.calls >= at
    fault.at = 0
    if (outcome !== null) {
      failures += 1
      expect(outcome, `call ${at}`).toBeInstanceOf(AppError)
    }
    await check(outcome !== null)
    if (!wasReached) return failures
  }
}

describe.each(['EIO', 'short'] as const)(
  'if the n-th call that changes the disk fails with %s, for every n,',
  (kind) => {
    beforeEach(() => {
      fault.kind = kind
    })

    it('a backup leaves either the complete new file or the old file, and no other file', async () => {
      const root = await freshRoot()
      const place = await temporaryFolder()
      const file = join(place, 'kho.bantin')
      const failures = await forEveryCall(async () => {
        await writeFile(file, 'the old one')
        return {
          run: () => writeBackup(root, file, { program: 'test', now: new Date() }),
          async check(failed) {
            const isOld = (await readFile(file, 'utf8')) === 'the old one'
            // The new file is also there if only the sync of its folder failed.
            if (!failed) expect(isOld).toBe(false)
            if (!isOld) expect((await restored(file)).isWhole).toBe(true)
            expect(await readdir(place)).toEqual(['kho.bantin'])
          },
        }
      })
      expect(failures).toBeGreaterThan(2)
    })

    it('a change of settings leaves either the new or the old settings', async () => {
      const folder = await temporaryFolder()
      const failures = await forEveryCall(async (at) => {
        const ports = testPorts(join(folder, String(at)))
        const settings = await openSettings(ports)
        await settings.change({ theme: 'night' })
        return {
          run: () => settings.change({ theme: 'white' }),
          async check(failed) {
            expect(settings.get().theme).toBe(failed ? 'night' : 'white')
            // The new settings are also there if only the sync of their folder failed.
            expect(failed ? ['night', 'white'] : ['white']).toContain((await openSettings(ports)).get().theme)
          },
        }
      })
      expect(failures).toBeGreaterThan(2)
    })

    it('a migration leaves a backup and the old or new format, and the next start finishes it', async () => {
      const steps: Migration[] = [
        {
          from: 'bantin-library/1.0',
          to: 'bantin-library/1.1',
          async run({ root, writeDocument }) {
            for (const folder of await listBulletinFolders(root))
              await writeDocument(join(root, folder, 'status.json'), { starred: true })
          },
        },
      ]
      const formatOf = async (root: string): Promise<string> =>
        (JSON.parse(await readFile(join(root, 'library.json'), 'utf8')) as { format: string }).format
      const failures = await forEveryCall(async () => {
        const root = await freshRoot()
        let opened: Library | null = null
        return {
          run: async () => (opened = await openTestLibrary(root, { migrations: steps })),
          async check(failed) {
            await opened?.close()
            if (!failed) expect(await formatOf(root)).toBe('bantin-library/1.1')
            const library = await openTestLibrary(root, { migrations: steps })
            expect(await formatOf(root)).toBe('bantin-library/1.1')
            expect(await library.count()).toMatchObject({ all: 1, starred: 1 })
            expect((await library.verify({})).damaged).toEqual([])
            expect(await readdir(join(root, 'backups'))).toContain('before-bantin-library-1.1.bantin')
            expect((await readdir(join(root, 'backups'))).filter((name) => name.endsWith('.part'))).toEqual([])
            await library.close()
          },
        }
      })
      expect(failures).toBeGreaterThan(5)
    })
  },
)

describe('createDocumentWriter', () => {
  it('control: createDocumentWriter throws disk-full if its store silently writes a part of the file', async () => {
    const root = await freshRoot()
    const { createDocumentWriter } = await import('../../../../../src/core/document-writer')
    const { writeFileSync, readFileSync } = await import('node:fs')
    const write = createDocumentWriter(
      (place) => {
        const store = openStore(place)
        return {
          path: store.path,
          get store() {
            return store.store
          },
          set store(value) {
            store.store = value
            writeFileSync(store.path, readFileSync(store.path).subarray(0, 10))
          },
        }
      },
      join(root, 'tmp'),
    )
    await expect(write(join(root, 'x.json'), { a: 'long enough to be cut' })).rejects.toMatchObject({
      code: 'disk-full',
    })
  })
})
