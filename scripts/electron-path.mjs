// Finds Electron's executable. This file never imports the package electron, because the import would download
// Electron.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageFile } from './project.mjs'

/**
 * Returns the path of Electron's executable, or the reason why Electron cannot run here.
 * @returns {{ path: string, reason: null } | { path: null, reason: string }}
 */
export function findElectron(env = process.env) {
  const chosen = env.ELECTRON_EXEC_PATH
  if (chosen)
    return existsSync(chosen) ? found(chosen) : missing(`ELECTRON_EXEC_PATH names ${chosen}, which does not exist`)
  const folder = packageFolder()
  if (folder === null) return missing('the electron package is not installed')
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  if (!override && name === null) return missing('its runtime has not been downloaded')
  const path = override ? join(override, name ?? 'electron') : join(folder, 'dist', name ?? '')
  return existsSync(path) ? found(path) : missing(`there is no file at ${path}`)
}

/** Returns the folder of the electron package, or null if the package is not installed. */
export function packageFolder() {
  try {
    return dirname(packageFile('electron', 'package.json'))
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
