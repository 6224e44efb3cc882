import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { pageBrowserPath } from '../support/chromium'
import { root } from '../support/paths'

interface Report {
  ok: boolean
  steps: { name: string; ok: boolean; details: Record<string, unknown> }[]
}

/** Runs the self test of a build in the shim, with its own temporary folder. */
function runSelfTest(
  main: string,
  temporary: string,
  env: Record<string, string> = {},
): { status: number | null; report: Report; lines: string[] } {
  const run = spawnSync(process.execPath, [join(root, 'tests', 'electron-shim', 'run.mjs'), main, '--self-test'], {
    encoding: 'utf8',
    env: { ...process.env, CHROME_PATH: pageBrowserPath, TMPDIR: temporary, TEMP: temporary, ...env },
    input: '',
  })
  // Lines that begin with SHIM are ignored, because the shim prints them and Electron does not.
  const lines = run.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('SHIM '))
  return { status: run.status, report: JSON.parse(lines[0] ?? 'null') as Report, lines }
}

test.describe('the self test of the desktop program', () => {
  let folder: string
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bantin-self-test-spec-'))
    mkdirSync(join(folder, 'tmp'))
  })
  test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

  test('the self test of a good build passes each step, prints one line of JSON and leaves no file behind', () => {
    const library = join(folder, 'users-library')
    const env = { BANTIN_LIBRARY: library, BANTIN_CONFIG: join(folder, 'users-config') }
    const { status, report, lines } = runSelfTest(join(root, 'out', 'main', 'index.js'), join(folder, 'tmp'), env)
    expect(report.steps.map(({ name, ok }) => `${name} ${ok}`)).toEqual(
      ['import', 'search', 'print', 'window', 'quit'].map((name) => `${name} true`),
    )
    expect(report.steps[0]?.details['title']).toContain('phong trào thi đua yêu nước')
    expect(report.ok).toBe(true)
    expect(status).toBe(0)
    expect(lines).toHaveLength(1)
    expect(readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('bantin-self-test'))).toEqual([])
    expect([library, env.BANTIN_CONFIG].filter((path) => existsSync(path))).toEqual([])
  })

  const faults: [problem: string, step: string, path: string][] = [
    ['without the script of its parsing threads', 'import', join('out', 'main', 'parsing-worker.js')],
    ['without the sample bulletin', 'import', join('resources', 'sample', 'bulletin-2020-09-08.txt')],
    ['without the page of its window', 'window', join('out', 'renderer', 'index.html')],
  ]
  for (const [problem, step, path] of faults)
    test(`the self test of a build ${problem} fails in the step "${step}" and ends with 1`, () => {
      for (const part of ['out', 'resources']) cpSync(join(root, part), join(folder, part), { recursive: true })
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
      rmSync(join(folder, path))
      const { status, report } = runSelfTest(join(folder, 'out', 'main', 'index.js'), join(folder, 'tmp'))
      expect(report.ok).toBe(false)
      expect(report.steps.at(-1)).toMatchObject({ name: step, ok: false })
      expect(status).toBe(1)
    })
})
