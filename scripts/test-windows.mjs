// `npm run test:windows`: runs the Windows packages of `npm run package` under Wine. The first argument chooses one part:
// `commands`, `installer`, `units` or `pages`. Wine is not Windows: docs/releasing.md says what it cannot show.
import { unzipSync } from 'fflate'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { requireNode24, root } from './project.mjs'
import { testCommands } from './windows-tests/commands.mjs'
import { testInstaller } from './windows-tests/installer.mjs'
import { countResults } from './windows-tests/results.mjs'
import { testServedPages } from './windows-tests/served-pages.mjs'
import { testUnits } from './windows-tests/unit-tests.mjs'
import { driveOf, findWineProblem, mountProject, prepareWine, releaseWine } from './windows-tests/wine-system.mjs'

requireNode24('npm run test:windows')
const wine = process.env.BANTIN_WINE_ROOT ?? join(root, 'dist', '.cache', 'wine')
const made = join(root, 'dist', 'portable')
const zip = findPackage('-windows-x64.zip')
const setup = findPackage('-windows-x64-setup.exe')
const parts = {
  commands: () => testCommands(wine),
  installer: () => testInstaller(wine, setup),
  units: () => testUnits(wine),
  pages: () => testServedPages(wine),
}
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts)
const problem =
  zip === null || setup === null ? 'needs the Windows packages: run `npm run package` first' : findWineProblem(wine)
const unknown = chosen.find((name) => !(name in parts))
if (problem !== null || unknown !== undefined) {
  console.error(`test:windows ${problem ?? `knows no part ${unknown}: ${Object.keys(parts).join(', ')}`}`)
  process.exit(problem === null ? 2 : 5)
}

prepareWine(wine)
try {
  mountProject(wine)
  unpack(zip)
  for (const name of ['lib', 'cfg', 'vào']) rmSync(join(driveOf(wine), name), { recursive: true, force: true })
  for (const name of chosen) await parts[name]()
} finally {
  releaseWine(wine)
}
const { passed, failed } = countResults()
console.log(`test:windows: ${passed} passed, ${failed} failed, under Wine`)
process.exitCode = failed === 0 ? 0 : 1

function findPackage(ending) {
  const name = existsSync(made) ? readdirSync(made).find((each) => each.endsWith(ending)) : undefined
  return name === undefined ? null : join(made, name)
}

function unpack(file) {
  const drive = driveOf(wine)
  rmSync(join(drive, 'bantin'), { recursive: true, force: true })
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(file)))) {
    mkdirSync(dirname(join(drive, name)), { recursive: true })
    writeFileSync(join(drive, name), bytes)
  }
}
