import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { cli, sampleFile, bulletinFixtures } from '../support/paths'
import { jsonOf, type Run, runCli, cliEnvironment } from '../support/run-cli'
import { startServer } from '../support/hosts/server-process'

let folder = ''

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bantin-cli-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const bantin = (...words: string[]): Run => runCli(folder, words)
const json = (...words: string[]): unknown => jsonOf(bantin(...words, '--json'))

function importSample(): string {
  const { added } = json('import', sampleFile) as { added: { id: string }[] }
  return added[0]?.id ?? ''
}

test('reading commands treat a missing library as empty and do not create it', () => {
  expect(json('list')).toEqual({ total: 0, items: [] })
  expect(json('search', 'bắc kạn')).toMatchObject({ total: 0, items: [] })
  expect(bantin('verify').exit).toBe(0)
  expect(existsSync(join(folder, 'library'))).toBe(false)
})

test('import names the failed files and imports the rest', () => {
  const [empty, binary, foreign] = ['empty.txt', 'binary.txt', 'foreign.json'].map((name) => join(folder, name))
  writeFileSync(empty ?? '', '')
  writeFileSync(binary ?? '', Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0, 1, 2]))
  writeFileSync(foreign ?? '', '[1]')
  const missing = join(folder, 'missing.txt')
  const run = bantin('import', empty ?? '', binary ?? '', foreign ?? '', missing, sampleFile, '--json')
  expect(run.exit).toBe(1)
  const result = JSON.parse(run.out) as Record<string, { path: string; code: string; message: string }[]>
  expect(Object.keys(result)).toEqual(['added', 'revised', 'unchanged', 'failed'])
  expect(result['added']).toMatchObject([
    { path: sampleFile, title: expect.stringMatching(/^Đẩy mạnh phong trào/) as unknown },
  ])
  expect(result['failed']?.map(({ path }) => path)).toEqual([empty, binary, foreign, missing])
  for (const { message } of result['failed'] ?? []) expect(message).toMatch(/^\p{Lu}.*\.$/su)
  expect(json('import', sampleFile)).toMatchObject({
    added: [],
    revised: [],
    unchanged: [{ path: sampleFile }],
    failed: [],
  })
})

