import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleFile, bulletinFixtures } from '../support/paths'
import { expect, test } from '../support/cli-test'

test('commands that only read treat a missing library as an empty library, and do not create a library', ({
  bantin,
}) => {
  expect(bantin.json('list')).toEqual({ total: 0, items: [] })
  expect(bantin.json('search', 'bắc kạn')).toMatchObject({ total: 0, items: [] })
  expect(bantin.run('verify').exit).toBe(0)
  expect(existsSync(join(bantin.folder, 'library'))).toBe(false)
})

test('`bantin import` reports the failed files and imports the other files', ({ bantin }) => {
  const [empty, binary, foreign] = ['empty.txt', 'binary.txt', 'foreign.json'].map((name) => join(bantin.folder, name))
  writeFileSync(empty ?? '', '')
  writeFileSync(binary ?? '', Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0, 1, 2]))
  writeFileSync(foreign ?? '', '[1]')
  const missing = join(bantin.folder, 'missing.txt')
  const run = bantin.run('import', empty ?? '', binary ?? '', foreign ?? '', missing, sampleFile, '--json')
  expect(run.exit).toBe(1)
  const result = JSON.parse(run.out) as Record<string, { path: string; code: string; message: string }[]>
  expect(Object.keys(result)).toEqual(['added', 'revised', 'unchanged', 'failed'])
  expect(result['added']).toMatchObject([
    { path: sampleFile, title: expect.stringMatching(/^Đẩy mạnh phong trào/) as unknown },
  ])
  expect(result['failed']?.map(({ path }) => path)).toEqual([empty, binary, foreign, missing])
  for (const { message } of result['failed'] ?? []) expect(message).toMatch(/^\p{Lu}.*\.$/su)
  expect(bantin.json('import', sampleFile)).toMatchObject({
    added: [],
    revised: [],
    unchanged: [{ path: sampleFile }],
    failed: [],
  })
})

test('`bantin show`, `list` and `mark` print JSON that matches the contract', ({ bantin }) => {
  const id = bantin.importSample()
  expect(bantin.json('show', id)).toMatchObject({
    id,
    publishedAt: '2020-09-08',
    published: { value: '2020-09-08', precision: 'day', from: 'text' },
    author: expect.stringMatching(/^Lý Thái Hải - Phó Bí thư Tỉnh ủy, /),
    repairs: [{ kind: 'eth', field: 'caption', count: 1, undone: false }],
    revision: { number: 1, cause: 'first-capture' },
    captures: [{ sha256: createHash('sha256').update(readFileSync(sampleFile)).digest('hex'), url: null }],
    status: { read: false, starred: false, tags: [], position: null },
    language: 'vi',
    attachments: [],
  })
  expect(bantin.json('mark', id, '--read', '--star', '--tag', 'họp')).toEqual({ changed: [id] })
  expect(bantin.json('list', '--starred', '--tag', 'họp')).toMatchObject({
    total: 1,
    items: [{ id, read: true, starred: true }],
  })
  expect(bantin.json('list', '--unread')).toMatchObject({ total: 0 })
  expect(bantin.json('list', '--since', '2020-09-09')).toMatchObject({ total: 0 })
  expect(bantin.run('show', id, '--format', 'text').out).toContain('Lý Thái Hải')
})

for (const query of ['bac kan', 'day manh', 'đẩy mạnh', 'UBND', 'uy ban nhan dan', '12.840'])
  test(`bantin search finds the sample bulletin with the query "${query}"`, ({ bantin }) => {
    const id = bantin.importSample()
    expect(bantin.json('search', query)).toMatchObject({
      total: 1,
      items: [{ id, snippet: expect.any(String) as unknown }],
    })
  })

for (const query of ['"', '^', '*', 'NEAR(', 'a OR', ':', '´´', '-', '😀', 'x'.repeat(10_000), '\u0007'])
  test(`bantin search accepts the query ${JSON.stringify(query.slice(0, 12))} without an error`, ({ bantin }) => {
    bantin.importSample()
    expect(bantin.run('search', '--json', '--', query)).toMatchObject({ exit: 0 })
  })

test('`bantin trash`, `restore` and `empty-trash` change only the bulletins with the given ids', ({ bantin }) => {
  const id = bantin.importSample()
  expect(bantin.json('trash', id)).toEqual({ changed: [id] })
  expect(bantin.json('list')).toMatchObject({ total: 0 })
  expect(bantin.json('restore', id)).toEqual({ changed: [id] })
  bantin.json('trash', id)
  expect(bantin.json('empty-trash')).toEqual({ changed: [id] })
  expect(bantin.run('show', id).exit).toBe(4)
})

test('`bantin verify` reports a stored page in which one byte has changed', ({ bantin }) => {
  const id = bantin.importSample()
  expect(bantin.json('verify')).toEqual({ checked: 1, damaged: [] })
  const { captures } = bantin.json('show', id) as { captures: { file: string }[] }
  const found = spawnSync(
    'find',
    [join(bantin.folder, 'library', 'bulletins'), '-path', `*/${captures[0]?.file ?? ''}`],
    {
      encoding: 'utf8',
    },
  ).stdout.trim()
  const bytes = readFileSync(found)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  writeFileSync(found, bytes)
  const run = bantin.run('verify', '--json')
  expect(run.exit).toBe(1)
  const { damaged } = JSON.parse(run.out) as { damaged: { id: string; file: string; problem: string }[] }
  expect(damaged).toMatchObject([{ id, problem: 'changed' }])
  expect(damaged[0]?.file).toContain(captures[0]?.file)
})

test('`bantin print` writes a PDF and reports the number of pages', ({ bantin }) => {
  const id = bantin.importSample()
  const file = join(bantin.folder, 'ra.pdf')
  expect(bantin.json('print', id, '-o', file)).toMatchObject({
    files: [file],
    bulletins: 1,
    pages: expect.any(Number),
  })
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
})

test('`bantin import` imports a folder with all its files, and a backup of the library restores them', ({ bantin }) => {
  cpSync(bulletinFixtures, join(bantin.folder, 'in'), { recursive: true })
  const { added } = bantin.json('import', join(bantin.folder, 'in')) as { added: unknown[] }
  expect(added).toHaveLength(6)
  const file = join(bantin.folder, 'kho.bantin-backup')
  expect(bantin.json('backup', file)).toMatchObject({ file, bulletins: 6 })
  rmSync(join(bantin.folder, 'library'), { recursive: true })
  expect(bantin.run('restore-backup', file).exit).toBe(0)
  expect(bantin.json('list')).toMatchObject({ total: 6 })
})
