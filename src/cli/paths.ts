import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Paths } from '../core/ports'

/**
 * The folders of this user and machine: the same as the app's own, so that both show one library. `--library` and
 * `BANTIN_LIBRARY` choose another library, `BANTIN_CONFIG` another config folder.
 */
export function findPaths(chosenLibrary: string | undefined, env: NodeJS.ProcessEnv): Paths {
  const config = setIn(env, 'BANTIN_CONFIG') ?? join(appDataFolder(env), 'bantin')
  const built = builtFolder()
  return {
    library: resolve(chosenLibrary ?? setIn(env, 'BANTIN_LIBRARY') ?? join(config, 'library')),
    config: resolve(config),
    cache: resolve(config, 'indexes'),
    resources: join(built, '..', 'resources'),
    interface: join(built, 'renderer'),
  }
}

/** The built threads beside this program. */
export function workerPaths(): { extract: string; index: string } {
  const folder = join(builtFolder(), 'main')
  return { extract: join(folder, 'extract-worker.js'), index: join(folder, 'index-worker.js') }
}

/** `out/`: this file is built into `out/main/` or `out/main/chunks/`. */
function builtFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return here.endsWith('chunks') ? join(here, '..', '..') : join(here, '..')
}

/** Where Electron's `app.getPath('appData')` points on each system. */
function appDataFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return setIn(env, 'APPDATA') ?? join(homedir(), 'AppData', 'Roaming')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return setIn(env, 'XDG_CONFIG_HOME') ?? join(homedir(), '.config')
}

/** A variable of the environment; an empty one counts as not set, it would else name the folder at hand. */
function setIn(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]
  return value === '' ? undefined : value
}
