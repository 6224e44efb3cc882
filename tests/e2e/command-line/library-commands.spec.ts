import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from '@playwright/test'
import { jsonOf, runCli } from '../support/run-cli'

interface Result {
  code: number | null
  json: unknown
}

/** Playwright's test with the command line and a new library. */
const test = base.extend<{ folder: string; bantin: (...args: string[]) => Result }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find what a fixture needs.
  folder: async ({}, use, info) => {
    base.skip(info.project.name !== 'serve', 'the command line is the same on every host')
    const folder = await mkdtemp(join(tmpdir(), 'bantin-commands-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
  bantin: async ({ folder }, use) => {
    await use((...args) => {
      const run = runCli(folder, [...args, '--json'])
      return { code: run.exit, json: run.out === '' ? null : jsonOf(run) }
    })
  },
})

async function importOne(folder: string, bantin: (...args: string[]) => Result, body = 'Đoạn một.'): Promise<string> {
  const file = join(folder, 'tin.html')
  const head = '<link rel="canonical" href="https://a.gov.vn/1"><title>Thông báo của xã</title>'
  await writeFile(file, `<html><head>${head}</head><body><h1>Thông báo của xã Na Rì</h1><p>${body}</p></body></html>`)
  const { code, json } = bantin('import', file)
  expect(code).toBe(0)
  const { added, revised } = json as { added: { id: string }[]; revised: { id: string }[] }
  return [...added, ...revised][0]?.id ?? ''
}

test('every command reports an id as unknown if the id is malformed or contains a path', async ({ folder, bantin }) => {
  const known = await importOne(folder, bantin)
  const commands: ((id: string) => string[])[] = [
    (id) => ['show', id],
    (id) => ['revisions', id],
    (id) => ['diff', id, '1', '1'],
    (id) => ['mark', known, id, '--star'],
    (id) => ['trash', known, id],
    (id) => ['restore', known, id],
    (id) => ['verify', known, id],
    (id) => ['repairs', id],
  ]
  for (const command of commands)
    for (const id of ['0000000000000000', '../../etc/passwd', `${known}/..`, 'C:\\con'])
      expect(bantin(...command(id)), command(id).join(' ')).toMatchObject({
        code: 4,
        json: { error: { code: 'bulletin-not-found', details: { id } } },
      })
  expect(bantin('list', '--starred').json).toMatchObject({ total: 0 })
  expect(bantin('diff', known, '1', '7')).toMatchObject({ code: 4, json: { error: { code: 'revision-not-found' } } })
  for (const usage of [
    ['revisions'],
    ['diff', known, 'x'],
    ['trash'],
    ['backup'],
    ['backup', 'a', 'b'],
    ['reindex', '--now'],
  ])
    expect(bantin(...usage).code, usage.join(' ')).toBe(2)
})

test('the commands revisions, diff, trash, restore, empty-trash, verify, reindex, backup and restore-backup work together', async ({
  folder,
  bantin,
}) => {
  const id = await importOne(folder, bantin, 'Họp ngày 5 tại trụ sở của xã.')
  await importOne(folder, bantin, 'Họp ngày 7 tại trụ sở của xã.')
  expect(bantin('revisions', id).json).toMatchObject([
    { number: 1, cause: 'first-capture' },
    { number: 2, cause: 'source-changed' },
  ])
  const { changes } = bantin('diff', id).json as { changes: { kind: string; text: string }[] }
  expect(changes.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => [kind, text.trim()])).toEqual([
    ['removed', '5'],
    ['added', '7'],
  ])
  const file = join(folder, 'kho.bantin')
  expect(bantin('backup', file)).toMatchObject({ code: 0, json: { file, bulletins: 1 } })
  expect(bantin('trash', id).json).toEqual({ changed: [id] })
  expect(bantin('list').json).toMatchObject({ total: 0 })
  expect(bantin('restore', id).json).toEqual({ changed: [id] })
  bantin('trash', id)
  expect(bantin('empty-trash').json).toEqual({ changed: [id] })
  expect(bantin('restore-backup', file).json).toMatchObject({ skipped: 1, added: 0 })
  expect(bantin('restore-backup', file, '--with-deleted').json).toMatchObject({ added: 1 })
  expect(bantin('reindex').json).toMatchObject({ indexed: 1 })
  expect(bantin('verify')).toMatchObject({ code: 0, json: { checked: 1, damaged: [] } })
  const [name = ''] = await readdir(join(folder, 'library', 'bulletins', 'undated', `${new Date().getUTCFullYear()}`))
  const page = join(folder, 'library', 'bulletins', 'undated', `${new Date().getUTCFullYear()}`, name, 'bulletin.json')
  await writeFile(page, `${await readFile(page, 'utf8')} `)
  expect(bantin('verify')).toMatchObject({ code: 1, json: { checked: 1, damaged: [{ id, problem: 'changed' }] } })
  expect(bantin('restore-backup', join(folder, 'tin.html'))).toMatchObject({
    code: 1,
    json: { error: { code: 'not-a-backup' } },
  })
  expect([0, 5]).toContain(bantin('doctor').code)
})

test('commands that only read treat a missing library as an empty library, and do not create a library', async ({
  folder,
  bantin,
}) => {
  for (const command of [['list'], ['search', 'họp'], ['verify'], ['backup', join(folder, 'kho.bantin')]])
    expect(bantin(...command).code, command.join(' ')).toBe(0)
  expect(await readdir(folder)).not.toContain('library')
})

test('commands that change bulletins do not create a library, and report that the library is missing', async ({
  folder,
  bantin,
}) => {
  const id = '0000000000000000'
  for (const command of [
    ['trash', id],
    ['restore', id],
    ['mark', id, '--read'],
    ['reread', id, '--encoding', 'vni'],
    ['repairs', id, '--undo', 'eth'],
    ['source', 'remove', id],
    ['refresh', id],
  ])
    expect(bantin(...command), command.join(' ')).toMatchObject({
      code: 4,
      json: { error: { code: 'library-not-found', details: { path: join(folder, 'library') } } },
    })
  expect(bantin('empty-trash')).toMatchObject({ code: 0, json: { changed: [] } })
  expect(bantin('reindex')).toMatchObject({ code: 0, json: { indexed: 0 } })
  expect(bantin('refresh')).toMatchObject({ code: 0, json: { sources: [] } })
  expect(await readdir(folder)).not.toContain('library')
  // Control: the command import creates a library.
  await importOne(folder, bantin, 'Họp ngày 5 tại trụ sở của xã.')
  expect(await readdir(folder)).toContain('library')
  expect(bantin('trash', id)).toMatchObject({ code: 4, json: { error: { code: 'bulletin-not-found' } } })
})

test('`bantin backup` replaces an existing file only with --force', async ({ folder, bantin }) => {
  await importOne(folder, bantin, 'Họp ngày 5 tại trụ sở của xã.')
  const file = join(folder, 'kho.bantin')
  await writeFile(file, 'luận văn của tôi')
  expect(bantin('backup', file)).toMatchObject({ code: 2, json: { error: { code: 'wrong-usage' } } })
  expect(await readFile(file, 'utf8')).toBe('luận văn của tôi')
  expect(bantin('backup', file, '--force')).toMatchObject({ code: 0, json: { file, bulletins: 1 } })
  expect(bantin('restore-backup', file)).toMatchObject({ code: 0, json: { unchanged: 1 } })
})
