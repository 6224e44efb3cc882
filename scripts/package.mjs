// `npm run package`: makes the packages of the portable edition in dist/portable, as far as this machine can make them.
// Prints the size of each package, or the reason why it could not be made. `npm run package -- win-x64` makes only the
// packages for one system.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { buildIfStale } from './build-if-stale.mjs'
import { makeDeb } from './package/deb.mjs'
import { makeMacosZip } from './package/macos.mjs'
import { fetchNode } from './package/node-runtime.mjs'
import { makeInstaller, makeWindowsZip, stageWindows } from './package/windows.mjs'
import { requireNode24, root } from './project.mjs'

requireNode24('npm run package')
buildIfStale()

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const nodeVersion = manifest.devDependencies.node
const target = join(root, 'dist', 'portable')
const work = join(root, 'dist', '.work')
const chosen = process.argv.slice(2)
if (chosen.length === 0) rmSync(target, { recursive: true, force: true })
for (const folder of [target, work]) mkdirSync(folder, { recursive: true })
let made = 0

withNode('linux-x64', (node) => {
  const file = join(target, `bantin_${manifest.version}_amd64.deb`)
  report(file, makeDeb({ node, manifest, work, target: file }))
})
withNode('win-x64', (node) => {
  const folder = join(work, 'windows')
  const note = stageWindows(folder, { node, manifest })
  if (note !== null) console.log(`Ban Tin.exe: not made, a script replaces it: ${note}`)
  const zip = join(target, `bantin-${manifest.version}-windows-x64.zip`)
  report(zip, makeWindowsZip(folder, zip))
  const installer = join(target, `bantin-${manifest.version}-windows-x64-setup.exe`)
  report(installer, makeInstaller(folder, { manifest, target: installer }))
})
withNode('darwin-x64', (node) => {
  const file = join(target, `bantin-${manifest.version}-macos-x64.zip`)
  report(file, makeMacosZip({ node, manifest, work, target: file }))
})
rmSync(work, { recursive: true, force: true })
process.exitCode = made > 0 ? 0 : 1

function withNode(system, make) {
  if (chosen.length > 0 && !chosen.includes(system)) return
  const node = fetchNode(system, nodeVersion)
  if ('reason' in node) return console.log(`${system}: not made: ${node.reason}`)
  // The licence comes from another system's package of Node.js, because the Windows package has no licence file. The
  // text is the same.
  const { licence } = existsSync(node.licence) ? node : fetchNode('linux-x64', nodeVersion)
  if (licence === undefined) console.log(`${system}: not made: the licence of Node is missing`)
  else make({ ...node, licence })
}

function report(file, reason) {
  if (reason === null) made += 1
  const size = reason === null ? `${(statSync(file).size / 1e6).toFixed(1)} MB` : `not made: ${reason}`
  console.log(`${basename(file)}: ${size}`)
}
