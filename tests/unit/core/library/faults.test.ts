import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Library } from '../../../../src/core/library/library'
import { AppError } from '../../../../src/shared/errors'
import { additionOf, openStore, openTestLibrary, temporaryFolder } from '../../support/library'

/** The n-th call that changes the disk fails so; 0 is none. */
const fault = vi.hoisted(() => ({ at: 0, calls: 0, kind: 'EIO' }))

/** Whether this call is the one that fails. */
const isDue = vi.hoisted(() => (): boolean => ++fault.calls === fault.at)
const failure = vi.hoisted(
  () =>
    (call: string): Error =>
      Object.assign(new Error(`${fault.kind}: injected, ${call}`), {
        code: fault.kind === 'short' ? 'EIO' : fault.kind,
      }),
)
/** The same function, with an error at its turn. */
const failing = vi.hoisted(
  () =>
    <T extends (...given: never[]) => unknown>(name: string, run: T): T =>
      ((...given: Parameters<T>) => {
        if (isDue()) throw failure(name)
        return run(...given)
      }) as unknown as T,
)

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  return {
    ...real,
    mkdirSync: failing('mkdir', real.mkdirSync),
    renameSync: failing('rename', real.renameSync),
    writeFileSync: failing('writeFile', real.writeFileSync),
    appendFileSync: failing('appendFile', real.appendFileSync),
    openSync: failing('open', real.openSync),
    fsync: (file: number, done: (error: Error | null) => void) => {
      if (isDue()) done(failure('fsync'))
      else real.fsync(file, done)
    },
    writeSync: (file: number, bytes: Uint8Array, from: number, length: number) => {
      if (!isDue()) return real.writeSync(file, bytes, from, length)
      if (fault.kind !== 'short') throw failure('write')
      // A full disk takes a part, says so, and takes nothing more.
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

const works: Record<string, (library: Library, id: string) => Promise<unknown>> = {
  'adding a bulletin': (library) => library.add(other),
  'adding a revision': (library) => library.add(newer),
  marking: (library, id) => library.mark([id], { starred: true }),
  'moving to the trash': (library, id) => library.trash([id]),
  'deleting for good': async (library, id) => {
    await library.trash([id])
    await library.emptyTrash(null)
  },
}

/** The state a library may be in: before the work or after it, nothing between. */
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

async function freshRoot(): Promise<string> {
  const root = join(await temporaryFolder(), 'library')
  await mkdir(root)
  const library = await openTestLibrary(root)
  await library.add(old)
  await library.close()
  return root
}

describe.each(['EIO', 'ENOSPC', 'short'] as const)('%s at the n-th call that changes the disk, for every n', (kind) => {
  it.each(Object.entries(works))(
    '%s: done or not done, said as an error of ours, nothing damaged',
    async (name, work) => {
      fault.kind = kind
      const before = await stateOf(await freshRoot())
      const done = new Set<string>()
      let failures = 0
      for (let at = 1; ; at++) {
        const root = await freshRoot()
        const library = await openTestLibrary(root)
        const [{ id } = { id: '' }] = (await library.list({}, 0, 1)).items
        fault.calls = 0
        fault.at = at
        const outcome = await work(library, id).then(
          () => 'done' as const,
          (thrown: unknown) => thrown,
        )
        const wasReached = fault.calls >= at
        fault.at = 0
        if (outcome !== 'done') {
          failures += 1
          expect(outcome, `${name}, call ${at}`).toBeInstanceOf(AppError)
          // Reading goes on.
          expect((await library.get(id).catch(() => ({ title: 'gone' }))).title).toMatch(/Thông báo|gone/)
        }
        await library.close()
        const after = await stateOf(root)
        if (outcome === 'done') done.add(after)
        else if (name !== 'deleting for good') expect([before, ...done, after], `${name}, call ${at}`).toContain(after)
        if (!wasReached) break
      }
      expect(failures).toBeGreaterThan(0)
      // However it went wrong on the way, what was acknowledged is always the same.
      expect(done.size).toBe(1)
      expect([...done][0]).not.toBe(before)
    },
  )
})

describe('the store that writes documents', () => {
  it('control: a store that writes short and says nothing is found out', async () => {
    const root = await freshRoot()
    const { documentWriter } = await import('../../../../src/core/library/documents')
    const { writeFileSync, readFileSync } = await import('node:fs')
    const write = documentWriter(
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
