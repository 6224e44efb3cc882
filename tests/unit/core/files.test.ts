import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freeBytes, writeDurably, writeOnce } from '../../../src/core/files'
import { listBulletinFolders } from '../../../src/core/library/store/bulletin-folders'
import { createDocumentWriter } from '../../../src/core/document-writer'
import { additionOf, openStore, openTestLibrary, temporaryFolder } from '../support/library'

/** Mounts a tmpfs with these options. Returns null, or the reason if this machine cannot mount it. */
function mount(at: string, options: string): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at], { stdio: 'pipe' })
  } catch (thrown) {
    return `cannot mount a tmpfs here (${String(thrown).split('\n')[0]})`
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', at])
  })
  return null
}

describe('durable writes', () => {
  it('a durable write leaves the complete new file and no temporary file', async () => {
    const root = await temporaryFolder()
    await writeDurably(join(root, 'tmp'), join(root, 'a'), Buffer.from('one'))
    await writeDurably(join(root, 'tmp'), join(root, 'a'), Buffer.from('two'))
    expect(await readFile(join(root, 'a'), 'utf8')).toBe('two')
    expect(await readdir(join(root, 'tmp'))).toEqual([])
  })

  it('a durable write fails and keeps the old file if the bytes written differ from the new document', async () => {
    const root = await temporaryFolder()
    const target = join(root, 'bulletin.json')
    await writeFile(target, 'old')
    const writeForgetfully = createDocumentWriter(
      (place) => {
        const store = openStore(place)
        return {
          path: store.path,
          get store() {
            return {}
          },
          set store(_value) {
            store.store = { other: 1 }
          },
        }
      },
      join(root, 'tmp'),
    )
    await expect(writeForgetfully(target, { id: 'x' })).rejects.toMatchObject({ code: 'write-failed' })
    expect(await readFile(target, 'utf8')).toBe('old')
  })
})

describe('writeOnce', () => {
  it('writeOnce creates a file, and accepts a second write of the same bytes', async () => {
    const path = join(await temporaryFolder(), '0001.json')
    await writeOnce(path, Buffer.from('bản một'))
    const { ino, mtimeMs } = await stat(path)
    await writeOnce(path, Buffer.from('bản một'))
    expect(await readFile(path, 'utf8')).toBe('bản một')
    expect(await stat(path)).toMatchObject({ ino, mtimeMs })
  })

  it('writeOnce refuses to write other bytes with file-exists, and keeps the stored file', async () => {
    const path = join(await temporaryFolder(), '0001.json')
    await writeOnce(path, Buffer.from('bản một'))
    await expect(writeOnce(path, Buffer.from('bản hai'))).rejects.toMatchObject({ code: 'file-exists' })
    // An empty file and a shorter file count as other bytes too.
    await expect(writeOnce(path, Buffer.from(''))).rejects.toMatchObject({ code: 'file-exists' })
    expect(await readFile(path, 'utf8')).toBe('bản một')
  })

  it('control: a durable write replaces the same file', async () => {
    const root = await temporaryFolder()
    await writeOnce(join(root, 'a'), Buffer.from('bản một'))
    await writeDurably(join(root, 'tmp'), join(root, 'a'), Buffer.from('bản hai'))
    expect(await readFile(join(root, 'a'), 'utf8')).toBe('bản hai')
  })

  it('every document that the library writes once is written with writeOnce', async () => {
    const root = await temporaryFolder()
    const write = createDocumentWriter(openStore, join(root, 'tmp'))
    await write(join(root, '0001.json'), { number: 1 }, { isOnce: true })
    await expect(write(join(root, '0001.json'), { number: 2 }, { isOnce: true })).rejects.toMatchObject({
      code: 'file-exists',
    })
    expect(await readFile(join(root, '0001.json'), 'utf8')).toContain('"number": 1')
    expect(await readdir(join(root, 'tmp'))).toEqual([])
  })
})

