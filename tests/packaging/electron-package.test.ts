import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bytesBelow,
  developmentFiles,
  filesBelow,
  packWithStub,
  type PackedProgram,
  root,
  textOfProgram,
} from './packed-program'

/**
 * Maximum size in bytes of the project's own part of the package: the archive, the unpacked scripts and the resources.
 */
const maxOwnBytes = 14_000_000

describe.each(['linux', 'win32'] as const)('the Electron edition, packed for %s with a stub', (system) => {
  let packed: PackedProgram
  let names: string[]

  beforeAll(async () => {
    packed = await packWithStub(system)
    names = packed.asar
      .listPackage(packed.archive, { isPack: false })
      .map((name) => name.replaceAll('\\', '/').replace(/^\//, ''))
  })
  afterAll(() => rmSync(packed.folder, { recursive: true, force: true }))

  it('the archive holds every file of the build and the package file, and no other file', () => {
    const built = filesBelow(join(root, 'out')).filter((name) => !name.endsWith('.map'))
    const files = names.filter((name) => name !== 'package.json' && /\.[a-z0-9]+$/i.test(name))
    expect(files.toSorted()).toEqual(built.map((name) => `out/${name}`).toSorted())
    expect(names).toContain('package.json')
  })

  it('the package holds no file that only development needs', () => {
    expect(developmentFiles([...names, ...filesBelow(packed.unpacked)])).toEqual([])
    const bad = ['node_modules/zod/index.js', 'out/main/index.js.map', 'src/main/index.ts', 'tests/a.txt', '.env']
    expect(developmentFiles(bad)).toEqual(bad)
  })

  it('the package file lists no development packages and no scripts of the project', () => {
    const file = JSON.parse(packed.asar.extractFile(packed.archive, 'package.json').toString('utf8')) as object
    expect(file).toMatchObject({ name: 'bantin', main: 'out/main/index.js', desktopName: 'bantin.desktop' })
    expect(file).not.toHaveProperty('devDependencies')
    expect(file).not.toHaveProperty('scripts')
  })

  it('the files of out/main lie unpacked beside the archive', () => {
    const main = filesBelow(join(root, 'out', 'main')).map((name) => `out/main/${name}`)
    expect(filesBelow(`${packed.archive}.unpacked`).toSorted()).toEqual(main.toSorted())
  })

  it('the resources lie where the packaged program looks for them', () => {
    const icons = ['icon.ico', 'icon.icns']
    const expected = filesBelow(join(root, 'resources')).filter((name) => !icons.includes(name))
    expect(filesBelow(join(packed.resources, 'resources')).toSorted()).toEqual(expected.toSorted())
  })

  it('the package has no languages of Chromium except Vietnamese and English', () => {
    expect(readdirSync(join(packed.unpacked, 'locales')).toSorted()).toEqual(['en-US.pak', 'vi.pak'])
    expect(readdirSync(join(packed.stub, 'locales')).length).toBeGreaterThan(2)
  })

  it('the fuses of Electron turn off the switches of Node.js, and require the archive with its checksum', async () => {
    expect(await packed.fusesOf(packed.program)).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
    ])
    // Before packing, the stub has the default fuses of Electron. The comparison shows that packing has changed them.
    const stub = join(packed.stub, system === 'linux' ? 'electron' : 'electron.exe')
    expect(await packed.fusesOf(stub)).toContain('RunAsNode')
  })

  // electron-builder writes the file for Windows only together with an installer.
  it.runIf(system === 'linux')('the file for updates contains the folder that the build was given', () => {
    const text = readFileSync(join(packed.resources, 'app-update.yml'), 'utf8')
    expect(text).toMatch(/^provider: generic$/m)
    expect(text).toMatch(/^url: https:\/\/updates\.invalid\/bantin$/m)
  })

  it("the project's own part of the package stays below its maximum size", () => {
    const parts = [`${packed.archive}.unpacked`, join(packed.resources, 'resources')]
    const bytes = statSync(packed.archive).size + parts.reduce((sum, part) => sum + bytesBelow(part), 0)
    console.log(`${system}: ${names.length} entries, ${(bytes / 1_000_000).toFixed(1)} MB`)
    expect(bytes).toBeLessThan(maxOwnBytes)
  })

  it.runIf(system === 'win32')('the program for Windows has its own name and holds the checksum of its archive', () => {
    const text = textOfProgram(packed.program)
    expect(text).toContain('ProductName')
    const [, header] = /"value":"([0-9a-f]{64})"/.exec(text) ?? []
    expect(header).toBe(headerHash(packed.archive))
  })

  it.runIf(system === 'linux')('the packed program passes its self test on the Electron shim', () => {
    // In this test, a folder stands for the archive, because Node.js without Electron cannot read archives. The scripts
    // of the threads exist only in the unpacked folder.
    const resources = join(packed.folder, 'resources')
    const archive = join(resources, 'app.asar')
    packed.asar.extractAll(packed.archive, archive)
    for (const name of ['parsing-worker.js', 'index-worker.js']) rmSync(join(archive, 'out', 'main', name))
    cpSync(`${packed.archive}.unpacked`, `${archive}.unpacked`, { recursive: true })
    cpSync(join(packed.resources, 'resources'), join(resources, 'resources'), { recursive: true })
    const main = join(archive, 'out', 'main', 'index.js')
    const run = spawnSync(process.execPath, [join(root, 'tests', 'electron-shim', 'run.mjs'), main, '--self-test'], {
      encoding: 'utf8',
      env: { ...process.env, SHIM_RESOURCES: resources },
      input: '',
    })
    const report = JSON.parse(run.stdout.split('\n').find((line) => line.startsWith('{')) ?? '{}') as object
    expect(report, run.stderr).toMatchObject({ ok: true, isPackaged: true })
    expect(run.status).toBe(0)
  })
})

/** Returns the checksum of an archive's header, which Electron compares at its start. */
function headerHash(archive: string): string {
  const bytes = readFileSync(archive)
  const length = bytes.readUInt32LE(12)
  return createHash('sha256')
    .update(bytes.subarray(16, 16 + length))
    .digest('hex')
}
