import { describe, expect, it } from 'vitest'
import { coinedFileNames, limitFileNames, limitNames } from './names'
import { pathsBelow, sourcesBelow } from './sources'

const folders = ['src', 'tests', 'bench', 'scripts']
const paths = folders.flatMap(pathsBelow).filter((path) => !path.startsWith('tests/fixtures/'))

describe('names', () => {
  it('the names of limits begin with max or min', () =>
    expect(limitNames(folders.flatMap((folder) => sourcesBelow(folder, /\.(?:ts|mjs|vue)$/)))).toEqual([]))
  it('file names do not begin with a superlative', () => expect(limitFileNames(paths)).toEqual([]))
  it('the names of files and folders are usual technical terms', () =>
    expect(coinedFileNames(paths.filter((path) => /^(?:src|tests)\//.test(path)))).toEqual([]))

  it.each([
    ['a variable', 'const mostBytes = 1'],
    ['a variable without a noun', 'let most = 1'],
    ['a parameter', 'function a(leastWords: number) {}'],
    ['a function', 'function longestWait() {}'],
    ['a bound name', 'const { max: fewestPages } = limits'],
    ['a field of a type', 'interface A { deepestLevel: number }'],
    ['a field of an object', 'run({ widestColumn: 3 })'],
    ['a private field', 'class A { #shortestLine = 1 }'],
    ['a type', 'type LongestA = 1; type longestA = 1'],
    ['an imported name', "import { a as mostPages } from './a'"],
  ])('control: the check finds the name in %s', (_name, text) =>
    expect(limitNames([{ path: 'src/a.ts', text }])).toHaveLength(1),
  )
  it('control: the check finds a forbidden name in a component, at the right line', () =>
    expect(limitNames([{ path: 'a.vue', text: '<template />\n<script setup>\nconst most = 1\n</script>' }])).toEqual([
      'a.vue:3 declares most',
    ]))
  it('control: the check finds forbidden file names', () =>
    expect(limitFileNames(['src/most-pages.ts', 'src/least/a.ts', 'src/almost.ts', 'src/LongestLine.vue'])).toEqual([
      'most-pages begins with a limit word',
      'least begins with a limit word',
      'longest-line begins with a limit word',
    ]))
  it.each(['const maxBytes = 1', 'const mostly = 1', 'const almost = a.most', 'search({ mostCounted: 550 })'])(
    'the check allows the name "%s"',
    (text) => expect(limitNames([{ path: 'src/a.ts', text }])).toEqual([]),
  )

  it.each(['src/core/hand-over.ts', 'src/words/a.ts', 'tests/unit/settling.test.ts', 'src/cli/feed-keeper.ts'])(
    'control: the check finds the coined name in %s',
    (path) => expect(coinedFileNames([path])).toHaveLength(1),
  )
  it.each(['src/core/number-words.ts', 'src/core/media/place-media.ts', 'src/core/answered.ts'])(
    'the check allows the file name %s',
    (path) => expect(coinedFileNames([path])).toEqual([]),
  )
})
