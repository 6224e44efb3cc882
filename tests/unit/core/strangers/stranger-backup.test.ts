import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { readArchive } from '../../../../src/core/library/backup/read-archive'
import { writeBackup } from '../../../../src/core/library/backup/write-backup'
import { listFiles } from '../../../../src/core/library/store/commit'
import { sha256 } from '../../../../src/core/library/store/identity'
import { createSource } from '../../../../src/core/follow/create-source'
import type { Library } from '../../../../src/core/library/library'
import type { RestoreResult } from '../../../../src/shared/contract/api'
import { additionOf, openTestLibrary, temporaryFolder } from '../../support/library'

const run = { signal: new AbortController().signal, onProgress: () => undefined }
const forged = '<!doctype html><meta http-equiv="refresh" content="0;url=https://hostile.example/"><script>1</script>'
const url = 'http://192.168.1.1/rss'
const source = createSource(
  { url, name: 'Cổng lạ', kind: 'feed', channels: [{ url, kind: 'feed' }], everyMinutes: 5 },
  { now: new Date('2026-11-24T00:00:00Z'), isTyped: true },
)

type Entry = [path: string, bytes: string | Buffer]

/** Writes an archive with these entries and returns its path. */
async function archiveOf(entries: readonly Entry[]): Promise<string> {
  const archive = pack()
  for (const [name, bytes] of entries) archive.entry({ name }, bytes)
  archive.finalize()
  const parts: Buffer[] = []
  for await (const part of archive) parts.push(part as Buffer)
  const file = join(await temporaryFolder(), 'la.tar.gz')
  await writeFile(file, gzipSync(Buffer.concat(parts)))
  return file
}

/** A backup of a library of somebody else, in which `change` has changed the entries. */
async function strangerBackup(change: (entries: Entry[]) => Entry[]): Promise<{ file: string; folder: string }> {
  const root = await temporaryFolder()
  const library = await openTestLibrary(root)
  const { folder } = await library.add(additionOf({ title: 'Tin một', address: 'https://a.gov.vn/1' }))
  await library.sourceStore.putSource(source)
  const file = join(await temporaryFolder(), 'kho.tar.gz')
  await writeBackup(root, file, { ...run, program: 'test', now: new Date() })
  const entries: Entry[] = []
  for await (const { path, bytes } of readArchive(file)) entries.push([path, bytes])
  return { file: await archiveOf(change(entries)), folder }
}

const restore = (library: Library, file: string): Promise<RestoreResult> =>
  library.restoreBackup(file, { ...run, withDeleted: false, onStored: () => undefined })