test('show, list and mark print the JSON of the contract', () => {
  const id = importSample()
  expect(json('show', id)).toMatchObject({
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
  expect(json('mark', id, '--read', '--star', '--tag', 'họp')).toEqual({ changed: [id] })
  expect(json('list', '--starred', '--tag', 'họp')).toMatchObject({
    total: 1,
    items: [{ id, read: true, starred: true }],
  })
  expect(json('list', '--unread')).toMatchObject({ total: 0 })
  expect(json('list', '--since', '2020-09-09')).toMatchObject({ total: 0 })
  expect(bantin('show', id, '--format', 'text').out).toContain('Lý Thái Hải')
})

for (const query of ['bac kan', 'day manh', 'đẩy mạnh', 'UBND', 'uy ban nhan dan', '12.840'])
  test(`search finds the seed by "${query}"`, () => {
    const id = importSample()
    expect(json('search', query)).toMatchObject({ total: 1, items: [{ id, snippet: expect.any(String) as unknown }] })
  })

for (const query of ['"', '^', '*', 'NEAR(', 'a OR', ':', '´´', '-', '😀', 'x'.repeat(10_000), '\u0007'])
  test(`search takes ${JSON.stringify(query.slice(0, 12))} without an error`, () => {
    importSample()
    expect(bantin('search', '--json', '--', query)).toMatchObject({ exit: 0 })
  })

test('trash, restore and empty-trash change the named bulletins', () => {
  const id = importSample()
  expect(json('trash', id)).toEqual({ changed: [id] })
  expect(json('list')).toMatchObject({ total: 0 })
  expect(json('restore', id)).toEqual({ changed: [id] })
  json('trash', id)
  expect(json('empty-trash')).toEqual({ changed: [id] })
  expect(bantin('show', id).exit).toBe(4)
})

test('verify names a capture with a flipped byte', () => {
  const id = importSample()
  expect(json('verify')).toEqual({ checked: 1, damaged: [] })
  const { captures } = json('show', id) as { captures: { file: string }[] }
  const found = spawnSync('find', [join(folder, 'library', 'bulletins'), '-path', `*/${captures[0]?.file ?? ''}`], {
    encoding: 'utf8',
  }).stdout.trim()
  const bytes = readFileSync(found)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  writeFileSync(found, bytes)
  const run = bantin('verify', '--json')
  expect(run.exit).toBe(1)
  const { damaged } = JSON.parse(run.out) as { damaged: { id: string; file: string; problem: string }[] }
  expect(damaged).toMatchObject([{ id, problem: 'changed' }])
  expect(damaged[0]?.file).toContain(captures[0]?.file)
})

test('print writes a PDF and reports its number of pages', () => {
  const id = importSample()
  const file = join(folder, 'ra.pdf')
  expect(json('print', id, '-o', file)).toMatchObject({
    files: [file],
    bulletins: 1,
    pages: expect.any(Number),
  })
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
})

const refusals: readonly (readonly [name: string, exit: number, ...words: string[]])[] = [
  ['an unknown command', 2, 'frobnicate'],
  ['an unknown option', 2, 'list', '--nope'],
  ['a date that is not a date', 2, 'list', '--since', 'hôm qua'],
  ['import without a path', 2, 'import'],
  ['an unknown id', 4, 'show', '0000000000000000'],
  ['an id with path characters', 4, 'show', '../../etc/passwd'],
  ['marking an unknown id', 4, 'mark', '0000000000000000', '--read'],
  ['revisions of an unknown id', 4, 'revisions', '0000000000000000'],
  ['trashing an unknown id', 4, 'trash', '../x'],
  ['an id for a command that takes none', 2, 'empty-trash', '0000000000000000'],
  ['a word for a command that takes none', 2, 'list', 'bắc kạn'],
  ['an unsupported language', 2, 'list', '--lang', 'fr'],
  ['a fraction for a whole number', 2, 'list', '--limit', '1.5'],
  ['an empty value', 2, 'list', '--source', ''],
  ['an empty output name', 2, 'export', '--since', '2000-01-01', '-o', ''],
  ['a tag of spaces', 2, 'mark', '0000000000000000', '--tag', '  '],
  ['an option without its value', 2, 'list', '--limit', '--json'],
  ['a switch with a value', 2, 'list', '--unread=yes'],
  ['no command', 2, '--json'],
]
for (const [name, exit, ...words] of refusals)
  test(`${name} exits with ${exit} and a sentence`, () => {
    importSample()
    const run = bantin(...words)
    expect(run.exit).toBe(exit)
    expect(run.err).toMatch(/^bantin: \S/m)
  })

test('a refusal is written in the user’s language, and as data with --json', () => {
  for (const words of [['list', '--nope'], ['list', '--limit'], ['list', '-x'], ['--json'], ['empty-trash', 'x']]) {
    // parseArgs of Node has English messages only.
    expect(bantin(...words).err, words.join(' ')).not.toMatch(/\b(?:option|argument|command|the)\b/i)
    const refused = bantin('--lang', 'en', ...words, '--json')
    expect(refused.err, words.join(' ')).not.toMatch(/[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]/)
    expect(jsonOf(refused)).toMatchObject({ error: { code: 'wrong-usage' } })
  }
  expect(json('--version')).toEqual({ version: expect.stringMatching(/^\d/) as unknown })
})

test('empty-trash with an id deletes nothing', () => {
  const id = importSample()
  json('trash', id)
  expect(bantin('empty-trash', id).exit).toBe(2)
  expect(json('list', '--in-trash')).toMatchObject({ total: 1 })
})

test('an empty variable or option does not make the current folder the library', () => {
  const run = spawnSync(process.execPath, [cli, 'import', sampleFile], {
    cwd: folder,
    env: { ...cliEnvironment(folder), BANTIN_LIBRARY: '' },
  })
  expect(run.status).toBe(0)
  expect(readdirSync(folder)).toEqual(['config'])
  const empty = spawnSync(process.execPath, [cli, 'import', sampleFile, '--library', ''], { cwd: folder })
  expect(empty.status).toBe(2)
  expect(readdirSync(folder)).toEqual(['config'])
})

test('a command finishes its work when nobody reads its output any more', async () => {
  const run = spawn(process.execPath, [cli, 'import', sampleFile, sampleFile, '--library', join(folder, 'library')])
  run.stdout.destroy()
  run.stderr.destroy()
  expect(await once(run, 'exit')).toEqual([0, null])
  expect(json('list')).toMatchObject({ total: 1 })
})

test('a full disk behind stdout is reported in one sentence without a stack trace', () => {
  test.skip(!existsSync('/dev/full'), 'this system has no /dev/full')
  importSample()
  for (const words of [['list'], ['show', '0000000000000000', '--json'], ['--help']]) {
    const full = openSync('/dev/full', 'w')
    const run = spawnSync(process.execPath, [cli, ...words, '--library', join(folder, 'library')], {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    })
    closeSync(full)
    expect(run.status, words.join(' ')).toBe(words[0] === 'show' ? 4 : 1)
    expect(run.stderr, words.join(' ')).toMatch(/^bantin: .*\n$/)
  }
})

test('a folder without write permission is reported and nothing is stored', () => {
  test.skip(process.getuid?.() === 0, 'root can write every folder')
  mkdirSync(join(folder, 'library'))
  chmodSync(join(folder, 'library'), 0o500)
  const run = bantin('import', sampleFile)
  chmodSync(join(folder, 'library'), 0o700)
  expect(run.exit).toBe(1)
  expect(run.err).toContain('bantin: ')
})

test('doctor works on a library of a newer version, where all other commands fail', () => {
  importSample()
  const about = join(folder, 'library', 'library.json')
  writeFileSync(about, readFileSync(about, 'utf8').replace('bantin-library/1.', 'bantin-library/2.'))
  expect(bantin('list').exit).toBe(1)
  const run = bantin('doctor', '--json')
  expect(run.exit).toBe(1)
  expect(jsonOf(run)).toMatchObject({
    node: expect.any(String),
    library: { path: join(folder, 'library'), bulletins: null, problem: { code: 'library-newer' } },
  })
  expect(bantin('doctor').out).toContain('bantin-library/2.')
})

test('the help names every command, in both languages', () => {
  const names = ['import', 'list', 'search', 'show', 'mark', 'revisions', 'diff', 'print', 'trash', 'restore']
  const more = ['empty-trash', 'verify', 'reindex', 'backup', 'restore-backup', 'doctor', 'serve', 'repairs']
  for (const language of ['vi', 'en']) {
    const { out, exit } = bantin('--help', '--lang', language)
    expect(exit).toBe(0)
    for (const name of [...names, ...more]) expect(out, language).toMatch(new RegExp(`(^|\\s)${name}\\s`))
  }
})

test('each command prints its own help, whatever else is on the line', () => {
  for (const words of [
    ['print', '--help'],
    ['--help', 'print'],
    ['print', '-h', '--nope'],
  ]) {
    const { exit, out } = bantin(...words)
    expect(exit, words.join(' ')).toBe(0)
    expect(out).toMatch(/^bantin print /)
    expect(out).toContain('--template')
    expect(out).not.toContain('--accept-certificate')
  }
  expect(bantin('print', '--help', '--lang', 'en').out).toContain('Examples:')
  expect(bantin('--help').out).toContain('--accept-certificate')
  expect(bantin('frobnicate', '--help').exit).toBe(2)
})

test('a folder is imported with all its files, and its backup restores them', () => {
  cpSync(bulletinFixtures, join(folder, 'in'), { recursive: true })
  const { added } = json('import', join(folder, 'in')) as { added: unknown[] }
  expect(added).toHaveLength(6)
  const file = join(folder, 'kho.bantin-backup')
  expect(json('backup', file)).toMatchObject({ file, bulletins: 6 })
  rmSync(join(folder, 'library'), { recursive: true })
  expect(bantin('restore-backup', file).exit).toBe(0)
  expect(json('list')).toMatchObject({ total: 6 })
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`serve releases the library and leaves no lock when ${signal} ends it`, async () => {
    test.skip(process.platform === 'win32', 'Windows ends a process at once when another one sends it a signal')
    const library = join(folder, 'library')
    const { process: host } = await startServer({ cli, library, config: join(folder, 'config') })
    const lock = join(library, 'library.lock')
    // Control: the running host holds the library.
    expect(existsSync(lock)).toBe(true)
    const ended = once(host, 'exit')
    host.kill(signal)
    // A closed terminal closes its output too.
    host.stdout?.destroy()
    expect(await ended).toEqual([0, null])
    expect(existsSync(lock)).toBe(false)
  })
