import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commentsOf } from './comments'
import { headingAnchors, missingPathsInComments, missingPathsInPages, outsideReferences } from './references'
import { root, sourcesBelow } from './sources'

const sources = ['src', 'tests', 'bench', 'scripts']
  .flatMap((folder) => sourcesBelow(folder, /\.(?:ts|mjs|vue|css|html)$/))
  .filter(({ path }) => !/^tests\/(?:fixtures|unit\/architecture)\//.test(path))
const pages = [
  ...readdirSync(root)
    .filter((name) => name.endsWith('.md'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  ...['docs', 'tests', 'bench', 'scripts', 'resources'].flatMap((folder) => sourcesBelow(folder, /\.md$/)),
]

describe('references', () => {
  it('comments cite only paths and headings that exist', () => expect(missingPathsInComments(sources)).toEqual([]))
  it('Markdown pages cite only paths and headings that exist', () => {
    expect(pages.length).toBeGreaterThan(10)
    expect(missingPathsInPages(pages)).toEqual([])
  })
  it('comments do not cite pages outside the repository', () => expect(outsideReferences(sources)).toEqual([]))

  it.each([
    ['a file', 'src/core/nothing.ts', 'src/core/nothing.ts, which does not exist'],
    ['a folder', 'tests/nowhere/', 'tests/nowhere/, which does not exist'],
    ['a page at the end of a sentence', '(docs/nothing.md).', 'docs/nothing.md, which does not exist'],
    ['a heading', 'docs/packs.md#no-such-heading', 'docs/packs.md#no-such-heading, which is not a heading'],
  ])('control: the check finds the reference to %s, which does not exist', (_name, reference, sentence) => {
    const source = { path: 'src/a.ts', text: `/** See ${reference} */\nconst a = 1` }
    expect(missingPathsInComments([source])).toEqual([`src/a.ts names ${sentence}`])
    expect(missingPathsInPages([{ path: 'a.md', text: `See ${reference}` }])).toEqual([`a.md names ${sentence}`])
  })
  it.each([
    'src/shared/bulletin.ts',
    'docs/format/library-1.md#rules',
    'src/core/extract/',
    'docs/packs.md.',
    'bench/<name>.bench.mjs',
    'src/core/**',
    'https://example.org/docs/nothing.md',
    'bench/results/latest.json',
  ])('a comment may cite %s', (reference) =>
    expect(missingPathsInComments([{ path: 'src/a.ts', text: `// See ${reference}\nconst a = 1` }])).toEqual([]),
  )

  it.each([
    '[a](nothing.md)',
    '![a](images/nothing.png)',
    '[a]: nothing.md',
    '<img src="nothing.png">',
    '[a](#nothing)',
  ])('control: the check finds the broken link %s', (text) =>
    expect(missingPathsInPages([{ path: 'docs/packs.md', text }])).toHaveLength(1),
  )
  it.each(['[a](../README.md)', '[a](format/library-1.md#files)', '[a](https://example.org/)', '`[a](nothing.md)`'])(
    'a Markdown page may have the link %s',
    (text) => expect(missingPathsInPages([{ path: 'docs/packs.md', text }])).toEqual([]),
  )
  it('the anchors of headings equal those of GitHub', () =>
    expect(
      headingAnchors('# One: two\n## `a.json` ([b](c.md))\n```\n# not one\n```\n## Kho, số 1\n## One two'),
    ).toEqual(['one-two', 'ajson-b', 'kho-số-1', 'one-two-1']))

  it.each([
    '(FORMAT)',
    "(SECURITY, P8): so the folder's name stays",
    'TEXT’s table',
    'as ARCHITECTURE asks',
    'see CLI.md',
    '(CLI)',
    'the pages of ../shared/design',
  ])('control: the check finds the outside reference in "%s"', (comment) =>
    expect(outsideReferences([{ path: 'src/a.ts', text: `/** ${comment} */\nconst a = 1` }])).toHaveLength(1),
  )
  it.each(['SECURITY.md', 'docs/security.md', 'CONTRIBUTING.md', 'the CLI', 'from ../shared/bulletin.ts'])(
    'a comment may contain "%s"',
    (comment) => expect(outsideReferences([{ path: 'src/a.ts', text: `/** ${comment} */` }])).toEqual([]),
  )

  it('the check reads comments, but does not read strings, regular expressions or markup', () => {
    const script = '/** One. */\nconst a = "// no" + /\\/\\* no/.source // Two.\nconst b = `/* no */`\n/** Three. */'
    expect(commentsOf({ path: 'a.ts', text: script }).match(/One|Two|Three|no/g)).toEqual(['One', 'Two', 'Three'])
    const component = `<template><!-- One --><a href="no" /></template>\n<script setup>\n// Two\nconst a = '// no'\n</script>\n<style>\n/* Three */\na { b: no }\n</style>`
    expect(
      commentsOf({ path: 'a.vue', text: component })
        .match(/One|Two|Three|no/g)
        ?.sort(),
    ).toEqual(['One', 'Three', 'Two'])
  })
})
