// Downloads Electron's runtime with the installer of the electron package, and shows the progress.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Time in ms without a received byte after which the download is cancelled. */
const stallMs = 30_000
/** Time in ms between two measurements of the downloaded size. */
const checkMs = 500

/**
 * Runs Electron's installer. The installer downloads into a temporary folder and unpacks into `dist` at the end, so
 * both folders are measured. `ELECTRON_MIRROR` chooses a mirror, `HTTPS_PROXY` a proxy.
 * @param {string} folder the folder of the electron package
 * @param {{ installer?: string, stallMs?: number, env?: NodeJS.ProcessEnv, onProgress?: (bytes: number) => void }}
 * [options]
 * @returns {Promise<{ ok: true } | { ok: false, reason: string }>}
 */
export function downloadElectron(folder, options = {}) {
  const env = options.env ?? process.env
  const temporary = mkdtempSync(join(tmpdir(), 'bantin-electron-'))
  const places = { TMPDIR: temporary, TEMP: temporary, TMP: temporary }
  const proxy = hasProxy(env) ? { NODE_USE_ENV_PROXY: '1' } : {}
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [options.installer ?? join(folder, 'install.js')], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...env, ...places, ...proxy },
    })
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-4000)))
    let lastSize = -1
    let lastGrowth = Date.now()
    let isStalled = false
    const watch = setInterval(() => {
      const size = folderSize(temporary) + folderSize(join(folder, 'dist'))
      if (size !== lastSize) {
        ;[lastSize, lastGrowth] = [size, Date.now()]
        options.onProgress?.(size)
      } else if (Date.now() - lastGrowth > (options.stallMs ?? stallMs)) {
        isStalled = true
        child.kill('SIGKILL')
      }
    }, checkMs)
    child.once('error', (error) => finish({ ok: false, reason: error.message }))
    child.once('close', (code) => {
      if (isStalled) finish({ ok: false, reason: 'the download stopped: no byte arrived for a while' })
      else if (code === 0) finish({ ok: true })
      else finish({ ok: false, reason: `its runtime could not be downloaded (${reasonIn(errors)})` })
    })
    function finish(result) {
      clearInterval(watch)
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5 })
      resolve(result)
    }
  })
}

/** Returns the first line of an error output that contains a cause. Lines of the stack trace are left out. */
function reasonIn(errors) {
  return (
    errors
      .split('\n')
      .find((line) => /error/i.test(line))
      ?.trim() ?? 'the installer failed'
  )
}

function hasProxy(env) {
  return ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => Boolean(env[name]))
}

function folderSize(folder) {
  try {
    return readdirSync(folder, { recursive: true }).reduce((sum, name) => sum + sizeOf(join(folder, String(name))), 0)
  } catch {
    return 0 // the folder does not exist yet
  }
}

function sizeOf(path) {
  try {
    const entry = statSync(path)
    return entry.isFile() ? entry.size : 0
  } catch {
    return 0 // the installer has moved the file meanwhile
  }
}
