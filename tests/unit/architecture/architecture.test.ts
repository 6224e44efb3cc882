import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../src/shared/errors'
import english from '../../../src/shared/locales/en.json'
import vietnamese from '../../../src/shared/locales/vi.json'
import { forbiddenImports, importCycles, indirectImports, upwardImports } from './layers'
import { forbiddenSigns, longFiles, namedSentences, oldTonePlacement, undocumentedExports, unsafeStores } from './rules'
import { importsOf, root, type Source, sourcesBelow } from './sources'

const code = sourcesBelow('src', /\.(?:ts|vue)$/)
const everything = [
  ...['src', 'tests', 'scripts', 'bench', 'docs', 'resources'].flatMap((folder) =>
    sourcesBelow(folder, /\.(?:ts|mjs|vue|css|html|json|md|txt|svg)$/),
  ),
].filter(({ path }) => !path.startsWith('tests/unit/architecture'))
const made = (path: string, text: string): Source => ({ path, text })

describe('layers', () => {
  it('each folder imports only what the table allows', () => expect(forbiddenImports(code)).toEqual([]))
  it('core imports downward', () => expect(upwardImports(code)).toEqual([]))
  it('nothing imports in a circle', () => expect(importCycles(code)).toEqual([]))
  it.each(['src/renderer', 'src/preload'])('%s loads no zod, not through shared either', (folder) =>
    expect(indirectImports(code, folder, /^zod/)).toEqual([]),
  )

  it.each<[string, Source, string]>([
    ['electron in core', made('src/core/a.ts', "import { app } from 'electron'"), 'src/core/a.ts imports electron'],
    ['a host in core', made('src/core/a.ts', "export * from '../cli/b'"), 'src/core/a.ts imports src/cli/b'],
    [
      'zod in the renderer',
      made('src/renderer/src/a.ts', "import { z } from 'zod'"),
      'src/renderer/src/a.ts imports zod',
    ],
    [
      'node in a component',
      made('src/renderer/src/a.vue', "<script setup lang='ts'>\nimport 'node:fs'\n</script>"),
      'src/renderer/src/a.vue imports node:fs',
    ],
    ['a dynamic import', made('src/preload/a.ts', "await import('../core/b')"), 'src/preload/a.ts imports src/core/b'],
  ])('would see %s', (_name, source, sentence) => expect(forbiddenImports([source])).toEqual([sentence]))

  it('would see an import upward, and one sideways', () => {
    const library = made(
      'src/core/library/a.ts',
      "import { createApp } from '../app'\nimport { x } from '../extract/b'",
    )
    const others = [made('src/core/app.ts', ''), made('src/core/extract/b.ts', '')]
    expect(upwardImports([library, ...others])).toEqual([
      'src/core/library/a.ts imports src/core/app.ts',
      'src/core/library/a.ts imports src/core/extract/b.ts',
    ])
  })

  it('would see a circle of three, but not one of types', () => {
    const ring = (kind: string): Source[] => [
      made('src/core/a.ts', `${kind} { b } from './b'`),
      made('src/core/b.ts', `${kind} { c } from './c'`),
      made('src/core/c.ts', `${kind} { a } from './a'`),
    ]
    expect(importCycles(ring('import'))).toEqual(['src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts'])
    expect(importCycles(ring('import type'))).toEqual([])
  })

  it('would see a package that is loaded through another file', () => {
    const sources = [
      made('src/renderer/src/a.ts', "import { b } from '../../shared/b'"),
      made('src/renderer/src/c.ts', "import type { b } from '../../shared/b'"),
      made('src/shared/b.ts', "export { d } from './d'"),
      made('src/shared/d.ts', "import * as z from 'zod/mini'"),
    ]
    expect(indirectImports(sources, 'src/renderer', /^zod/)).toEqual([
      'src/renderer/src/a.ts → src/shared/b.ts → src/shared/d.ts → zod/mini',
    ])
  })

  it('reads imports as TypeScript does', () => {
    const source = made(
      'src/core/a.ts',
      "import type { A } from './b'\nimport { type C } from './c'\nimport d, { type E } from './d'",
    )
    expect(importsOf(source, new Set(['src/core/b.ts'])).map(({ target, typeOnly }) => [target, typeOnly])).toEqual([
      ['src/core/b.ts', true],
      ['src/core/c', true],
      ['src/core/d', false],
    ])
  })
})

