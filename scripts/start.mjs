// `npm start`: builds, then opens the reader: in Electron where its runtime is or can be had, else in the browser.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale, root } from './build-if-stale.mjs'
import { findElectron, packageFolder } from './electron-path.mjs'

/** A download that brings no byte for this long is given up. */
const idleMs = 20_000

buildIfStale()
const electron = await haveElectron()
if (electron.path !== null) process.exitCode = run(electron.path, ['.'])
else {
  console.error(
    `bantin: không có Electron ở máy này (no Electron here: ${electron.reason}); mở trong trình duyệt, opening in the browser.`,
  )
  process.exitCode = run(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'serve', '--open'])
}

/** Electron as it is, or after trying to download its runtime once. */
async function haveElectron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { path: null, reason: 'this machine has no display' }
  const present = findElectron()
  const folder = packageFolder()
  if (present.path !== null || folder === null) return present
  console.error('bantin: tải Electron, chỉ một lần, fetching Electron once …')
  return (await download(folder)) ? findElectron() : { path: null, reason: 'its runtime could not be downloaded' }
}

/** Runs Electron's own installer; it is ended when nothing arrives any more. */
function download(folder) {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(folder, 'install.js')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 2],
    })
    let lastSize = -1
    let lastGrowth = Date.now()
    const watch = setInterval(() => {
      const size = sizeOf(join(folder, 'dist'))
      if (size !== lastSize) [lastSize, lastGrowth] = [size, Date.now()]
      else if (Date.now() - lastGrowth > idleMs) installer.kill()
    }, 1000)
    installer.once('error', () => finish(false))
    installer.once('exit', (code) => finish(code === 0))
    function finish(isDone) {
      clearInterval(watch)
      resolve(isDone)
    }
  })
}

function sizeOf(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  return status ?? 1
}
