// `npm test`: lint, format and types side by side, unit and architecture, build, end-to-end; stops where one fails.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { browserForTests, chromiumForTests } from './chromium-for-tests.mjs'
import { electronVite, root } from './build-if-stale.mjs'

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`test: needs the project's Node 24 (npm brings it), got ${process.versions.node}`)
  process.exit(1)
}
const require = createRequire(import.meta.url)
const bin = (name, file) => join(dirname(require.resolve(`${name}/package.json`)), file)
const reports = mkdtempSync(join(tmpdir(), 'bantin-reports-'))
const chromium = chromiumForTests()
const browser = browserForTests(chromium)
console.log(
  `test: Node ${process.versions.node}, ${process.platform} ${process.arch}, Chromium at ${chromium}, pages in ${browser}`,
)

const besideEachOther = [
  ['lint', [bin('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0']],
  ['format', [bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['types', [bin('vue-tsc', 'bin/vue-tsc.js'), '--build']],
]
const oneAfterAnother = [
  [
    'unit',
    [
      bin('vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, 'unit.json')}`,
    ],
  ],
  ['build', electronVite('build', '--logLevel', 'warn')],
  ['end-to-end', [bin('@playwright/test', 'cli.js'), 'test', '--reporter=list,json']],
]
const env = {
  ...process.env,
  CHROME_PATH: chromium,
  BANTIN_TEST_BROWSER: browser,
  PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'e2e.json'),
}

const results = await Promise.all(besideEachOther.map(run))
let passed = results.every(Boolean)
for (const step of oneAfterAnother) passed &&= await run(step)
printTotals()
if (!passed) process.exit(1)
rmSync(reports, { recursive: true, force: true })

/** Runs one step to its end; whether it passed. */
async function run([name, args]) {
  console.log(`\ntest: ${name}`)
  const began = Date.now()
  const [status] = await once(spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env }), 'exit')
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  if (status === 0) console.log(`test: ${name} passed in ${seconds} s`)
  else console.error(`\ntest: ${name} failed after ${seconds} s`)
  return status === 0
}

/** Counts of the unit and end-to-end reports, alone on the last line. */
function printTotals() {
  const unit = readReport('unit.json')
  const e2e = readReport('e2e.json')?.stats
  const passed = (unit?.numPassedTests ?? 0) + (e2e?.expected ?? 0) + (e2e?.flaky ?? 0)
  const failed = (unit?.numFailedTests ?? 0) + (e2e?.unexpected ?? 0)
  const skipped = (unit?.numPendingTests ?? 0) + (e2e?.skipped ?? 0)
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(reports, name), 'utf8'))
  } catch {
    return null // the step did not come that far
  }
}
