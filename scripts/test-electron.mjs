// `npm run test:electron`: the end-to-end specs on real Electron, with a report to paste into an issue.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { electronVite, root } from './build-if-stale.mjs'
import { findElectron } from './electron-path.mjs'

const electron = findElectron()
if (electron.path === null) {
  console.log(`test:electron: NOTHING was tested on Electron: ${electron.reason}.`)
  console.log('Download its runtime with `node node_modules/electron/install.js`, then run this again.')
  process.exit(0)
}
const require = createRequire(import.meta.url)
const playwright = join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js')
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
