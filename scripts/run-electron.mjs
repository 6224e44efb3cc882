// Runs the program in Electron, and explains why Electron ended if it could not start.
import { spawn } from 'node:child_process'

/** Time in ms that Electron needs to show the program. An Electron that fails earlier has not shown it. */
const startMs = 10_000

/**
 * Runs Electron until it ends. If Electron ended with an error soon after its start, `problem` is a sentence about it
 * in Vietnamese and English.
 * @param {string} path the executable of Electron
 * @param {readonly string[]} args
 * @param {{ cwd?: string, startMs?: number }} [options]
 * @returns {Promise<{ code: number, problem: string | null }>}
 */
export function runElectron(path, args, options = {}) {
  const startedAt = Date.now()
  return new Promise((resolve) => {
    const child = spawn(path, args, { cwd: options.cwd, stdio: ['inherit', 'inherit', 'pipe'] })
    let errors = ''
    child.stderr.on('data', (bytes) => {
      process.stderr.write(bytes)
      errors = (errors + bytes).slice(-8000)
    })
    child.once('error', (error) => resolve({ code: 1, problem: startProblem(error.message) }))
    child.once('close', (code, signal) => {
      const hasFailed = code !== 0 && !['SIGINT', 'SIGTERM', 'SIGHUP'].includes(signal ?? '')
      const isEarly = Date.now() - startedAt < (options.startMs ?? startMs)
      resolve({ code: code ?? 1, problem: hasFailed && isEarly ? startProblem(errors) : null })
    })
  })
}

/**
 * Explains why Electron could not start. If Linux forbids Electron's sandbox (electron/electron#42510) or there is no
 * display, Electron aborts before it runs any script.
 */
export function startProblem(errors) {
  if (/sandbox|setuid|userns/i.test(errors))
    return [
      'Electron không mở được hộp cát của Linux (Electron could not open its sandbox).',
      'Cách sửa, how to fix: sudo chown root:root node_modules/electron/dist/chrome-sandbox',
      '                      sudo chmod 4755 node_modules/electron/dist/chrome-sandbox',
    ].join('\n')
  if (/display|ozone|wayland|x11/i.test(errors))
    return 'Electron không thấy màn hình (Electron found no display to open its window on).'
  if (/error while loading shared libraries: (\S+?):/.test(errors)) {
    const [, library] = /error while loading shared libraries: (\S+?):/.exec(errors) ?? []
    return `Máy thiếu thư viện ${library} mà Electron cần (this machine lacks ${library}, which Electron needs).`
  }
  return 'Electron dừng ngay khi mở (Electron ended right after its start).'
}
