// Tests of `bantin print` and `bantin check`, which they run in the same way as a shell script.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { chromiumPath } from '../support/chromium'
import { cli, sampleFile } from '../support/paths'
import { jsonOf, expectFullDiskError, expectRefused, type Refusal, type Run, runCli } from '../support/run-cli'
import { noPdfText } from '../support/pdf-text'

test.skip(noPdfText !== null, noPdfText ?? '')
test.skip(chromiumPath === '', 'no Chromium on this machine')
test.describe.configure({ mode: 'default', timeout: 120_000 })

let folder: string
let id: string

const bantin = (words: string[], env: NodeJS.ProcessEnv = {}): Run =>
  runCli(folder, words, { CHROME_PATH: chromiumPath, ...env })
const json = (run: Run) => jsonOf(run) as Record<string, unknown>

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bantin-print-'))
  const added = json(bantin(['import', sampleFile, '--json']))
  id = (added['added'] as { id: string }[])[0]?.id ?? ''
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('`bantin print` accepts a combination of all its options', () => {
  const file = join(folder, 'a.pdf')
  const options = [
    ...['--paper', 'a5', '--orientation', 'landscape', '--margins', '15/15/20/20', '--size', '10', '--grey'],
    ...['--notes', '--highlights', '--qr', '--toc', '--page-number', 'bottom', '--source-box'],
  ]
  const run = bantin(['print', id, '-o', file, '--template', 'a4', ...options, '--json'])
  expect(run.err).toBe('')
  expect(json(run)).toMatchObject({ files: [file], bulletins: 1 })
  const facts = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
  expect(facts).toMatch(/Page size:\s+59\d(?:\.\d+)? x 4(?:19|20)(?:\.\d+)? pts/)
  expect(Number(/Pages:\s+(\d+)/.exec(facts)?.[1])).toBe(json(run)['pages'])
})

test('`bantin print` prints the bulletins of a query or a period, and gives a file in an output folder a name that no other file has', () => {
  const target = join(folder, 'out')
  const run = bantin(['print', '--query', 'thi dua', '--since', '2020-01-01', '-o', `${target}/`, '--json'])
  expect(json(run)).toMatchObject({ bulletins: 1 })
  const again = bantin(['print', '--until', '2021-01-01', '-o', `${target}/`, '--json'])
  const names = [run, again].map((one) => basename(String((json(one)['files'] as string[])[0])))
  expect(names[0]).toMatch(/^2020-09-08 - Đẩy mạnh phong trào thi đua yêu nước.*\.pdf$/)
  expect(names[1]).toBe(names[0]?.replace(/\.pdf$/, ' (2).pdf'))
  expect(json(bantin(['print', '--since', '2030-01-01', '-o', join(folder, 'none.pdf'), '--json']))).toMatchObject({
    ...{ files: [], bulletins: 0 },
  })
  expect(existsSync(join(folder, 'none.pdf'))).toBe(false)
})

test('`bantin print` for manual duplex printing writes two files, one for each side of the paper', () => {
  const run = bantin(['print', id, '-o', join(folder, 'h.pdf'), '--template', 'booklet', '--sides', 'hand', '--json'])
  const files = json(run)['files'] as string[]
  expect(files.map((file) => basename(file))).toEqual(['h - mặt trước.pdf', 'h - mặt sau.pdf'])
  for (const file of files) expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Pages:\s+2/)
})

test('`bantin check` finds the bulletin of a printed verification code', () => {
  const file = join(folder, 'c.pdf')
  bantin(['print', id, '-o', file])
  const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(text)?.[0] ?? ''
  const known = bantin(['check', code])
  expect(known.exit).toBe(0)
  expect(known.out).toMatch(/Khớp với bản lưu lúc \d\d:\d\d ngày \d\d\/\d\d\/\d{4}/)
  expect(json(bantin(['check', code, '--json']))).toMatchObject({ match: true, id })
  expect(json(bantin(['check', '0000-0000-0000-0', '--json']))).toMatchObject({ match: false, id: null })
  expect(bantin(['check', '7K3M-9X2A-4QTV-C']).exit).toBe(2)
})

test('`bantin print` and `bantin check` with a usage error print one sentence and leave no file', () => {
  const file = join(folder, 'x.pdf')
  const none = bantin(['print', id, '-o', file, '--json'], { CHROME_PATH: '', PATH: '', PROGRAMFILES: '' })
  // The exit code is 5 if no browser is found. Without the variables, the program may still find a browser in one of
  // the usual places.
  if (none.exit !== 0) expect(none).toMatchObject({ exit: 5 })
  rmSync(file, { force: true })
  const refusals: Refusal[] = [
    [['print', id], 2, /bantin print/],
    [['print', id, '-o', file, '--template', 'poster'], 2, /--template/],
    [['print', id, '--query', 'a', '-o', file], 2, /bantin print/],
    [['print', id, '-o', file, '--pages', '90'], 2, /Không có trang «90»/],
    [['print', '0123456789abcdef', '-o', file], 4, /0123456789abcdef/],
    [['print', id, '-o', join(folder, `${'a'.repeat(300)}.pdf`)], 1, /Tên tệp dài quá/],
    [['print', id, '-o', join(cli, 'a.pdf')], 1, /Không ghi được vào/],
  ]
  expectRefused(folder, refusals, file)
})

test('`bantin print` reports a full disk and leaves no file', () => {
  expectFullDiskError(folder, 64, (disk) => ['print', id, '-o', join(disk, 'a.pdf')])
})
