// `npm run dev`: electron-vite's own development mode where Electron is; else the browser host, rebuilt and
// restarted on every change.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { watch } from 'node:fs'
import { buildIfStale, electronVite, root } from './build-if-stale.mjs'
import { findElectron } from './electron-path.mjs'

const electron = findElectron()
if (electron.path !== null)
  spawn(process.execPath, electronVite('dev'), { cwd: root, stdio: 'inherit' }).once('exit', (code) =>
    process.exit(code ?? 1),
  )
else {
  console.error(`bantin: no Electron here (${electron.reason}); developing in the browser`)
  let server = null
  let timer
  const restart = () => {
    buildIfStale()
    const start = () =>
      (server = spawn(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'serve', '--port', '5170'], {
        stdio: 'inherit',
      }))
    if (server === null) return start()
    server.once('exit', start)
    server.kill()
  }
  watch(join(root, 'src'), { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(restart, 200)
  })
  restart()
}
