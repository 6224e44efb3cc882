import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listProgramFiles } from '../../../scripts/package/program-files.mjs'

const root = resolve(import.meta.dirname, '../../..')
const made = join(root, 'dist', 'portable')
const packages = existsSync(made) ? readdirSync(made) : []
const maxMegabytes = { '-windows-x64.zip': 45, '-windows-x64-setup.exe': 32, '_amd64.deb': 50 }

/** Matches paths that the file list of the program must not contain. */
const foreign = /\.map$|\.ts$|\.vue$|node_modules|(^|\/)(src|tests|scripts|bench|docs)\/|(^|\/)\./

/** Matches the imports in a built file. A type in a comment, such as `{import("…")}`, does not match. */
const staticAndLateImports = /(?:^(?:import|export)[^;]* from |^import |[^{]import\()"(\.{1,2}\/[^"]+\.js)"/gm

describe('the packages of the portable edition', () => {
  it.skipIf(!existsSync(join(root, 'out', 'main', 'cli.js')))(
    'the list of files has the program and no sources, maps or development files (skipped without a build)',
    () => {
      const files = listProgramFiles()
      expect(files).toEqual(expect.arrayContaining(['LICENSE', 'out/main/cli.js', 'out/renderer/index.html']))
      expect(files).toEqual(expect.arrayContaining(['out/main/parsing-worker.js', 'resources/portals.json']))
      expect(files.filter((path) => foreign.test(path))).toEqual([])
      expect(files.filter((path) => path.startsWith('out/preload') || path === 'out/main/index.js')).toEqual([])
      expect(files).toEqual(files.toSorted())
    },
  )

  it.skipIf(!existsSync(join(root, 'out', 'main', 'cli.js')))(
    'the list of files has every file that another file of out/main imports (skipped without a build)',
    () => {
      const files = listProgramFiles()
      const scripts = files.filter((path) => path.startsWith('out/main/'))
      const imported = scripts.flatMap((path) =>
        [...readFileSync(join(root, path), 'utf8').matchAll(staticAndLateImports)].map(([, target = '']) =>
          posix.join(posix.dirname(path), target),
        ),
      )
      expect(imported.length).toBeGreaterThan(scripts.length)
      expect(imported.filter((path) => !files.includes(path))).toEqual([])
    },
  )

  it('control: the pattern for unwanted files matches such files', () => {
    for (const path of ['src/a.ts', 'out/main/cli.js.map', 'node_modules/zod/index.js', 'resources/.env'])
      expect(path).toMatch(foreign)
  })

  for (const [ending, megabytes] of Object.entries(maxMegabytes)) {
    const name = packages.find((each) => each.endsWith(ending))
    it.skipIf(name === undefined)(
      `the package “…${ending}” has at most ${megabytes} MB (skipped before \`npm run package\`)`,
      () => expect(statSync(join(made, name ?? '')).size).toBeLessThanOrEqual(megabytes * 1e6),
    )
  }
})
