// Where Electron's executable is, or why there is none. Never imports electron: that would try to download it.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** @returns {{ path: string, reason: null } | { path: null, reason: string }} */
export function findElectron(env = process.env) {
  const chosen = env.ELECTRON_EXEC_PATH
  if (chosen)
    return existsSync(chosen) ? found(chosen) : missing(`ELECTRON_EXEC_PATH names ${chosen}, which is not there`)
  const folder = packageFolder()
  if (folder === null) return missing('the electron package is not installed')
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  if (!override && name === null) return missing('its runtime has not been downloaded')
  const path = override ? join(override, name ?? 'electron') : join(folder, 'dist', name ?? '')
  return existsSync(path) ? found(path) : missing(`there is no file at ${path}`)
}

/** Folder of the electron package, or null. */
export function packageFolder() {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return null
  }
}

function found(path) {
  return { path, reason: null }
}

function missing(reason) {
  return { path: null, reason }
}
