// Packs a folder into a zip file. The same files always give the same bytes.
import { zipSync } from 'fflate'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** The modification time of every file in the zip. 1980 is the first year that a zip file can store. */
const fixedTime = '1980-01-01T12:00:00'
const unix = 3

/**
 * Writes the files of `folder` into the zip file `target`, below the folder `name`. Returns the names of the files in
 * the zip.
 */
export function zipFolder(folder, name, target) {
  const paths = readdirSync(folder, { recursive: true })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort()
  const files = {}
  for (const path of paths) {
    const mode = statSync(join(folder, path)).mode & 0o777
    files[`${name}/${path}`] = [readFileSync(join(folder, path)), { os: unix, attrs: ((0o100000 | mode) << 16) >>> 0 }]
  }
  writeFileSync(target, zipSync(files, { level: 9, mtime: new Date(fixedTime) }))
  return Object.keys(files)
}