describe('signs that must not be there', () => {
  it('are nowhere', () => expect(forbiddenSigns(everything)).toEqual([]))
  it('stores are opened plainly', () => expect(unsafeStores(code)).toEqual([]))

  it.each<[string, string, string]>([
    ['v-html', 'src/renderer/src/a.vue', '<p v-html="body" />'],
    ['innerHTML', 'src/renderer/src/a.ts', 'node.innerHTML = text'],
    ['console in core', 'src/core/a.ts', 'console.log(1)'],
    ['clearInvalidConfig', 'src/main/a.ts', 'clearInvalidConfig: true'],
    ['eval', 'src/main/a.ts', 'eval(text)'],
    ['a policy of its own', 'src/cli/a.ts', 'const policy = "default-src *"'],
    ['a suppression', 'src/main/a.ts', '// @ts-ignore'],
    ['the path of a machine', 'scripts/a.mjs', ['', 'home', 'lan', 'x'].join('/')],
  ])('would see %s', (_name, path, text) => expect(forbiddenSigns([made(path, text)])).toHaveLength(1))

  it('would see a store with defaults', () =>
    expect(unsafeStores([made('src/main/a.ts', 'new Store({ cwd, defaults: { a: 1 } })')])).toHaveLength(1))
})

describe('files', () => {
  it('have at most 400 lines', () => expect(longFiles([...code, ...sourcesBelow('tests', /\.ts$/)])).toEqual([]))
  it('would see a longer one', () => expect(longFiles([made('a.ts', 'x\n'.repeat(401))])).toHaveLength(1))

  it('of core and shared document every export', () => {
    const documented = code.filter(({ path }) => /^src\/(?:core|shared)\//.test(path))
    expect(undocumentedExports(documented)).toEqual([])
  })
  it('would see an export without a comment', () => {
    const source = made('src/core/a.ts', '/** Said. */\nexport const a = 1\nexport function b(): void {}\nconst c = 2')
    expect(undocumentedExports([source])).toEqual(['src/core/a.ts: export function b(): void {}'])
  })

  it('there is one conf, the one electron-store brings', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>
    }
    expect(Object.keys(lock.packages).filter((path) => /(?:^|\/)node_modules\/conf$/.test(path))).toEqual([
      'node_modules/conf',
    ])
  })
})

describe('sentences', () => {
  it('have the same keys in both languages, and the same names in their braces', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(vietnamese).sort())
    const namesOf = (sentence: string): string => [...new Set(sentence.match(/\{\w+\}/g))].sort().join()
    const different = Object.entries(vietnamese).filter(
      ([key, sentence]) => namesOf(sentence) !== namesOf((english as Record<string, string>)[key] ?? ''),
    )
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('say something for every error code', () => {
    expect(errorCodes.filter((code) => !(`error.${code}` in vietnamese))).toEqual([])
  })

  it('are there for every key the sources name', () => {
    const named = namedSentences(code)
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter(({ key }) => !(key in vietnamese))).toEqual([])
  })

  it('place tone marks as "hòa, ủy, xóa" throughout', () => expect(oldTonePlacement(vietnamese)).toEqual([]))
  it.each(['Xoá', 'huỷ bỏ', 'hoà bình', 'khoẻ', 'Tuỳ chọn'])('would see “%s”', (word) =>
    expect(oldTonePlacement({ key: `Một ${word} nữa` })).toHaveLength(1),
  )
  it.each(['xóa', 'quý vị', 'quỳ', 'thoát', 'hoàn tất', 'truyền hình', 'toán'])('lets “%s” be', (word) =>
    expect(oldTonePlacement({ key: word })).toEqual([]),
  )

  it('write per cent without a blank, as Vietnamese does', () => {
    expect(Object.entries(vietnamese).filter(([, sentence]) => /[\d}]\s%/.test(sentence))).toEqual([])
  })
})
