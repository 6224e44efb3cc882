import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readFolderVariable, readVariable } from '../core/environment'
import type { Paths } from '../core/ports'

/**
 * Returns the folders of this user. The desktop program uses the same folders, so both programs show the same library.
 * `--library` and `BANTIN_LIBRARY` choose another library, and `BANTIN_CONFIG` chooses another config folder.
 */
export function findPaths(chosenLibrary: string | undefined, env: NodeJS.ProcessEnv): Paths {
  const config = readFolderVariable(env, 'BANTIN_CONFIG') ?? join(appDataFolder(env), 'bantin')
  const built = builtFolder()
  return {
    library: resolve(chosenLibrary ?? readFolderVariable(env, 'BANTIN_LIBRARY') ?? join(config, 'library')),
    config: resolve(config),
    cache: resolve(config, 'indexes'),
    resources: join(built, '..', 'resources'),
    interface: join(built, 'renderer'),
  }
}

/** Returns the config folder of this user. Returns null if the user has chosen another folder. */
export function defaultConfigFolder(env: NodeJS.ProcessEnv): string | null {
  return readVariable(env, 'BANTIN_CONFIG') === undefined ? resolve(appDataFolder(env), 'bantin') : null
}

/** Returns the paths of the built scripts of the worker threads. */
export function workerPaths(): { parsing: string; index: string } {
  const folder = join(builtFolder(), 'main')
  return { parsing: join(folder, 'parsing-worker.js'), index: join(folder, 'index-worker.js') }
}

/** Returns the path of the folder `out/`. The build puts this file into `out/main/` or `out/main/chunks/`. */
function builtFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return here.endsWith('chunks') ? join(here, '..', '..') : join(here, '..')
}

/** Returns the folder that Electron returns for `app.getPath('appData')` on each system. */
function appDataFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return readVariable(env, 'APPDATA') ?? join(homedir(), 'AppData', 'Roaming')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return readVariable(env, 'XDG_CONFIG_HOME') ?? join(homedir(), '.config')
}
