// The paths of the project and its installed packages. This file needs only Node and no dependencies.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The path of the folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The path of the built command line. */
export const cli = join(root, 'out', 'main', 'cli.js')

/** Returns the path of a file of an installed package. Throws an error if the package is not installed. */
export function packageFile(name, file) {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file)
}

/** Ends the process with a message if the process does not run on the project's Node 24. */
export function requireNode24(script) {
  if (Number(process.versions.node.split('.')[0]) >= 24) return
  console.error(`${script}: needs Node 24, which npm installs with the packages; this is Node ${process.versions.node}`)
  process.exit(1)
}
