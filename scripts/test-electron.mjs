// `npm run test:electron`: runs the end-to-end specs on the real Electron and prints a report that users can paste into
// an issue.
import { spawnSync } from 'node:child_process'
import { electronVite } from './build-if-stale.mjs'
import { findElectron } from './electron-path.mjs'
import { packageFile, root } from './project.mjs'

const electron = findElectron()
if (electron.path === null) {
  console.log(`test:electron: NOTHING was tested on Electron: ${electron.reason}.`)
  console.log('Download its runtime with `node node_modules/electron/install.js`, then run this again.')
  // With --require-electron, the exit code is 1, so that a build server does not count skipped tests as passed.
  process.exit(process.argv.includes('--require-electron') ? 1 : 0)
}
const playwright = packageFile('@playwright/test', 'cli.js')
const version = spawnSync(electron.path, ['--version'], { encoding: 'utf8' }).stdout?.trim()
const built = spawnSync(process.execPath, electronVite('build', '--logLevel', 'warn'), { cwd: root, stdio: 'inherit' })
const tested =
  built.status === 0
    ? spawnSync(process.execPath, [playwright, 'test', '--project=electron'], { cwd: root, stdio: 'inherit' })
    : built
console.log('\n--- report ---')
console.log(
  `Bản Tin on Electron ${version}, ${process.platform} ${process.arch}: ${tested.status === 0 ? 'passed' : 'FAILED'}`,
)
process.exitCode = tested.status ?? 1
