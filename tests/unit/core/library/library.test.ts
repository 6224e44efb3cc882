import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles } from '../../../../src/core/library/store/commit'
import { sha256 } from '../../../../src/core/library/store/identity'
import { listBulletinFolders } from '../../../../src/core/library/store/bulletin-folders'
import { additionOf, openTestLibrary, temporaryFolder } from '../../support/library'

async function onlyFolder(root: string): Promise<string> {
  const [folder] = await listBulletinFolders(root)
  if (folder === undefined) throw new Error('no bulletin was stored')
  return join(root, folder)
}

describe('adding a page to a library', () => {
  it('a new bulletin has the files that docs/format/library-1.md lists, and is read back unchanged', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const addition = additionOf()
    const { id, outcome, folder } = await library.add(addition)
    expect(outcome).toBe('added')
    expect(folder).toBe(`bulletins/2020/09/2020-09-08-bac-kan-day-manh-thi-dua-${id.slice(0, 8)}`)
    const hash = sha256(addition.bytes)
    expect(await listFiles(join(root, folder))).toEqual([
      'bulletin.json',
      'captures/20261124T031500Z.json',
      `files/${hash.slice(0, 32)}.txt`,
      'index.html',
      'manifest-sha256.txt',
      'revisions/0001.json',
    ])
    const bulletin = await library.get(id)
    expect(bulletin).toMatchObject({
      title: 'Bắc Kạn đẩy mạnh thi đua',
      publishedAt: '2020-09-08',
      revision: { number: 1, cause: 'first-capture', capturedAt: '2026-11-24T03:15:00.000Z' },
      captures: [{ sha256: hash, bytes: addition.bytes.byteLength, originalFileName: 'ban-tin.txt' }],
      status: { read: false, starred: false, tags: [], position: null },
    })
    expect(Buffer.from(await library.readFile(id, `${hash.slice(0, 32)}.txt`))).toEqual(addition.bytes)
  })

  it('the paths of a bulletin have at most 120 characters from a-z, 0-9 and . - _ (and T and Z in times)', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    await library.add(
      additionOf({ title: 'Ủy ban nhân dân tỉnh Bắc Kạn «thông báo» về việc: nghỉ lễ / CON \\ NUL? '.repeat(4) }),
    )
    const paths = (await listFiles(root)).filter((path) => path.startsWith('bulletins/'))
    expect(paths.length).toBeGreaterThan(4)
    for (const path of paths) expect(path).toMatch(/^[a-z0-9._/TZ-]{1,120}$/)
  })

  it('a second import of the same bytes returns the outcome "unchanged" and stores nothing', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    await library.add(additionOf())
    const before = await listFiles(root)
    expect((await library.add(additionOf())).outcome).toBe('unchanged')
    expect((await listFiles(root)).filter((path) => !before.includes(path))).toEqual([])
  })

  it.each([
    { what: 'a changed text', body: 'Nội dung đã sửa./.', outcome: 'revised', revision: 2 },
    { what: 'the same text in other bytes', body: 'Nội  dung./.', outcome: 'unchanged', revision: 1 },
  ])('$what from a known address is stored as $outcome', async ({ body, outcome, revision }) => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const address = 'http://backan.gov.vn/pages/ban-tin?utm_source=x#top'
    const first = await library.add(additionOf({ address }))
    const again = await library.add(additionOf({ address: 'https://backan.gov.vn/pages/ban-tin', body }))
    expect(again).toMatchObject({ id: first.id, outcome })
    const bulletin = await library.get(first.id)
    expect(bulletin.revision.number).toBe(revision)
    expect(bulletin.captures).toHaveLength(2)
    expect((await library.verify({})).damaged).toEqual([])
  })

  it('an automatic check that finds the same text in other bytes creates no capture', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const address = 'https://backan.gov.vn/pages/ban-tin'
    const { id } = await library.add(additionOf({ address }))
    const checked = await library.addAutomatically(additionOf({ address, body: 'Nội  dung./.' }))
    expect(checked).toMatchObject({ id, outcome: 'unchanged' })
    expect((await library.get(id)).captures).toHaveLength(1)
  })

  it('if two addresses have the same short text, both bulletins are stored and their relation is recorded', async () => {
    const root = await temporaryFolder()
    const relationsOf = async (folder: string): Promise<unknown> =>
      (JSON.parse(await readFile(join(root, folder, 'bulletin.json'), 'utf8')) as { relations: unknown }).relations
    const library = await openTestLibrary(root)
    const first = await library.add(additionOf({ address: 'https://backan.gov.vn/1' }))
    // The rows of new bulletins are not in the index until the batch ends.
    await library.batch(async () => {
      await library.add(additionOf({ address: 'https://thainguyen.gov.vn/9', title: 'Bản tin khác' }))
      const second = await library.add(additionOf({ address: 'https://thainguyen.gov.vn/1' }))
      expect(second.outcome).toBe('added')
      expect(await relationsOf(second.folder)).toEqual([{ type: 'sameTextAs', id: first.id }])
      const third = await library.add(additionOf({ address: 'https://thainguyen.gov.vn/2', title: 'Bản tin khác' }))
      expect(await relationsOf(third.folder)).toMatchObject([{ type: 'sameTextAs' }])
    })
    expect(await relationsOf(first.folder)).toEqual([])
    expect((await library.verify({})).damaged).toEqual([])
  })

  it.each([
    ['another host', 'https://thainguyen.gov.vn/tin/7', 'republished'],
    ['another path of the same host', 'https://backan.gov.vn/in-an/1', 'canonical'],
  ])('the same long text from %s is stored once, with both addresses', async (_name, address, how) => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const body = 'Ủy ban nhân dân xã họp bàn việc sửa kênh trước mùa lũ. '.repeat(6).trim()
    const first = await library.add(additionOf({ address: 'https://backan.gov.vn/1', body }))
    const second = await library.add(additionOf({ address, body: `${body} ` }))
    expect(second).toMatchObject({ id: first.id, outcome: 'unchanged', isOtherAddress: true })
    const bulletin = await library.get(first.id)
    expect(bulletin).toMatchObject({ url: 'https://backan.gov.vn/1', otherUrls: [address] })
    expect(bulletin.captures).toHaveLength(2)
    const stored = JSON.parse(await readFile(join(root, first.folder, 'bulletin.json'), 'utf8')) as {
      addresses: { how: string }[]
    }
    expect(stored.addresses[0]?.how).toBe(how)
    // The bulletin gets the address only once, even if the page is added several times.
    await library.add(additionOf({ address, body: `${body}  ` }))
    expect((await library.get(first.id)).otherUrls).toEqual([address])
    const other = await library.add(additionOf({ address: 'https://sonla.gov.vn/2', body: `${body} Kết quả khác.` }))
    expect(other.outcome).toBe('added')
    expect((await library.verify({})).damaged).toEqual([])
  })

  it('a clearly different text from the same address is stored as another bulletin', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const address = 'https://backan.gov.vn/tin-moi'
    const first = await library.add(additionOf({ address }))
    const other = await library.add(
      additionOf({ address, title: 'Lịch tiếp công dân tháng 9', body: 'Hoàn toàn khác.' }),
    )
    expect(other).toMatchObject({ id: `${first.id}~2`, outcome: 'added' })
    expect((await library.verify({})).damaged).toEqual([])
  })
})

