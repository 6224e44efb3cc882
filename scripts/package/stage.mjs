// Copies the files of one edition into a folder, from which the package is made.
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../project.mjs'
import { listProgramFiles, programManifest } from './program-files.mjs'

/** Copies the program and Node.js into an empty folder. */
export function stageProgram(folder, { node, nodeName, manifest }) {
  rmSync(folder, { recursive: true, force: true })
  for (const path of listProgramFiles()) copy(join(root, path), join(folder, path))
  writeFileSync(join(folder, 'package.json'), programManifest(manifest))
  copy(node.executable, join(folder, nodeName), 0o755)
  copy(node.licence, join(folder, 'LICENSE.node'))
}

/** Copies one file with fixed access rights, and creates the folder around the copy. */
export function copy(from, to, mode = 0o644) {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 })
  copyFileSync(from, to)
  chmodSync(to, mode)
}
