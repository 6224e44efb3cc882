// `npm run package:electron -- …`: builds the program and packs it with electron-builder. The arguments go to
// electron-builder, for example `--linux dir` or `--win nsis --x64`. Without arguments, makes the packages that this
// system can make.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { buildIfStale } from '../build-if-stale.mjs'
import { requireNode24, root } from '../project.mjs'
import { installPackager } from './packager.mjs'

requireNode24('package:electron')
buildIfStale()
process.exitCode = packElectron(process.argv.slice(2))

/** Runs electron-builder on the build in out/. Returns its exit code. */
function packElectron(args) {
  const require = installPackager()
  const builder = join(dirname(require.resolve('electron-builder/package.json')), 'cli.js')
  const feed = process.env.BANTIN_UPDATE_URL
  const publish = feed ? ['-c.publish.provider=generic', `-c.publish.url=${feed}`] : []
  const command = [builder, '--config', join(root, 'electron-builder.yml'), '--publish', 'never', ...publish, ...args]
  const { status, error } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  if (error) console.error(`package:electron: ${error.message}`)
  return status ?? 1
}
