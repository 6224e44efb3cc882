import { cp, link, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readArchive } from '../../../../src/core/library/backup/read-archive'
import { writeBackup } from '../../../../src/core/library/backup/write-backup'
import { sha256 } from '../../../../src/core/library/store/identity'
import { listFiles } from '../../../../src/core/library/store/commit'
import { createSource } from '../../../../src/core/follow/create-source'
import { additionOf, openTestLibrary, temporaryFolder } from '../../support/library'
import { openFollower } from '../../support/sources'
import { startServer } from '../../support/network'

const run = { signal: new AbortController().signal, onProgress: () => undefined }
const secret = 'MẬT: nội dung ngoài kho'
const forged = '<!doctype html><title>giả</title><script>1</script>'

/** A library that somebody else has written, with one bulletin that has a picture file. */
async function strangerLibrary(): Promise<{ root: string; folder: string; id: string }> {
  const root = await temporaryFolder()
  const library = await openTestLibrary(root)
  const { folder, id } = await library.add(additionOf({ title: 'Tin một', address: 'https://a.gov.vn/1' }))
  await library.close()
  return { root, folder, id }
}

/** Opens the library as a user who has not written it. */
const openAsOther = async (root: string, access: 'read' | 'write' = 'write') =>
  openTestLibrary(root, { access, config: await temporaryFolder(), cache: await temporaryFolder() })

/** Changes a document of a bulletin, and its line in the manifest, as somebody who forges a library does. */
async function forge(folder: string, name: string, change: (document: object) => object): Promise<void> {
  const [path, manifest] = [join(folder, name), join(folder, 'manifest-sha256.txt')]
  const before = await readFile(path)
  // The document is an object, because the program wrote it.
  const after = JSON.stringify(change(JSON.parse(before.toString('utf8')) as object))
  await writeFile(path, after)
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(sha256(before), sha256(Buffer.from(after))))
}

describe('a library with impossible dates', () => {
  it.each([
    'zzz',
    '',
    '+275760-09-14T00:00:00Z',
    '0000-00-00',
    '2020-13-45',
    '1e309',
    '2020-09-08\n<b>',
    '9'.repeat(50),
  ])('lists, opens, finds and accepts bulletins if a bulletin has the date %j', async (value) => {
    const { root, folder, id } = await strangerLibrary()
    const path = join(root, folder)
    const [capture = ''] = await readdir(join(path, 'captures'))
    await forge(path, `captures/${capture}`, (document) => ({ ...document, capturedAt: value }))
    await forge(path, 'revisions/0001.json', (document) => ({
      ...document,
      capturedAt: value,
      published: { value, precision: 'day', asWritten: null, from: 'meta' },
    }))
    for (const access of ['read', 'write'] as const) {
      const library = await openAsOther(root, access)
      expect((await library.list({}, 0, 10)).items).toMatchObject([{ id, publishedAt: null }])
      expect((await library.get(id)).published.value).toBe(null)
      await library.close()
    }
    const library = await openAsOther(root)
    await library.add(additionOf({ title: 'Tin hai' }))
    expect((await library.list({}, 0, 10)).total).toBe(2)
    expect((await library.verify({})).damaged).toEqual([])
  })

  it('control: a date that the program writes is kept', async () => {
    const { root, folder, id } = await strangerLibrary()
    const published = { value: '2020-09-08T07:30:00+07:00', precision: 'minute', asWritten: null, from: 'meta' }
    await forge(join(root, folder), 'revisions/0001.json', (document) => ({ ...document, published }))
    expect((await (await openAsOther(root)).list({}, 0, 10)).items).toMatchObject([
      { id, publishedAt: published.value },
    ])
  })
})

