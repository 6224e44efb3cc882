// `npm start`: builds the program and opens it, in Electron if Electron's runtime is installed or can be downloaded,
// else in the browser. `npm start -- FILE` passes FILE on to the program.
import { spawnSync } from 'node:child_process'
import { buildIfStale } from './build-if-stale.mjs'
import { downloadElectron } from './download-electron.mjs'
import { findElectron, packageFolder } from './electron-path.mjs'
import { cli, root } from './project.mjs'
import { runElectron } from './run-electron.mjs'

const given = process.argv.slice(2)

buildIfStale()
const electron = await prepareElectron()
if (electron.path === null) openInBrowser(`không có Electron ở máy này (no Electron here: ${electron.reason})`)
else {
  const { code, problem } = await runElectron(electron.path, ['.', ...given], { cwd: root })
  if (problem === null) process.exitCode = code
  else openInBrowser(problem)
}

function openInBrowser(reason) {
  console.error(`bantin: ${reason}; mở trong trình duyệt, opening in the browser.`)
  const { status } = spawnSync(process.execPath, [cli, 'serve', '--open'], { cwd: root, stdio: 'inherit' })
  process.exitCode = status ?? 1
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
  const result = await downloadElectron(folder, { onProgress: showProgress })
  if (process.stderr.isTTY) process.stderr.write('\n')
  return result.ok ? findElectron() : { path: null, reason: result.reason }
}

function showProgress(bytes) {
  if (process.stderr.isTTY) process.stderr.write(`\r  ${(bytes / 1e6).toFixed(0)} MB `)
}
