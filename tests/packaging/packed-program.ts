import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { installPackager } from '../../scripts/electron-package/packager.mjs'
import { writeStubElectron } from '../../scripts/electron-package/stub-electron.mjs'
import { version as electronVersion } from '../../node_modules/electron/package.json'

/** The path of the folder of the repository. */
export const root = join(import.meta.dirname, '..', '..')

/** The parts of the package `@electron/asar` that the tests use. */
interface Asar {
  listPackage(archive: string, options: { isPack: boolean }): string[]
  statFile(archive: string, name: string): { unpacked?: boolean }
  extractFile(archive: string, name: string): Buffer
  extractAll(archive: string, folder: string): void
}

/** The parts of the package `@electron/fuses` that the tests use. */
interface Fuses {
  getCurrentFuseWire(program: string): Promise<Record<string, number | string>>
  FuseV1Options: Record<string, number | string>
}

/** A program that electron-builder has packed with the stub of Electron. */
export interface PackedProgram {
  /** The folder with the packed program, the stub and all other files of the test. */
  folder: string
  /** The folder of the stub of Electron, as it was before packing. */
  stub: string
  unpacked: string
  resources: string
  archive: string
  program: string
  asar: Asar
  /** Returns the names of the fuses of a program that are on. */
  fusesOf(program: string): Promise<string[]>
}

/** Packs the build in out/ for a system, with the stub of Electron and without a network. */
export async function packWithStub(system: 'linux' | 'win32'): Promise<PackedProgram> {
  const require = installPackager()
  const folder = mkdtempSync(join(tmpdir(), `bantin-package-${system}-`))
  const stub = join(folder, 'stub')
  await writeStubElectron(stub, system, electronVersion, require)
  const output = join(folder, 'packed')
  const flags = [system === 'linux' ? '--linux' : '--win', 'dir', '--x64']
  const paths = [`-c.electronDist=${stub}`, `-c.directories.output=${output}`]
  // No server answers at port 9, so every attempt to download something fails at once.
  const nowhere = 'http://127.0.0.1:9/'
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'electron-package', 'build.mjs'), ...flags, ...paths],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        ELECTRON_MIRROR: nowhere,
        ELECTRON_BUILDER_BINARIES_MIRROR: nowhere,
        BANTIN_UPDATE_URL: 'https://updates.invalid/bantin',
      },
    },
  )
  if (status !== 0) throw new Error(`electron-builder ended with ${String(status)}\n${stdout}\n${stderr}`)
  const unpacked = join(output, system === 'linux' ? 'linux-unpacked' : 'win-unpacked')
  const resources = join(unpacked, 'resources')
  // The casts are needed, because electron-builder's folder has no types for these packages. The interfaces above list
  // the functions that the tests use.
  const asar = require('@electron/asar') as Asar
  const fuses = require('@electron/fuses') as Fuses
  return {
    folder,
    stub,
    unpacked,
    resources,
    archive: join(resources, 'app.asar'),
    program: join(unpacked, system === 'linux' ? 'bantin' : 'bantin.exe'),
    asar,
    fusesOf: (program) => readFuses(fuses, program),
  }
}

async function readFuses({ getCurrentFuseWire, FuseV1Options }: Fuses, program: string): Promise<string[]> {
  const isOn = '1'.charCodeAt(0)
  const wire = await getCurrentFuseWire(program)
  return Object.entries(FuseV1Options).flatMap(([name, at]) =>
    typeof at === 'number' && wire[at] === isOn ? [name] : [],
  )
}

/** Returns those of the given file names that only development needs, such as sources and tests. */
export function developmentFiles(names: readonly string[]): string[] {
  return names.filter((name) =>
    /(?:^|\/)(?:node_modules|src|tests|scripts|bench|docs|\.git[^/]*|\.env[^/]*)(?:\/|$)|\.(?:map|tsx?|vue|tsbuildinfo)$/.test(
      name,
    ),
  )
}

/** Returns the paths of all files below a folder, with forward slashes. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

/** Returns the total size of all files below a folder, in bytes. */
export function bytesBelow(folder: string): number {
  return filesBelow(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

/** Returns the named resources of a Windows program as text. */
export function textOfProgram(program: string): string {
  return readFileSync(program).toString('utf16le') + readFileSync(program).toString('latin1')
}