describe('a large document', () => {
  const large = { title: 'Tin', entries: Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [at, { at }])) }

  it("a large document is written with the same bytes as the host's store would write", async () => {
    const root = await temporaryFolder()
    const written = await createDocumentWriter(openStore, join(root, 'tmp'))(join(root, 'a.json'), large)
    const store = openStore({ cwd: root, name: 'b' })
    store.store = large
    expect(await readFile(join(root, 'a.json'), 'utf8')).toBe(await readFile(store.path, 'utf8'))
    expect(Buffer.from(written).equals(await readFile(store.path))).toBe(true)
    expect(await readdir(join(root, 'tmp'))).toEqual([])
  })

  it('a large document that does not fit on a full disk leaves the old document unchanged', async (test) => {
    const root = await temporaryFolder()
    const reason = mount(root, 'size=512k')
    test.skip(reason !== null, reason ?? '')
    await writeFile(join(root, 'a.json'), 'old')
    const write = createDocumentWriter(openStore, join(root, 'tmp'))
    await expect(write(join(root, 'a.json'), large)).rejects.toMatchObject({ code: 'disk-full' })
    expect(await readFile(join(root, 'a.json'), 'utf8')).toBe('old')
    expect(await readdir(join(root, 'tmp'))).toEqual([])
  })
})

describe('freeBytes', () => {
  it('freeBytes uses the nearest existing parent if the folder does not exist yet', async () => {
    const root = await temporaryFolder()
    expect(await freeBytes(join(root, 'a', 'b', 'c'))).toBeGreaterThan(0)
  })
})

describe('a full disk', () => {
  it('a write on a full disk fails with disk-full and loses nothing, and the bulletins stay readable', async (test) => {
    const root = await temporaryFolder()
    const reason = mount(root, 'size=512k')
    test.skip(reason !== null, reason ?? '')
    const library = await openTestLibrary(root)
    const stored = await library.add(additionOf({ title: 'Bản tin đầu tiên' }))
    const large = additionOf({ title: 'Bản tin lớn', body: 'x'.repeat(600_000) })
    await expect(library.add(large)).rejects.toMatchObject({ code: 'disk-full' })
    expect((await library.get(stored.id)).title).toBe('Bản tin đầu tiên')
    expect((await library.verify({ onlyIds: [stored.id] })).damaged).toEqual([])
    expect(await listBulletinFolders(root)).toEqual([stored.folder])
    // A smaller bulletin with the same id still fits, because the failed write left no files behind.
    const small = additionOf({ title: 'Bản tin lớn', body: 'ngắn' })
    expect((await library.add(small)).outcome).toBe('added')
  })

  it('control: a plain write on a full disk loses the old file', async (test) => {
    const root = await temporaryFolder()
    const reason = mount(root, 'size=64k')
    test.skip(reason !== null, reason ?? '')
    await writeFile(join(root, 'a'), 'old')
    await writeFile(join(root, 'a'), Buffer.alloc(200_000)).catch(() => undefined)
    expect(await readFile(join(root, 'a'), 'utf8')).not.toBe('old')
  })
})

describe('a read-only library', () => {
  it('a library on a read-only disk can be opened for reading but not for writing', async (test) => {
    const root = await temporaryFolder()
    const place = join(root, 'library')
    await mkdir(place)
    const writer = await openTestLibrary(place)
    const { id } = await writer.add(additionOf())
    await writer.close()
    try {
      execFileSync('mount', ['--bind', '-o', 'ro', place, place], { stdio: 'pipe' })
    } catch (thrown) {
      test.skip(true, `cannot mount read-only here (${String(thrown).split('\n')[0]})`)
    }
    onTestFinished(() => {
      execFileSync('umount', ['-l', place])
    })
    await expect(openTestLibrary(place)).rejects.toMatchObject({ code: 'library-read-only' })
    const reader = await openTestLibrary(place, { access: 'read' })
    expect((await reader.get(id)).id).toBe(id)
  })
})
