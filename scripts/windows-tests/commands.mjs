// The command line of the Windows zip: its contract, and names and paths that Windows treats specially.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../project.mjs'
import { report } from './results.mjs'
import { driveOf, runWindows } from './wine-system.mjs'

const text = readFileSync(join(root, 'resources', 'sample', 'bulletin-2020-09-08.txt'), 'utf8')
const longFolder = Array.from({ length: 8 }, (_, at) => `thư mục rất dài số ${at} của phòng văn thư`).join('\\')

/** Runs the checks. The zip must be unpacked in C:\bantin. */
export function testCommands(wine) {
  checkCommands(wine)
  checkNames(wine)
  checkLongPath(wine)
}

function checkCommands(wine) {
  put(wine, 'vào\\bản tin.txt', text)
  check('--version', bantin(wine, '--version'), 0, /^bantin \d/)
  check('list of an empty library', bantin(wine, 'list'), 0, /^0 bản tin/m)
  check('import of a name with Vietnamese letters', bantin(wine, 'import', 'C:\\vào\\bản tin.txt'), 0, /Đã nhập 1/)
  check('import of the same file again', bantin(wine, 'import', 'C:\\vào\\bản tin.txt'), 0, /đã có/)
  check('search without diacritics', bantin(wine, 'search', 'bac kan'), 0, /Bắc Kạn/)
  const listed = bantin(wine, 'list', '--json')
  check('list --json', listed, 0, /"total": 1/)
  const id = /"id": "([^"]+)"/.exec(listed.out)?.[1] ?? 'none'
  check('show', bantin(wine, 'show', id), 0, /Bắc Kạn/)
  check('mark', bantin(wine, 'mark', id, '--star'), 0, /1/)
  check('export to HTML', bantin(wine, 'export', id, '-o', 'C:\\vào\\bản in.html'), 0, /bản in\.html/)
  check('export to EPUB', bantin(wine, 'export', id, '-o', 'C:\\vào\\bản in.epub'), 0, /bản in\.epub/)
  check('import of the exported page', bantin(wine, 'import', 'C:\\vào\\bản in.html'), 0, /1/)
  check('show of an unknown bulletin', bantin(wine, 'show', 'khong-co'), 4, /^$/)
  check('trash', bantin(wine, 'trash', id), 0, /1/)
  check('restore', bantin(wine, 'restore', id), 0, /1/)
  check('reindex', bantin(wine, 'reindex'), 0, /\d/)
  check('verify', bantin(wine, 'verify'), 0, /nguyên vẹn/)
  // The doctor ends with 5, because Wine has no browser.
  check('doctor', bantin(wine, 'doctor', '--json'), 5, /"platform": "win32 x64"/)
  check('print without a browser', bantin(wine, 'print', id, '-o', 'C:\\vào\\in.pdf'), 5, /^$/)
  check('backup', bantin(wine, 'backup', 'C:\\vào\\kho.bantin'), 0, /Đã sao lưu/)
  check('backup over a file', bantin(wine, 'backup', 'C:\\vào\\kho.bantin'), 2, /^$/)
  check('restore of the backup', bantin(wine, 'restore-backup', 'C:\\vào\\kho.bantin'), 0, /thêm mới 0/)
  check('an unknown command', bantin(wine, 'khong-co'), 2, /^$/)
  check('a command without its file', bantin(wine, 'import'), 2, /^$/)
}

/** Names that Linux allows and that Windows treats specially. The import must give a sentence and no crash. */
function checkNames(wine) {
  const before = bantin(wine, 'list').out
  for (const name of ['CON.txt', 'aux.html', 'không có.txt', 'NUL', 'hai:chấm.txt', 'cuối .txt ', 'a?b.txt', 'COM1']) {
    const run = bantin(wine, 'import', `C:\\vào\\${name}`)
    const hasCrashed = run.exit !== 0 && run.exit !== 1
    report(`import of ${JSON.stringify(name)} ends with a sentence`, !hasCrashed && !/\n {4}at /.test(run.err), run)
  }
  const after = bantin(wine, 'list')
  report('the odd names have added nothing', after.exit === 0 && after.out === before, after)
}

function checkLongPath(wine) {
  put(wine, `vào\\${longFolder}\\tin.txt`, text.replace('72 năm', '73 năm'))
  const path = `C:\\vào\\${longFolder}\\tin.txt`
  check(`import of a path of ${path.length} characters`, bantin(wine, 'import', path), 0, /Đã nhập 1/)
  const library = `C:\\vào\\${longFolder}\\kho`
  check('a library in a long path', bantin(wine, 'import', path, '--library', library), 0, /Đã nhập 1/)
  check('verify of that library', bantin(wine, 'verify', '--library', library), 0, /tra 1 bản tin: nguyên vẹn/)
}

function bantin(wine, ...words) {
  const variables = ['BANTIN_LIBRARY=C:\\lib', 'BANTIN_CONFIG=C:\\cfg']
  const command = ['C:\\bantin\\out\\main\\cli.js', ...words, '--lang', 'vi']
  return runWindows(wine, 'C:\\bantin\\node.exe', command, variables)
}

function check(name, run, exit, expected) {
  report(name, run.exit === exit && expected.test(run.out), run)
}

function put(wine, path, content) {
  const target = join(driveOf(wine), ...path.split('\\'))
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, content)
}