describe('the status of a bulletin', () => {
  it('a change of the status keeps the fields that a newer version of the program stored', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    await writeFile(join(root, folder, 'status.json'), '{"read":false,"mood":"later"}')
    await library.mark([id], { starred: true })
    expect(JSON.parse(await readFile(join(root, folder, 'status.json'), 'utf8'))).toMatchObject({
      mood: 'later',
      starred: true,
    })
  })

  it('the status is stored in a separate file, and its changes leave the bytes of bulletin.json unchanged', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id } = await library.add(additionOf())
    const path = join(await onlyFolder(root), 'bulletin.json')
    const before = await readFile(path)
    expect(await library.mark([id], { starred: true, read: true, addTags: ['nông thôn mới'] })).toEqual([id])
    expect(await library.mark([id], { starred: true })).toEqual([])
    expect(await library.keepPosition(id, { block: 3, offset: 0.25 })).toBe(true)
    expect(await readFile(path)).toEqual(before)
    await library.close()
    const reopened = await openTestLibrary(root)
    expect((await reopened.get(id)).status).toEqual({
      folder: null,
      read: true,
      starred: true,
      tags: ['nông thôn mới'],
      position: { block: 3, offset: 0.25 },
      highlights: [],
      notes: [],
    })
    expect((await reopened.list({ tag: 'nông thôn mới', starred: true }, 0, 10)).total).toBe(1)
    expect((await reopened.list({ unread: true }, 0, 10)).total).toBe(0)
    expect(await reopened.count()).toEqual({ all: 1, unread: 0, starred: 1, started: 1, trash: 0 })
  })

  it('a change of several statuses changes none of them if one of the ids is unknown', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    const { id } = await library.add(additionOf())
    await expect(library.mark([id, '0000000000000000'], { read: true })).rejects.toMatchObject({
      code: 'bulletin-not-found',
      details: { id: '0000000000000000' },
    })
    expect((await library.get(id)).status.read).toBe(false)
  })
})

