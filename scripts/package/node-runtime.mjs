// Downloads Node.js for another system from its npm package, with `npm pack`, into a cache folder.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../project.mjs'

const cache = join(root, 'dist', '.cache')

/**
 * Returns the path of Node's executable for a system such as `win-x64`, and the path where its package may have Node's
 * licence. Returns only a `reason` if the package cannot be fetched.
 */
export function fetchNode(system, version) {
  const fetched = fetchPackage(`node-${system}`, version)
  if ('reason' in fetched) return fetched
  const { folder } = fetched
  const executable = join(folder, 'bin', system.startsWith('win') ? 'node.exe' : 'node')
  if (!existsSync(executable)) return { reason: `node-${system}@${version} contains no Node` }
  return { executable, licence: join(folder, 'LICENSE') }
}

/** Returns the folder of an unpacked npm package. Returns only a `reason` if the package cannot be fetched. */
export function fetchPackage(name, version) {
  const fileName = name.replace('@', '').replace('/', '-')
  const folder = join(cache, `${fileName}-${version}`)
  const found = { folder: join(folder, 'package') }
  if (existsSync(found.folder)) return found
  mkdirSync(cache, { recursive: true })
  const spec = `${name}@${version}`
  const packed = npm(['pack', spec, '--pack-destination', cache])
  if (packed.status !== 0) return { reason: `npm has no ${spec} here (${firstLine(packed)})` }
  const archive = join(cache, `${fileName}-${version}.tgz`)
  const unpacking = `${folder}.part`
  rmSync(unpacking, { recursive: true, force: true })
  mkdirSync(unpacking, { recursive: true })
  const unpacked = spawnSync('tar', ['-xzf', archive, '-C', unpacking], { encoding: 'utf8' })
  rmSync(archive, { force: true })
  if (unpacked.status !== 0) return { reason: `tar cannot unpack ${spec} (${firstLine(unpacked)})` }
  renameSync(unpacking, folder)
  return found
}

function npm(args) {
  const options = { encoding: 'utf8', cwd: root }
  const { npm_execpath: script } = process.env
  if (script?.endsWith('.js'))
    return spawnSync(process.env.npm_node_execpath ?? process.execPath, [script, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

function firstLine({ stderr, error }) {
  const line = (stderr ?? '').split('\n').find((each) => each.trim() !== '')
  return line?.trim() ?? error?.message ?? 'no output'
}