describe('the first opening of a library that another person made', () => {
  it('the program replaces index.html and README.txt of the library by its own', async () => {
    const { root, folder } = await strangerLibrary()
    const page = await readFile(join(root, folder, 'index.html'), 'utf8')
    await writeFile(join(root, folder, 'index.html'), forged)
    await writeFile(join(root, 'README.txt'), 'Hãy mở https://hostile.example')
    await openAsOther(root)
    expect(await readFile(join(root, folder, 'index.html'), 'utf8')).toBe(page)
    expect(await readFile(join(root, 'README.txt'), 'utf8')).not.toContain('hostile')
  })

  it('control: the program keeps a page that its user has changed, because the same user has opened the library before', async () => {
    const { root, folder } = await strangerLibrary()
    await writeFile(join(root, folder, 'index.html'), forged)
    await openTestLibrary(root)
    expect(await readFile(join(root, folder, 'index.html'), 'utf8')).toBe(forged)
  })

  it.each(['read', 'write'] as const)(
    'the program rebuilds the index of the library when the library is opened to %s',
    async (access) => {
      const { root, id } = await strangerLibrary()
      const { DatabaseSync } = await import('node:sqlite')
      const database = new DatabaseSync(join(root, 'index.sqlite'))
      database.prepare('UPDATE bulletins SET title = ?').run('Tin giả')
      database.close()
      const library = await openAsOther(root, access)
      expect((await library.list({}, 0, 9)).items.map(({ title }) => title)).toEqual(['Tin một'])
      expect((await library.get(id)).title).toBe('Tin một')
      await library.close()
      // Control: the user who has built the index gets the answers of this index.
      if (access === 'read')
        expect((await (await openTestLibrary(root)).list({}, 0, 9)).items.map(({ title }) => title)).toEqual([
          'Tin giả',
        ])
    },
  )

  it('the program downloads nothing for the sources of the library until the user turns a source on', async () => {
    const paths: (string | undefined)[] = []
    const { origin } = await startServer((request, response) => {
      paths.push(request.url)
      response.writeHead(200, { 'content-type': 'application/rss+xml' })
      response.end('<rss version="2.0"><channel><title>x</title></channel></rss>')
    })
    const url = `${origin}/rss`
    const source = createSource(
      { url, name: 'Cổng lạ', kind: 'feed', channels: [{ url, kind: 'feed' }], everyMinutes: 5 },
      { now: new Date(0), isTyped: true },
    )
    const { root } = await strangerLibrary()
    await mkdir(join(root, 'sources'), { recursive: true })
    // The mark of another user proves nothing to this user.
    const document = { ...source, approvals: ['x'.repeat(43)] }
    await writeFile(join(root, 'sources', `${source.id}.json`), JSON.stringify(document))
    const { app, call, refresh } = await openFollower({ root, followsSchedules: true })
    const refused = { ok: false, error: { code: 'source-asleep' } }
    expect(await app.call('startRefresh', { sources: null })).toMatchObject(refused)
    expect(await app.call('startRefresh', { sources: [source.id] })).toMatchObject(refused)
    expect(await app.call('startRescue', { id: source.id, month: null })).toMatchObject(refused)
    expect(await app.call('changeSource', { id: source.id, everyMinutes: 60 })).toMatchObject(refused)
    expect(await call('listSources', {})).toMatchObject({
      sources: [{ source: { isAsleep: true, isTyped: false, url }, nextAt: null }],
    })
    expect(paths).toEqual([])
    await call('changeSource', { id: source.id, isAsleep: false })
    // The user has seen the address but has not typed it, so a private address stays refused.
    expect(await refresh(null)).toMatchObject({ sources: [{ state: 'failed', error: { code: 'private-address' } }] })
    expect(paths).toEqual([])
    // Control: the same source is read when the user types its address.
    await call('changeSource', { id: source.id, url })
    expect(await refresh(null)).toMatchObject({ sources: [{ state: 'done' }] })
    expect(paths).toContain('/rss')
  })

  it('the program refuses to open the library if a file or folder of its format is a link', async () => {
    for (const name of ['bulletins', 'sources', 'log', 'library.json', 'index.sqlite', 'tmp']) {
      const { root } = await strangerLibrary()
      const outside = join(await temporaryFolder(), 'x')
      const path = join(root, name)
      await rename(path, outside).catch(() => mkdir(outside))
      await symlink(outside, path)
      for (const access of ['read', 'write'] as const)
        await expect(openAsOther(root, access), name).rejects.toMatchObject({
          code: 'library-has-link',
          details: { path: name },
        })
    }
  })

  it('the library opens if its own folder is a link, because the user chose that link', async () => {
    const { root } = await strangerLibrary()
    const path = join(await temporaryFolder(), 'kho')
    await symlink(root, path)
    expect((await (await openAsOther(path)).list({}, 0, 9)).total).toBe(1)
  })
})

