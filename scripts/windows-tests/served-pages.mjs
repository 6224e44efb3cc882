// Runs end-to-end specs of `serve` with the server under Wine and the browser on this machine.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserForTests, chromiumForTests } from '../chromium-for-tests.mjs'
import { packageFile, root } from '../project.mjs'
import { addCounts, report } from './results.mjs'

/** Specs that use the server for importing, reading, searching, marking and exporting. */
const specs = [
  'tests/e2e/collect/import-files.spec.ts',
  'tests/e2e/find/search-and-filters.spec.ts',
  'tests/e2e/hand-on/export.spec.ts',
  'tests/e2e/interface/list-state.spec.ts',
  'tests/e2e/keep/revisions.spec.ts',
  'tests/e2e/read/annotations.spec.ts',
]

/** Runs the specs. Prints each failed test and the counts. */
export function testServedPages(wine) {
  const result = join(tmpdir(), `bantin-windows-e2e-${process.pid}.json`)
  const chromium = chromiumForTests()
  const args = ['test', '--project=serve', ...specs, '--workers=1', '--timeout=240000', '--reporter=json']
  const run = spawnSync(process.execPath, [packageFile('@playwright/test', 'cli.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      CHROME_PATH: chromium,
      BANTIN_TEST_BROWSER: browserForTests(chromium),
      BANTIN_TEST_NODE: join(import.meta.dirname, 'wine-node.mjs'),
      BANTIN_WINE_ROOT: wine,
      PLAYWRIGHT_JSON_OUTPUT_FILE: result,
    },
  })
  if (!existsSync(result)) return report('end-to-end specs of serve', false, { exit: run.status, err: run.stderr })
  const { stats, suites } = JSON.parse(readFileSync(result, 'utf8'))
  rmSync(result)
  for (const line of suites.flatMap((suite) => failuresOf(suite))) console.log(`FAIL ${line}`)
  console.log(`ok   end-to-end specs of serve: ${stats.expected} passed, ${stats.skipped} skipped`)
  addCounts({ passed: stats.expected, failed: stats.unexpected + stats.flaky })
}

function failuresOf({ file, specs: own = [], suites = [] }) {
  const failed = own.filter(({ ok }) => !ok)
  const lines = failed.map(({ title, tests }) => {
    const message = tests.flatMap(({ results }) => results.map(({ error }) => error?.message ?? ''))[0] ?? ''
    return `${file}: ${title}\n     ${message.slice(0, 900)}`
  })
  return [...lines, ...suites.flatMap((suite) => failuresOf(suite))]
}
