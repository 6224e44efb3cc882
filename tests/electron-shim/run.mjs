// Starts the built app with electron.ts in place of the module `electron` (README.md): node tests/electron-shim/run.mjs
// out/main/index.js
import { registerHooks } from 'node:module'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const main = resolve(process.argv[2] ?? 'out/main/index.js')
const shim = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/main)?$/.test(specifier)
      ? { url: shim, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
process.versions.electron ??= 'shim'
process.type = 'browser'
process.resourcesPath = process.env.SHIM_RESOURCES ?? dirname(main)
// The app expects the command line of Electron, in which the app's arguments follow directly after the program.
process.argv.splice(1, 2)
const { boot } = await import(shim)
const realPlatform = process.platform
const setPlatform = (value) => Object.defineProperty(process, 'platform', { value })
const platform = process.env['SHIM_PLATFORM'] ?? realPlatform
setPlatform(platform)
await import(pathToFileURL(main).href)
// Chromium starts with the real name of the system, because the tests may set another one.
setPlatform(realPlatform)
const booting = boot()
setPlatform(platform)
await booting