describe('the lock of a library', () => {
  it('a second writer fails with library-locked, and the error contains the name of the first writer', async () => {
    const root = await temporaryFolder()
    await openTestLibrary(root)
    await expect(openTestLibrary(root)).rejects.toMatchObject({
      code: 'library-locked',
      details: { program: 'test', pid: process.pid },
    })
  })

  it('other programs can read a locked library but not write to it', async () => {
    const root = await temporaryFolder()
    const writer = await openTestLibrary(root)
    const { id } = await writer.add(additionOf())
    const reader = await openTestLibrary(root, { access: 'read' })
    expect((await reader.get(id)).id).toBe(id)
    await expect(reader.mark([id], { read: true })).rejects.toMatchObject({ code: 'library-read-only' })
  })

  it('the lock of a process that has ended is taken over by the next writer', async () => {
    const root = await temporaryFolder()
    await (await openTestLibrary(root)).close()
    const deadHolder = { pid: 2 ** 22 - 1, processStarted: null, since: '', host: (await import('node:os')).hostname() }
    await writeFile(
      join(root, 'library.lock'),
      JSON.stringify({ ...deadHolder, program: 'old', socket: null, token: 'x' }),
    )
    const library = await openTestLibrary(root)
    expect((await library.add(additionOf())).outcome).toBe('added')
  })

  it('closing a library releases its lock and removes the staging folder', async () => {
    const root = await temporaryFolder()
    await (await openTestLibrary(root)).close()
    expect(await readdir(root)).not.toContain('library.lock')
    expect(await readdir(root)).not.toContain('tmp')
  })
})

describe('opening a library', () => {
  it('a missing library that is opened for reading is empty, and no file is created', async () => {
    const root = join(await temporaryFolder(), 'none')
    const library = await openTestLibrary(root, { access: 'read' })
    expect((await library.count()).all).toBe(0)
    expect((await library.verify({})).checked).toBe(0)
    await expect(readdir(root)).rejects.toThrow('ENOENT')
  })

  it('a library in a higher major format is refused with library-newer', async () => {
    const root = await temporaryFolder()
    await writeFile(join(root, 'library.json'), JSON.stringify({ format: 'bantin-library/2.0', id: 'x', created: '' }))
    for (const access of ['read', 'write'] as const)
      await expect(openTestLibrary(root, { access })).rejects.toMatchObject({ code: 'library-newer' })
  })

  it.each(['missing', 'damaged'])('a library with a %s index returns the same list as before', async (state) => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    await library.add(additionOf())
    await library.add(additionOf({ title: 'Bản tin thứ hai' }))
    const answers = await library.list({}, 0, 10)
    await library.close()
    const index = join(root, 'index.sqlite')
    if (state === 'missing') await rm(index)
    else await writeFile(index, 'not a database '.repeat(1000))
    for (const access of ['read', 'write'] as const)
      expect(await (await openTestLibrary(root, { access })).list({}, 0, 10)).toEqual(answers)
  })
})

