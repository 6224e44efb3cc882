// Installs electron-builder into a separate folder. Only a release needs electron-builder, and it would add 95 MB and
// 275 packages to each installation of the project. The lockfile of the folder pins the version of every package.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../project.mjs'

const source = join(root, 'scripts', 'electron-package', 'packager')
const folder = join(root, 'node_modules', '.cache', 'electron-builder')
const stamp = join(folder, 'installed')

/**
 * Installs electron-builder if it is missing or old. Returns the `require` function of its folder.
 * @returns {NodeJS.Require}
 */
export function installPackager() {
  const lock = createHash('sha256')
    .update(readFileSync(join(source, 'package-lock.json')))
    .digest('hex')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    mkdirSync(folder, { recursive: true })
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(source, name), join(folder, name))
    copyFileSync(join(root, '.npmrc'), join(folder, '.npmrc'))
    runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
    writeFileSync(stamp, lock)
  }
  return createRequire(join(folder, 'package.json'))
}

/** Runs npm in the folder of electron-builder. Uses the npm that runs this script, if there is one. */
function runNpm(args) {
  const own = process.env.npm_execpath
  const env = { ...process.env, npm_config_prefix: undefined }
  const options = { cwd: folder, stdio: ['ignore', 2, 2], env }
  const { status, error } =
    own === undefined
      ? spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [own, ...args], options)
  if (status !== 0) throw new Error(`electron-package: npm ci failed (${error?.message ?? status})`)
}
