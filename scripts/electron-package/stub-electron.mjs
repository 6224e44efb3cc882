// Writes a stub of Electron's distribution, which has the same file names but no programs. electron-builder packs the
// stub on machines that cannot download the real Electron. A program that is packed with the stub does not start.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The bytes before the fuses in Electron's executable. A fuse is a switch that electron-builder sets. Below are the
 * default fuses of Electron 45, where 1 is on and 0 is off.
 */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const defaultFuses = '101100011'

const locales = ['en-GB', 'en-US', 'fr', 'ja', 'vi', 'zh-CN']
const commonFiles = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'icudtl.dat',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'vk_swiftshader_icd.json',
  ...locales.map((name) => `locales/${name}.pak`),
]
const systemFiles = {
  linux: [
    ...['chrome-sandbox', 'chrome_crashpad_handler', 'libEGL.so', 'libGLESv2.so', 'libffmpeg.so'],
    ...['libvk_swiftshader.so', 'libvulkan.so.1'],
  ],
  win32: [
    ...['d3dcompiler_47.dll', 'dxcompiler.dll', 'dxil.dll', 'ffmpeg.dll', 'libEGL.dll', 'libGLESv2.dll'],
    ...['vk_swiftshader.dll', 'vulkan-1.dll'],
  ],
}

/**
 * Writes the stub for a system to a folder. `require` belongs to the folder of electron-builder (packager.mjs).
 * @param {string} folder
 * @param {'linux' | 'win32'} system
 * @param {string} version
 * @param {NodeJS.Require} require
 * @returns {Promise<void>}
 */
export async function writeStubElectron(folder, system, version, require) {
  for (const name of [...commonFiles, ...systemFiles[system]]) write(folder, name, `stub of ${name}\n`)
  write(folder, 'version', version)
  const fuses = Buffer.concat([
    Buffer.from(fuseSentinel),
    Buffer.from([1, defaultFuses.length]),
    Buffer.from(defaultFuses),
  ])
  if (system === 'linux') write(folder, 'electron', Buffer.concat([Buffer.from('\x7fELF stub\n'), fuses]), 0o755)
  else write(folder, 'electron.exe', Buffer.concat([emptyProgram(require('resedit')), fuses]), 0o755)
  const app = join(folder, 'default-app')
  write(app, 'package.json', '{"name":"electron","main":"main.js"}\n')
  write(app, 'main.js', '')
  mkdirSync(join(folder, 'resources'), { recursive: true })
  await require('@electron/asar').createPackage(app, join(folder, 'resources', 'default_app.asar'))
  rmSync(app, { recursive: true })
}

/** Returns a Windows program without code. It has the version resource, which electron-builder changes. */
function emptyProgram({ NtExecutable, NtExecutableResource, Resource }) {
  const program = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(program)
  const info = Resource.VersionInfo.createEmpty()
  info.lang = 1033
  info.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron', FileVersion: '45.0.0.0' })
  info.outputToResourceEntries(resources.entries)
  resources.outputResource(program)
  return Buffer.from(program.generate())
}

function write(folder, name, content, mode = 0o644) {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode })
}
