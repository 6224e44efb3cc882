// Lists the files of the portable edition, without Node.js itself.
import { readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { root } from '../project.mjs'

/** The folders of the build and of the resources that the portable edition needs. */
const folders = ['out/main', 'out/renderer', 'resources']
const singleFiles = ['LICENSE', 'CHANGELOG.md']
/**
 * Files that the portable edition does not need: the entry of the desktop program, and its icon for macOS. The portable
 * edition starts with `out/main/cli.js`.
 */
const unused = new Set(['out/main/index.js', 'resources/icon.icns'])

/** Returns the paths of the program's files, with `/`, relative to the folder of the repository, in a fixed order. */
export function listProgramFiles() {
  const found = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => `${folder}/${name.split(sep).join('/')}`)
      .filter((path) => statSync(join(root, path)).isFile()),
  )
  return [...found, ...singleFiles].filter((path) => !unused.has(path) && !path.endsWith('.map')).sort()
}

/** Returns the package.json of the portable edition. It tells Node.js that the files in out/ are ES modules. */
export function programManifest({ name, version, license }) {
  return `${JSON.stringify({ name, version, license, private: true, type: 'module' }, null, 2)}\n`
}
