// `npm run dev`: starts the development mode of electron-vite if Electron is installed. Otherwise builds the program
// and starts the web host, and repeats both after every change of a file.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale, electronVite } from './build-if-stale.mjs'
import { findElectron } from './electron-path.mjs'
import { cli, root } from './project.mjs'

const electron = findElectron()
if (electron.path !== null)
  spawn(process.execPath, electronVite('dev'), { cwd: root, stdio: 'inherit' }).once('exit', (code) =>
    process.exit(code ?? 1),
  )
else {
  console.error(`bantin: no Electron here (${electron.reason}); developing in the browser`)
  developInBrowser()
}

function developInBrowser() {
  let server = null
  let timer
  const restart = () => {
    buildIfStale()
    const start = () => (server = spawn(process.execPath, [cli, 'serve', '--port', '5170'], { stdio: 'inherit' }))
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
