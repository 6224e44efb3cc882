import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freeBytes, writeDurably } from '../../../src/core/files'
import { listBulletinFolders } from '../../../src/core/library/store/bulletin-folders'
import { createDocumentWriter } from '../../../src/core/document-writer'
import { additionOf, openStore, openTestLibrary, temporaryFolder } from '../support/library'

/** Mounts a small or read-only tmpfs; returns why not where that can't be done. */
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

describe('writing', () => {
  it('leaves the whole new file and nothing staged', async () => {
    const root = await temporaryFolder()
    await writeDurably(join(root, 'tmp'), join(root, 'a'), Buffer.from('one'))
    await writeDurably(join(root, 'tmp'), join(root, 'a'), Buffer.from('two'))
    expect(await readFile(join(root, 'a'), 'utf8')).toBe('two')
    expect(await readdir(join(root, 'tmp'))).toEqual([])
  })

  it('refuses a document that the store wrote differently, and keeps the old one', async () => {
    const root = await temporaryFolder()
    const target = join(root, 'bulletin.json')
    await writeFile(target, 'old')
    const forgetful = createDocumentWriter(
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
    await expect(forgetful(target, { id: 'x' })).rejects.toMatchObject({ code: 'write-failed' })
    expect(await readFile(target, 'utf8')).toBe('old')
  })
})

describe('freeBytes', () => {
  it('uses the nearest existing parent of a folder that does not exist yet', async () => {
    const root = await temporaryFolder()
    expect(await freeBytes(join(root, 'a', 'b', 'c'))).toBeGreaterThan(0)
  })
})

describe('a full disk', () => {
  it('is said, loses nothing, and reading goes on', async (test) => {
    const root = await temporaryFolder()
    const reason = mount(root, 'size=512k')
    test.skip(reason !== null, reason ?? '')
    const library = await openTestLibrary(root)
    const kept = await library.add(additionOf({ title: 'Bản tin đầu tiên' }))
    const large = additionOf({ title: 'Bản tin lớn', body: 'x'.repeat(600_000) })
    await expect(library.add(large)).rejects.toMatchObject({ code: 'disk-full' })
    expect((await library.get(kept.id)).title).toBe('Bản tin đầu tiên')
    expect((await library.verify({ onlyIds: [kept.id] })).damaged).toEqual([])
    expect(await listBulletinFolders(root)).toEqual([kept.folder])
    // Room again: the same bulletin can be stored, and what the failure left does not stand in its way.
    const small = additionOf({ title: 'Bản tin lớn', body: 'ngắn' })
    expect((await library.add(small)).outcome).toBe('added')
  })

  it('would be missed by a plain write (the control)', async (test) => {
    const root = await temporaryFolder()
    const reason = mount(root, 'size=64k')
    test.skip(reason !== null, reason ?? '')
    await writeFile(join(root, 'a'), 'old')
    await writeFile(join(root, 'a'), Buffer.alloc(200_000)).catch(() => undefined)
    expect(await readFile(join(root, 'a'), 'utf8')).not.toBe('old')
  })
})

describe('a read-only library', () => {
  it('is refused for writing and read all the same', async (test) => {
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