describe('the verification of a library', () => {
  it('the verification finds no damage in an unchanged library', async () => {
    const library = await openTestLibrary(await temporaryFolder())
    await library.add(additionOf())
    expect(await library.verify({})).toEqual({ checked: 1, damaged: [] })
  })

  const damages: { what: string; file: RegExp; problem: string; damage: (path: string) => Promise<void> }[] = [
    { what: 'one flipped byte of the capture', file: /^files\//, problem: 'changed', damage: flipByte },
    { what: 'a changed revision', file: /^revisions\//, problem: 'changed', damage: flipByte },
    { what: 'a cut capture document', file: /^captures\//, problem: 'changed', damage: (path) => truncate(path, 5) },
    { what: 'a missing file', file: /^files\//, problem: 'missing', damage: (path) => rm(path) },
    {
      what: 'an empty bulletin.json',
      file: /^bulletin\.json/,
      problem: 'changed',
      damage: (path) => truncate(path, 0),
    },
    { what: 'a missing manifest', file: /^manifest/, problem: 'no-manifest', damage: (path) => rm(path) },
    { what: 'a cut manifest', file: /^manifest/, problem: 'unreadable', damage: (path) => truncate(path, 30) },
  ]
  it.each(damages)('the verification reports the damaged file: $what', async ({ file, problem, damage }) => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { folder, id } = await library.add(additionOf())
    const damaged = (await listFiles(join(root, folder))).find((path) => file.test(path)) ?? ''
    await damage(join(root, folder, damaged))
    expect((await library.verify({})).damaged).toContainEqual({
      id: expect.stringMatching(`^(${id}|${basename(folder)})$`) as string,
      file: `${folder}/${damaged}`,
      problem,
    })
  })

  it('the verification reports a file that the manifest does not list', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { folder, id } = await library.add(additionOf())
    await writeFile(join(root, folder, 'files', 'extra.txt'), 'x')
    expect((await library.verify({})).damaged).toEqual([
      { id, file: `${folder}/files/extra.txt`, problem: 'unexpected' },
    ])
  })
})

describe('damaged documents of a bulletin', () => {
  it.each(['bulletin.json', 'revisions/0001.json', 'captures/20261124T031500Z.json'])(
    'a damaged %s leads to a rebuild with the same status, and the damaged folder is set aside',
    async (file) => {
      const root = await temporaryFolder()
      const library = await openTestLibrary(root)
      const { id, folder } = await library.add(additionOf())
      await library.mark([id], { starred: true })
      await truncate(join(root, folder, file), 3)
      const rebuilt = await library.get(id)
      expect(rebuilt).toMatchObject({ id, title: 'Bắc Kạn đẩy mạnh thi đua', revision: { cause: 'rebuilt' } })
      expect(rebuilt.status.starred).toBe(true)
      const { damaged } = await library.verify({})
      expect(damaged.map(({ problem }) => problem)).toEqual(['set-aside'])
    },
  )

  it('a damaged status is set aside, and the other documents of the bulletin stay in use', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id, folder } = await library.add(additionOf())
    await writeFile(join(root, folder, 'status.json'), '\0\0\0')
    const bulletin = await library.get(id)
    expect(bulletin.revision.cause).toBe('first-capture')
    expect(bulletin.status.read).toBe(false)
    expect(await readdir(join(root, 'damaged'))).toEqual([expect.stringMatching(/-status\.json$/)])
  })

  it('a damaged bulletin does not prevent the library from opening with all other bulletins', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const bad = await library.add(additionOf())
    const good = await library.add(additionOf({ title: 'Bản tin lành' }))
    await library.close()
    // The bulletin has no received files any more, so it can't be rebuilt.
    await rm(join(root, bad.folder, 'files'), { recursive: true })
    await truncate(join(root, bad.folder, 'bulletin.json'), 0)
    await rm(join(root, 'index.sqlite'))
    await writeFile(join(root, 'library.json'), '')
    const reopened = await openTestLibrary(root)
    expect((await reopened.list({}, 0, 10)).items.map(({ id }) => id)).toEqual([good.id])
    const setAside = await readdir(join(root, 'damaged'))
    expect(setAside.some((name) => name.startsWith(basename(bad.folder)))).toBe(true)
  })
})

async function flipByte(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes[10] = (bytes[10] ?? 0) ^ 1
  await writeFile(path, bytes)
}