describe('a backup that another person made', () => {
  it('the restore replaces the index.html of a bulletin with a page that this program writes', async () => {
    const { file, folder } = await strangerBackup((entries) =>
      entries.map(([path, bytes]) => [path, path.endsWith('index.html') ? forged : bytes]),
    )
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    expect(await restore(library, file)).toMatchObject({ added: 1 })
    const page = await readFile(join(root, folder, 'index.html'), 'utf8')
    expect(page).toContain('Tin một')
    expect(page).not.toContain('hostile.example')
    expect((await library.verify({})).damaged).toEqual([])
  })

  it.each(['index.html', 'files/trang.html', 'autorun.inf', 'status.json'])(
    'the restore does not store a bulletin whose manifest lists %s',
    async (name) => {
      const { file, folder } = await strangerBackup((entries) => {
        const others = entries.filter(([path]) => path !== `${folderOf(entries)}/${name}`)
        return others.flatMap(([path, bytes]): Entry[] => {
          if (!path.endsWith('/manifest-sha256.txt')) return [[path, bytes]]
          const line = `${sha256(Buffer.from(forged))}  ${name}\n`
          return [
            [path.replace('manifest-sha256.txt', name), forged],
            [path, `${bytes.toString()}${line}`],
          ]
        })
      })
      const root = await temporaryFolder()
      const library = await openTestLibrary(root)
      const { added, failed } = await restore(library, file)
      expect([added, failed.map(({ code, path }) => [code, path])]).toEqual([0, [['bulletin-damaged', folder]]])
      expect((await listFiles(root)).filter((path) => path.endsWith(`/${name}`))).toEqual([])
    },
  )

  it('control: the restore stores a bulletin whose manifest lists only files of the format', async () => {
    const { file } = await strangerBackup((entries) => entries)
    expect(await restore(await openTestLibrary(await temporaryFolder()), file)).toMatchObject({ added: 1, failed: [] })
  })

  it('a restored source is turned off, without its schedule and without the permission for private addresses', async () => {
    const { file } = await strangerBackup((entries) => entries)
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    expect(await restore(library, file)).toMatchObject({ asleep: 1 })
    expect(await library.sourceStore.readSource(source.id)).toMatchObject({
      isAsleep: true,
      isTyped: false,
      schedule: { everyMinutes: null },
      url,
    })
    const stored = JSON.parse(await readFile(join(root, 'sources', `${source.id}.json`), 'utf8')) as typeof source
    expect([stored.isTyped, stored.schedule.everyMinutes]).toEqual([false, null])
  })

  it('the restored library has no running refresh, no verification result and no page from the folder damaged/', async () => {
    const { file } = await strangerBackup((entries) => [
      ...entries,
      ['refreshes/20261124t000000z-0123abcd/run.json', '{}'],
      [`refreshes/known/${'a'.repeat(16)}.json`, '{}'],
      ['log/verify-2020.jsonl', '{}'],
      ['damaged/x/index.html', forged],
      ['sources/index.html', forged],
      ['log/trang.html', forged],
      ['damaged/x/bulletin.json', '{}'],
      ['log/events-2020.jsonl', '{}\n'],
    ])
    const root = await temporaryFolder()
    await restore(await openTestLibrary(root), file)
    const files = (await listFiles(root)).filter((path) => !path.startsWith('bulletins/'))
    expect(files.filter((path) => /refreshes|verify|\.html$/.test(path))).toEqual([])
    // Control: the harmless files of the same archive are restored.
    expect(files).toEqual(expect.arrayContaining(['damaged/x/bulletin.json', 'log/events-2020.jsonl']))
  })

  it.each(['symlink', 'link'] as const)(
    'a backup with a %s as an entry is reported as incomplete, and the restore makes no link',
    async (type) => {
      const archive = pack()
      archive.entry({ name: 'bantin-backup.json' }, '{}')
      archive.entry({ name: 'log/events-2019.jsonl', type, linkname: '/etc/passwd' })
      archive.finalize()
      const parts: Buffer[] = []
      for await (const part of archive) parts.push(part as Buffer)
      const file = join(await temporaryFolder(), 'lien-ket.tar.gz')
      await writeFile(file, gzipSync(Buffer.concat(parts)))
      const root = await temporaryFolder()
      expect(await restore(await openTestLibrary(root), file)).toMatchObject({ isWhole: false })
      expect(await listFiles(root)).not.toContain('log/events-2019.jsonl')
    },
  )

  it('the restore adds no addresses to a source that the user already follows', async () => {
    const { file } = await strangerBackup((entries) => [
      ...entries,
      [`refreshes/known/${source.id}.json`, JSON.stringify({ pages: {}, entries: {}, isWhole: true })],
    ])
    const mine = await temporaryFolder()
    const library = await openTestLibrary(mine)
    await library.sourceStore.putSource(source)
    await restore(library, file)
    expect(await readdir(join(mine, 'refreshes')).catch(() => [])).toEqual([])
    // Control: the source that comes with the backup gets its crawl state.
    const other = await temporaryFolder()
    await restore(await openTestLibrary(other), file)
    expect(await readdir(join(other, 'refreshes', 'known'))).toEqual([`${source.id}.json`])
  })
})

function folderOf(entries: readonly Entry[]): string {
  return entries.find(([path]) => path.endsWith('/bulletin.json'))?.[0].replace('/bulletin.json', '') ?? ''
}

describe('a backup with two entries of one name', () => {
  const isRevision = ([path]: Entry): boolean => path.endsWith('revisions/0001.json')
  const forge = (entries: Entry[]): Entry[] =>
    entries.filter(isRevision).map(([path, bytes]) => [path, bytes.toString().replace('Tin một', 'Tin giả')])
  const upper = (entries: Entry[]): Entry[] =>
    forge(entries).map(([path, bytes]) => [path.replace('revisions/', 'REVISIONS/'), bytes])

  it.each<[string, (entries: Entry[]) => Entry[]]>([
    ['a forged copy at the end', (entries) => [...entries, ...forge(entries)]],
    ['a forged copy at the beginning', (entries) => [...entries.slice(0, 1), ...forge(entries), ...entries.slice(1)]],
    ['a copy whose name differs by case', (entries) => [...entries, ...upper(entries)]],
    ['a copy of every file', (entries) => [...entries, ...entries.slice(1)]],
  ])('with %s changes no stored bulletin and leaves no file that differs only by case', async (_name, change) => {
    const { file } = await strangerBackup(change)
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    const { id } = await library.add(additionOf({ title: 'Tin một', address: 'https://a.gov.vn/1' }))
    await restore(library, file).catch(() => undefined)
    expect((await library.get(id)).title).toBe('Tin một')
    expect((await library.verify({})).damaged).toEqual([])
    const paths = (await listFiles(root)).map((path) => path.toLowerCase())
    expect(new Set(paths).size).toBe(paths.length)
    expect(JSON.stringify((await library.list({}, 0, 10)).items)).not.toContain('Tin giả')
  })
})
