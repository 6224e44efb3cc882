// `npm run test:windows`: runs the Windows zip of `npm run package` under Wine. Checks its command line with names and
// paths that Windows treats specially. Wine is not Windows, so some faults stay invisible (docs/releasing.md).
import { unzipSync } from 'fflate'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findWineProblem, prepareWine, releaseWine, runWindows } from './package/wine-system.mjs'
import { requireNode24, root } from './project.mjs'

requireNode24('npm run test:windows')
const wine = process.env.BANTIN_WINE_ROOT ?? join(root, 'dist', '.cache', 'wine')
const made = join(root, 'dist', 'portable')
const zip = existsSync(made) ? readdirSync(made).find((name) => name.endsWith('-windows-x64.zip')) : undefined
const problem = zip === undefined ? 'needs the Windows zip: run `npm run package` first' : findWineProblem(wine)
if (problem !== null) {
  console.error(`test:windows ${problem}`)
  process.exit(5)
}

const drive = join(wine, 'prefix', 'drive_c')
const text = readFileSync(join(root, 'resources', 'sample', 'bulletin-2020-09-08.txt'), 'utf8')
const longFolder = Array.from({ length: 8 }, (_, at) => `thư mục rất dài số ${at} của phòng văn thư`).join('\\')
let failures = 0

prepareWine(wine)
try {
  unpack(join(made, zip))
  for (const name of ['lib', 'cfg', 'vào']) rmSync(join(drive, name), { recursive: true, force: true })
  checkCommands()
  checkNames()
  checkLongPath()
} finally {
  releaseWine(wine)
}
console.log(failures === 0 ? 'test:windows: all passed, under Wine' : `test:windows: ${failures} failed, under Wine`)
process.exitCode = failures === 0 ? 0 : 1

function checkCommands() {
  put('vào\\bản tin.txt', text)
  check('--version', bantin('--version'), 0, /^bantin \d/)
  check('list of an empty library', bantin('list'), 0, /^0 bản tin/m)
  check('import of a name with Vietnamese letters', bantin('import', 'C:\\vào\\bản tin.txt'), 0, /Đã nhập 1/)
  check('import of the same file again', bantin('import', 'C:\\vào\\bản tin.txt'), 0, /đã có/)
  check('search without diacritics', bantin('search', 'bac kan'), 0, /Bắc Kạn/)
  check('verify', bantin('verify'), 0, /tra 1 bản tin: nguyên vẹn/)
  // Wine has no browser, so `bantin doctor` ends with the exit code 5.
  check('doctor', bantin('doctor', '--json'), 5, /"platform": "win32 x64"[^]*"bulletins": 1,/)
  check('backup', bantin('backup', 'C:\\vào\\kho.bantin'), 0, /Đã sao lưu 1/)
  check('restore of the backup', bantin('restore-backup', 'C:\\vào\\kho.bantin'), 0, /đã có 1/)
  check('an unknown command', bantin('khong-co'), 2, /^$/)
}

/**
 * Imports files with names that Linux allows and that Windows treats specially. Each import must print a sentence and
 * must not crash.
 */
function checkNames() {
  for (const name of ['CON.txt', 'aux.html', 'không có.txt', 'NUL', 'hai:chấm.txt', 'cuối .txt ']) {
    const run = bantin('import', `C:\\vào\\${name}`)
    const hasCrashed = run.exit !== 0 && run.exit !== 1
    report(`import of ${JSON.stringify(name)} ends with a sentence`, !hasCrashed && !/\n {4}at /.test(run.err), run)
  }
  check('list after the odd names', bantin('list'), 0, /^1 bản tin/m)
}

function checkLongPath() {
  put(`vào\\${longFolder}\\tin.txt`, text.replace('72 năm', '73 năm'))
  const path = `C:\\vào\\${longFolder}\\tin.txt`
  check(`import of a path of ${path.length} characters`, bantin('import', path), 0, /Đã nhập 1/)
  const library = `C:\\vào\\${longFolder}\\kho`
  check('a library in a long path', bantin('import', path, '--library', library), 0, /Đã nhập 1/)
  check('verify of that library', bantin('verify', '--library', library), 0, /tra 1 bản tin: nguyên vẹn/)
}

function bantin(...words) {
  const variables = ['BANTIN_LIBRARY=C:\\lib', 'BANTIN_CONFIG=C:\\cfg']
  return runWindows(
    wine,
    'C:\\bantin\\node.exe',
    ['C:\\bantin\\out\\main\\cli.js', ...words, '--lang', 'vi'],
    variables,
  )
}

function check(name, run, exit, expected) {
  report(name, run.exit === exit && expected.test(run.out), run)
}

function report(name, isRight, { exit, out, err }) {
  console.log(`${isRight ? 'ok  ' : 'FAIL'} ${name}`)
  if (isRight) return
  failures += 1
  console.log(`     exit ${exit}: ${out.slice(0, 600)} ${err.slice(0, 600)}`)
}

function put(path, content) {
  const target = join(drive, ...path.split('\\'))
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, content)
}

function unpack(file) {
  rmSync(join(drive, 'bantin'), { recursive: true, force: true })
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(file)))) {
    mkdirSync(dirname(join(drive, name)), { recursive: true })
    writeFileSync(join(drive, name), bytes)
  }
}
