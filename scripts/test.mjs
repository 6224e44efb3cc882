// `npm test`: checks lint, format and types at the same time, then runs unit tests, build and end-to-end tests. The
// script stops at the first step that fails. `npm run test:full` runs each end-to-end spec on each host.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { electronVite } from './build-if-stale.mjs'
import { browserForTests, chromiumForTests } from './chromium-for-tests.mjs'
import { packageFile, requireNode24, root } from './project.mjs'
import { countTests, slowestSpecs, slowestUnitTests } from './test-report.mjs'

requireNode24('test')
const reports = mkdtempSync(join(tmpdir(), 'bantin-reports-'))
const chromium = chromiumForTests()
const browser = browserForTests(chromium)
console.log(
  `test: Node ${process.versions.node}, ${process.platform} ${process.arch}, Chromium at ${chromium}, pages in ${browser}`,
)

const parallelSteps = [
  ['lint', [packageFile('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0']],
  ['format', [packageFile('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['types', [packageFile('vue-tsc', 'bin/vue-tsc.js'), '--build']],
]
const serialSteps = [
  [
    'unit',
    [
      packageFile('vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, 'unit.json')}`,
    ],
  ],
  ['build', electronVite('build', '--logLevel', 'warn')],
  ['end-to-end', [packageFile('@playwright/test', 'cli.js'), 'test', '--reporter=list,json']],
]
const env = {
  ...process.env,
  CHROME_PATH: chromium,
  BANTIN_TEST_BROWSER: browser,
  PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'e2e.json'),
  ...(process.argv.includes('--full') ? { BANTIN_TEST_ALL_HOSTS: '1' } : {}),
}

const results = await Promise.all(parallelSteps.map(run))
let passed = results.every(Boolean)
for (const step of serialSteps) passed &&= await run(step)
printReports()
if (!passed) process.exit(1)
rmSync(reports, { recursive: true, force: true })

/** Runs one step to its end. Returns whether the step passed. */
async function run([name, args]) {
  console.log(`\ntest: ${name}`)
  const startedAt = Date.now()
  const [status] = await once(spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env }), 'exit')
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  if (status === 0) console.log(`test: ${name} passed in ${seconds} s`)
  else console.error(`\ntest: ${name} failed after ${seconds} s`)
  return status === 0
}

/** Prints the slowest tests. The last line holds only the numbers of passed, failed and skipped tests. */
function printReports() {
  const unit = readReport('unit.json')
  const e2e = readReport('e2e.json')
  printSlowest('unit tests', slowestUnitTests(unit, 10))
  printSlowest('end-to-end specs', slowestSpecs(e2e, 10))
  const counts = countTests(unit, e2e)
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
}

function printSlowest(kind, tests) {
  if (tests.length === 0) return
  console.log(`\nslowest ${kind}:`)
  for (const { file, name, ms } of tests) {
    // vitest reports absolute paths, and Playwright reports paths below tests/e2e.
    const path = relative(root, resolve(root, 'tests', 'e2e', file))
    const seconds = (ms / 1000).toFixed(1).padStart(6)
    console.log(`${seconds} s  ${path}: ${name}`)
  }
}

/** Reads a report as JSON. Returns null if the step that writes the report did not run. */
function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(reports, name), 'utf8'))
  } catch {
    return null
  }
}
