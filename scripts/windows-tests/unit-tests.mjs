// Runs unit tests under Wine with the Windows build of Node and of vitest's native packages. The folder of the project
// is mounted as C:\project, for reading only.
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fetchPackage } from '../package/node-runtime.mjs'
import { root } from '../project.mjs'
import { addCounts, report } from './results.mjs'
import { driveOf, runWindows } from './wine-system.mjs'

const library = 'tests/unit/core/library'
/** The groups of unit tests. Each group is one run of vitest. */
const groups = [
  ['files', ['tests/unit/core/files.test.ts', 'tests/unit/core/temporary-folders.test.ts']],
  ['lock', [`${library}/lock`]],
  ['store', [`${library}/store`]],
  ['two writers', ['tests/unit/core/shared-access/two-writers.test.ts']],
  ['100 kills', [`${library}/recovery/kill-at-random.test.ts`]],
  [
    'recovery',
    ['after-crash', 'identity-without-index', 'last-verify', 'merge-folders', 'rebuild-of-index', 'recover'],
  ],
  ['damaged documents', [`${library}/recovery/damaged-documents.test.ts`]],
]

/** Runs the groups. Prints each failed test and the counts of each group. */
export function testUnits(wine) {
  installNativePackages(wine)
  for (const [name, files] of groups) {
    const paths = files.map((file) => (file.includes('/') ? file : `${library}/recovery/${file}.test.ts`))
    const result = join(driveOf(wine), 'unit.json')
    rmSync(result, { force: true })
    const run = runWindows(
      wine,
      'C:\\bantin\\node.exe',
      [
        'C:\\project\\node_modules\\vitest\\vitest.mjs',
        ...['run', ...paths, '--root', 'C:\\project', '--pool', 'threads', '--no-file-parallelism', '--no-cache'],
        ...['--reporter=json', '--outputFile.json=C:\\unit.json'],
      ],
      ['BANTIN_KILL_ROUNDS=100'],
    )
    if (existsSync(result)) reportGroup(name, JSON.parse(readFileSync(result, 'utf8')))
    else report(`unit tests: ${name}`, false, run)
  }
}

function reportGroup(name, { numPassedTests, numPendingTests, testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failures = tests.filter(({ status }) => status === 'failed')
  for (const { fullName, failureMessages } of failures)
    console.log(`FAIL ${fullName}\n     ${failureMessages.join('\n').slice(0, 900)}`)
  for (const { name: file, message, assertionResults } of testResults)
    if (assertionResults.length === 0) report(file, false, { exit: 1, err: message })
  console.log(`ok   unit tests: ${name}: ${numPassedTests} passed, ${numPendingTests} not for Windows`)
  addCounts({ passed: numPassedTests, failed: failures.length })
}

/** Puts the Windows builds of two packages into C:\node_modules, where Node looks after C:\project\node_modules. */
function installNativePackages(wine) {
  for (const [name, owner] of [
    ['@rolldown/binding-win32-x64-msvc', 'rolldown'],
    ['lightningcss-win32-x64-msvc', 'lightningcss'],
  ]) {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', owner, 'package.json'), 'utf8'))
    const fetched = fetchPackage(name, version)
    if ('reason' in fetched) throw new Error(`test:windows: ${fetched.reason}`)
    const target = join(driveOf(wine), 'node_modules', name)
    rmSync(target, { recursive: true, force: true })
    cpSync(fetched.folder, target, { recursive: true })
  }
}
