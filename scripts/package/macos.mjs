// Makes the macOS edition, a zip file with Node.js and a script that starts the program.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stageProgram } from './stage.mjs'
import { zipFolder } from './zip.mjs'

const launcher = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
exec "$here/node" "$here/out/main/cli.js" app "$@"
`

/** Writes the zip file of the macOS edition to `target`. */
export function makeMacosZip({ node, manifest, work, target }) {
  const folder = join(work, 'macos')
  stageProgram(folder, { node, nodeName: 'node', manifest })
  writeFileSync(join(folder, 'Ban Tin.command'), launcher, { mode: 0o755 })
  zipFolder(folder, 'bantin', target)
  return null
}