describe('a link inside a library', () => {
  /** Replaces a path of a bulletin by a link to a copy of it outside the library, which contains the secret. */
  async function replaceByLink(path: string): Promise<string> {
    const outside = join(await temporaryFolder(), 'ngoai')
    await cp(path, outside, { recursive: true })
    const target = (await stat(outside)).isDirectory() ? join(outside, (await listFiles(outside))[0] ?? 'x') : outside
    await writeFile(target, (await readFile(target, 'utf8')).replaceAll('Nội dung', secret))
    await rm(path, { recursive: true })
    await symlink(outside, path)
    return target
  }

  it.each(['revisions', 'captures', 'files', 'bulletin.json', 'revisions/0001.json', 'status.json'])(
    'neither a read nor a backup follows a link in the place of %s',
    async (name) => {
      const { root, folder, id } = await strangerLibrary()
      const path = join(root, folder, name)
      await writeFile(join(root, folder, 'status.json'), JSON.stringify({ tags: ['Nội dung'] }))
      await replaceByLink(path)
      const library = await openTestLibrary(root, { access: 'read' })
      const answer = JSON.stringify(await library.get(id).catch(String))
      expect(answer).not.toContain(secret)
      for (const file of await listFiles(join(root, folder)))
        if (file.startsWith('files/'))
          expect(
            Buffer.from(await library.readFile(id, file.slice(6)).catch(() => Buffer.from(''))).toString(),
          ).not.toContain(secret)
      const backup = join(await temporaryFolder(), 'kho.tar.gz')
      await writeBackup(root, backup, { ...run, program: 'test', now: new Date() })
      const saved: string[] = []
      for await (const { bytes } of readArchive(backup)) saved.push(bytes.toString('utf8'))
      expect(saved.join('')).not.toContain(secret)
    },
  )

  it('control: the program reads and saves the same changed file if it is a plain file', async () => {
    const { root, folder, id } = await strangerLibrary()
    const path = join(root, folder, 'status.json')
    await writeFile(path, JSON.stringify({ tags: [secret] }))
    const library = await openTestLibrary(root, { access: 'read' })
    expect((await library.get(id)).status.tags).toEqual([secret])
  })

  it.each(['bulletins/2020', 'bulletins/2020/09'])(
    'if %s is a link, the program reads nothing outside the library through the link',
    async (name) => {
      const { root, id } = await strangerLibrary()
      await replaceByLink(join(root, name))
      const library = await openTestLibrary(root, { access: 'read' })
      await expect(library.get(id)).rejects.toMatchObject({ code: 'bulletin-damaged' })
      expect(
        JSON.stringify(await library.search({ query: 'Nội dung', filter: {}, offset: 0, limit: 9 }).catch(String)),
      ).not.toContain('MẬT')
    },
  )

  it('the program never writes through a link in the place of index.html, of the lock or of the journal', async () => {
    const { root, id, folder } = await strangerLibrary()
    const victim = join(await temporaryFolder(), 'hoso.txt')
    const year = new Date('2026-11-24').getUTCFullYear()
    const page = join(root, folder, 'index.html')
    const journal = join(root, 'log', `events-${year}.jsonl`)
    for (const make of [symlink, link]) {
      await writeFile(victim, 'giữ nguyên')
      for (const path of [page, journal]) {
        await rm(path, { force: true })
        await make(victim, path)
      }
      const library = await openTestLibrary(root)
      await library.add(additionOf({ title: 'Tin một', address: 'https://a.gov.vn/1', body: `Bản mới ${make.name}.` }))
      expect((await library.get(id)).bodyText).toContain('Bản mới')
      expect(await readFile(victim, 'utf8')).toBe('giữ nguyên')
      expect(await readFile(page, 'utf8')).toContain('Bản mới')
      await library.close()
    }
  })
})
