// Tests of `bantin export`, which they run in the same way as a shell script.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { unzipSync } from 'fflate'
import { cli, root, bulletinFixtures } from '../support/paths'
import { jsonOf, expectFullDiskError, expectRefused, type Refusal, type Run, runCli } from '../support/run-cli'

test.describe.configure({ mode: 'default', timeout: 120_000 })

let folder: string
let id: string

const bantin = (words: string[]): Run => runCli(folder, words)
const json = (words: string[]) => jsonOf(bantin([...words, '--json'])) as Record<string, unknown>

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bantin-export-'))
  const added = json(['import', join(root, 'resources', 'sample'), bulletinFixtures])
  id = (added['added'] as { id: string; path: string }[]).find(({ path }) => path.includes('2020-09-08'))?.id ?? ''
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('each format of `bantin export` writes a file with the requested name', () => {
  const starts: Record<string, string> = {
    ...{ html: '<!doctype html>', epub: 'PK\u0003\u0004', text: '\uFEFFĐẩy mạnh', markdown: '08/09/2020', json: '{' },
  }
  for (const [format, start] of Object.entries(starts)) {
    const file = join(folder, `a.${format}`)
    const answer = json(['export', id, '--format', format, '-o', file])
    expect(answer, format).toEqual({ files: [file], bulletins: 1, leftOut: 0, failed: [] })
    expect(readFileSync(file, 'utf8').startsWith(start), format).toBe(true)
  }
  const shown = JSON.parse(bantin(['show', id, '--format', 'json']).out) as unknown
  expect(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'))).toEqual(shown)
})

test('the ending of the file name chooses the export format if --format is missing', () => {
  const starts: Record<string, string> = {
    epub: 'PK\u0003\u0004',
    txt: '\uFEFF',
    MD: '08/09/2020',
    json: '{',
    htm: '<!doctype',
  }
  for (const [ending, start] of Object.entries(starts)) {
    const file = join(folder, `named.${ending}`)
    expect(json(['export', id, '-o', file]), ending).toMatchObject({ files: [file] })
    expect(readFileSync(file, 'utf8').startsWith(start), ending).toBe(true)
  }
})

test('`bantin export` exports the bulletins of a query or a period, and gives a file in an output folder a name that no other file has', () => {
  const target = `${join(folder, 'out')}/`
  const all = json(['export', '--since', '2000-01-01', '--format', 'text', '-o', target])
  expect(all).toMatchObject({ bulletins: 7, failed: [] })
  const [zip = ''] = all['files'] as string[]
  expect(basename(zip)).toMatch(/7 bản tin\.zip$/)
  expect(Object.keys(unzipSync(readFileSync(zip)))).toHaveLength(7)
  const names = [1, 2].map(() =>
    basename(
      String(
        (
          json(['export', '--query', 'thi dua yeu nuoc', '--until', '2020-12-31', '-o', target])['files'] as string[]
        )[0],
      ),
    ),
  )
  expect(names[0]).toMatch(/^2020-09-08 - Đẩy mạnh.*\.html$/)
  expect(names[1]).toBe(names[0]?.replace(/\.html$/, ' (2).html'))
  expect(json(['export', '--since', '2030-01-01', '-o', join(folder, 'none.html')])).toMatchObject({ files: [] })
  expect(existsSync(join(folder, 'none.html'))).toBe(false)
})

test('options of `bantin export` choose the revision and the parts of the exported file', () => {
  const file = join(folder, 'b.txt')
  bantin(['export', id, '--format', 'text', '-o', file])
  expect(readFileSync(file, 'utf8')).toContain('SHA-256')
  bantin(['export', id, '--format', 'text', '-o', file, '--no-source'])
  expect(readFileSync(file, 'utf8')).not.toContain('SHA-256')
  bantin(['repairs', id, '--undo', 'eth'])
  const page = join(folder, 'b.html')
  const caption = (...version: string[]): string => {
    bantin(['export', id, '-o', page, ...version])
    return /<figcaption>(.)/.exec(readFileSync(page, 'utf8'))?.[1] ?? ''
  }
  // U+0110 is the repaired letter, and U+00D0 is the letter as received.
  expect([caption(), caption('--revision', '1')]).toEqual(['\u00D0', '\u0110'])
})

test('`bantin export` with a usage error prints one sentence and leaves no file', () => {
  const file = join(folder, 'x.html')
  const refusals: Refusal[] = [
    [['export', id], 2, /bantin export/],
    [['export', id, '-o', file, '--format', 'docx'], 2, /--format/],
    [['export', id, '--query', 'a', '-o', file], 2, /bantin export/],
    [['export', '--query', 'a', '--revision', '1', '-o', file], 2, /bantin export/],
    [['export', id, '--revision', '9', '-o', file], 4, /9/],
    [['export', '0123456789abcdef', '-o', file], 4, /0123456789abcdef/],
    [['export', id, '-o', join(folder, `${'a'.repeat(300)}.html`)], 1, /Tên tệp dài quá/],
    [['export', id, '-o', join(cli, 'a.html')], 1, /Không ghi được vào/],
  ]
  expectRefused(folder, refusals, file)
  expect(bantin(['--help']).out).toContain('export MÃ…')
})

test('`bantin export` reports a full disk and leaves no file', () => {
  expectFullDiskError(folder, 16, (disk) => ['export', id, '-o', join(disk, 'a.html')])
})
