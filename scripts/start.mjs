// `npm start`: builds the program and opens the program. The program opens in Electron if Electron's runtime is
// installed or can be downloaded. Otherwise the program opens in the browser.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale } from './build-if-stale.mjs'
import { findElectron, packageFolder } from './electron-path.mjs'
import { cli, root } from './project.mjs'

/** The time in ms after which a download of the runtime is cancelled, if the folder of the download has not changed. */
const downloadTimeoutMs = 20_000

buildIfStale()
const electron = await prepareElectron()
if (electron.path !== null) process.exitCode = run(electron.path, ['.'])
else {
  console.error(
    `bantin: không có Electron ở máy này (no Electron here: ${electron.reason}); mở trong trình duyệt, opening in the browser.`,
  )
  process.exitCode = run(process.execPath, [cli, 'serve', '--open'])
}

/**
 * Returns the path of Electron's executable. If the runtime is missing, the function tries once to download the
 * runtime.
 */
async function prepareElectron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { path: null, reason: 'this machine has no display' }
  const present = findElectron()
  const folder = packageFolder()
  if (present.path !== null || folder === null) return present
  console.error('bantin: tải Electron, chỉ một lần, fetching Electron once …')
  return (await download(folder)) ? findElectron() : { path: null, reason: 'its runtime could not be downloaded' }
}

/** Runs Electron's own installer. Tells whether the installer succeeded. */
function download(folder) {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(folder, 'install.js')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 2],
    })
    let lastChange = -1
    let lastGrowth = Date.now()
    const watch = setInterval(() => {
      const change = changeTimeOf(join(folder, 'dist'))
      if (change !== lastChange) [lastChange, lastGrowth] = [change, Date.now()]
      else if (Date.now() - lastGrowth > downloadTimeoutMs) installer.kill()
    }, 1000)
    installer.once('error', () => finish(false))
    installer.once('exit', (code) => finish(code === 0))
    function finish(isDone) {
      clearInterval(watch)
      resolve(isDone)
    }
  })
}

function changeTimeOf(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  return status ?? 1
}
