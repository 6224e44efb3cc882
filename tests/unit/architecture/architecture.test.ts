import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { undocumentedExports } from './doc-comments'
import { forbiddenPatterns, unsafeStores } from './forbidden-patterns'
import { importCycles, importsOf, indirectImports } from './imports'
import { forbiddenImports, upwardImports } from './layers'
import { root, type Source, sourcesBelow } from './sources'

const code = sourcesBelow('src', /\.(?:ts|vue)$/)
const everything = ['src', 'tests', 'scripts', 'bench', 'docs', 'resources']
  .flatMap((folder) => sourcesBelow(folder, /\.(?:ts|mjs|vue|css|html|json|md|txt|svg)$/))
  .filter(({ path }) => !path.startsWith('tests/unit/architecture'))
const sourceOf = (path: string, text: string): Source => ({ path, text })

describe('the layers', () => {
  it('each layer imports only what the table of the layers allows', () => expect(forbiddenImports(code)).toEqual([]))
  it('the files of src/core import only lower layers, types included', () => expect(upwardImports(code)).toEqual([]))
  it('the layers have no import cycle, type-only imports included', () => expect(importCycles(code)).toEqual([]))
  it.each(['src/renderer', 'src/preload'])(
    'the layers do not load zod in %s, neither directly nor through src/shared',
    (folder) => expect(indirectImports(code, folder, /^zod/)).toEqual([]),
  )

  it.each<[string, Source, string]>([
    ['electron in core', sourceOf('src/core/a.ts', "import { app } from 'electron'"), 'src/core/a.ts imports electron'],
    ['a host in core', sourceOf('src/core/a.ts', "export * from '../cli/b'"), 'src/core/a.ts imports src/cli/b'],
    [
      'zod in the renderer',
      sourceOf('src/renderer/src/a.ts', "import { z } from 'zod'"),
      'src/renderer/src/a.ts imports zod',
    ],
    [
      'node in a component',
      sourceOf('src/renderer/src/a.vue', "<script setup lang='ts'>\nimport 'node:fs'\n</script>"),
      'src/renderer/src/a.vue imports node:fs',
    ],
    [
      'a dynamic import',
      sourceOf('src/preload/a.ts', "await import('../core/b')"),
      'src/preload/a.ts imports src/core/b',
    ],
    [
      'an imported type',
      sourceOf('src/preload/a.ts', "let b: import('../core/b').B"),
      'src/preload/a.ts imports src/core/b',
    ],
  ])('control: the check finds the forbidden import in %s', (_name, source, sentence) =>
    expect(forbiddenImports([source])).toEqual([sentence]),
  )

  it.each(['import', 'import type'])(
    'control: the check finds an import that runs upward or sideways: "%s"',
    (kind) => {
      const library = sourceOf(
        'src/core/library/a.ts',
        `${kind} { createApp } from '../app'\n${kind} { x } from '../extract/b'\n${kind} { y } from '../text/c'`,
      )
      const others = ['app', 'extract/b', 'text/c'].map((name) => sourceOf(`src/core/${name}.ts`, ''))
      expect(upwardImports([library, ...others])).toEqual([
        'src/core/library/a.ts imports src/core/app.ts',
        'src/core/library/a.ts imports src/core/extract/b.ts',
      ])
    },
  )
  it('control: the check finds a file of src/core that is missing from the order of its folders', () =>
    expect(upwardImports([sourceOf('src/core/new/a.ts', '')])).toEqual([
      'src/core/new/a.ts is missing in the order of src/core',
    ]))

  it.each(['import', 'import type', 'export type'])(
    'control: the check finds an import cycle of three files: "%s"',
    (kind) => {
      const ring = [
        sourceOf('src/core/a.ts', `${kind} { b } from './b'`),
        sourceOf('src/core/b.ts', `${kind} { c } from './c'`),
        sourceOf('src/core/c.ts', `${kind} { a } from './a'`),
      ]
      expect(importCycles(ring)).toEqual(['src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts'])
      expect(importCycles(ring.slice(0, 2))).toEqual([])
    },
  )

  it('control: the check finds a package that is loaded through another file', () => {
    const sources = [
      sourceOf('src/renderer/src/a.ts', "import { b } from '../../shared/b'"),
      sourceOf('src/renderer/src/c.ts', "import type { b } from '../../shared/b'"),
      sourceOf('src/shared/b.ts', "export { d } from './d'"),
      sourceOf('src/shared/d.ts', "import * as z from 'zod/mini'"),
    ]
    expect(indirectImports(sources, 'src/renderer', /^zod/)).toEqual([
      'src/renderer/src/a.ts → src/shared/b.ts → src/shared/d.ts → zod/mini',
    ])
  })

  it('control: the check distinguishes type-only imports from imports that remain at run time', () => {
    const source = sourceOf(
      'src/core/a.ts',
      "import type { A } from './b'\nimport { type C } from './c'\nimport d, { type E } from './d'",
    )
    expect(importsOf(source, new Set(['src/core/b.ts'])).map(({ target, isTypeOnly }) => [target, isTypeOnly])).toEqual(
      [
        ['src/core/b.ts', true],
        ['src/core/c', true],
        ['src/core/d', false],
      ],
    )
  })
})

describe('the sources', () => {
  it('the source files contain no forbidden pattern', () => expect(forbiddenPatterns(everything)).toEqual([]))
  it('the source files open stores without options that rewrite files', () => expect(unsafeStores(code)).toEqual([]))

  it.each<[string, string, string]>([
    ['v-html', 'src/renderer/src/a.vue', '<p v-html="body" />'],
    ['innerHTML', 'src/renderer/src/a.ts', 'node.innerHTML = text'],
    ['console in core', 'src/core/a.ts', 'console.log(1)'],
    ['clearInvalidConfig', 'src/main/a.ts', 'clearInvalidConfig: true'],
    ['eval', 'src/main/a.ts', 'eval(text)'],
    ['a policy of its own', 'src/cli/a.ts', 'const policy = "default-src *"'],
    ['a suppression', 'src/main/a.ts', '// @ts-ignore'],
    ['the path of one machine', 'scripts/a.mjs', ['', 'home', 'lan', 'x'].join('/')],
  ])('control: the check finds the forbidden pattern in %s', (_name, path, text) =>
    expect(forbiddenPatterns([sourceOf(path, text)])).toHaveLength(1),
  )
  it('control: the check finds a store that is opened with defaults', () =>
    expect(unsafeStores([sourceOf('src/main/a.ts', 'new Store({ cwd, defaults: { a: 1 } })')])).toHaveLength(1))

  it('every export of core and shared has a doc comment', () => {
    const documented = code.filter(({ path }) => /^src\/(?:core|shared)\//.test(path))
    expect(undocumentedExports(documented)).toEqual([])
  })
  it('control: the check finds an export without a doc comment', () => {
    const source = sourceOf(
      'src/core/a.ts',
      '/** A number. */\nexport const a = 1\nexport function b(): void {}\nconst c = 2',
    )
    expect(undocumentedExports([source])).toEqual(['src/core/a.ts: export function b(): void {}'])
  })

  it('conf is installed in one version only, which is the version that electron-store uses', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>
    }
    expect(Object.keys(lock.packages).filter((path) => /(?:^|\/)node_modules\/conf$/.test(path))).toEqual([
      'node_modules/conf',
    ])
  })
})
