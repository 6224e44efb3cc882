import ts from 'typescript'
import { scriptOf, type Source } from './sources'

/** A sign that must not stand in these sources, and why. */
interface Forbidden {
  where: RegExp
  pattern: RegExp
  why: string
}

/** What no source may hold. Comments and sentences are looked at too: the signs are rare enough. */
const forbidden: readonly Forbidden[] = [
  { where: /^src\//, pattern: /\bv-html\b/, why: 'Vue must not set HTML' },
  {
    where: /^src\//,
    pattern: /\b(?:innerHTML|outerHTML)\s*=[^=]|insertAdjacentHTML|document\.write\b|createContextualFragment/,
    why: 'HTML from strings never enters a page of ours',
  },
  {
    where: /^src\/(?!core\/content-security\.ts$|renderer\/article\.html$)/,
    pattern: /\bdefault-src\b/,
    why: 'every Content-Security-Policy stands in src/core/content-security.ts',
  },
  { where: /^src\/core\//, pattern: /\bconsole\s*\./, why: 'core logs through its port' },
  { where: /^src\//, pattern: /clearInvalidConfig/, why: 'it overwrites a damaged file with defaults' },
  { where: /^src\//, pattern: /\b(?:eval\s*\(|new Function\b)/, why: 'nothing untrusted ever runs' },
  { where: /^src\//, pattern: /@ts-(?:ignore|nocheck|expect-error)|eslint-disable/, why: 'no suppressions' },
  {
    where: /^(?!package-lock)/,
    pattern: /(?<![\w.])\/(?:home|root|work|Users)\/\w|[A-Z]:\\Users\\/,
    why: 'the path of one machine',
  },
]

/** Signs that must not be there, as sentences. */
export function forbiddenSigns(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) =>
    forbidden
      .filter(({ where, pattern }) => where.test(path) && pattern.test(text))
      .map(({ why, pattern }) => `${path}: ${why} (${pattern.exec(text)?.[0] ?? ''})`),
  )
}

/** Stores opened with options that change or wipe files behind our back (FORMAT, Writing). */
export function unsafeStores(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(/new\s+(?:Conf|ElectronStore|Store)\s*(?:<[^>]*>)?\s*\(([\s\S]*?)\)/g)]
      .filter(([, options = '']) => /\b(?:defaults|schema|migrations|watch|clearInvalidConfig)\b/.test(options))
      .map(([call]) => `${path}: ${call}`),
  )
}

const mostLines = 400

/** Files longer than anyone wants to read. */
export function longFiles(sources: readonly Source[]): string[] {
  return sources
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > mostLines)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

/** Exports without a doc comment. */
export function undocumentedExports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const text = scriptOf(source)
    const file = ts.createSourceFile(`${source.path}.ts`, text, ts.ScriptTarget.Latest, true)
    return file.statements
      .filter((statement) => ts.canHaveModifiers(statement) && isExported(statement))
      .filter((statement) => ts.getJSDocCommentsAndTags(statement).length === 0)
      .map((statement) => `${source.path}: ${statement.getText().split('\n')[0]?.slice(0, 80) ?? ''}`)
  })
}

function isExported(statement: ts.HasModifiers): boolean {
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}

/** Syllables written with the older placement of the tone mark; the interface uses the newer one ("hòa", "ủy", "thủy"). */
export function oldTonePlacement(sentences: Readonly<Record<string, string>>): string[] {
  // oa, oe, uy at the end of a syllable, mark on the second vowel; "quý", "quỳ" have their u from qu.
  const old = /(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\p{L})/u
  return Object.entries(sentences)
    .filter(([, sentence]) => old.test(sentence.normalize('NFC')))
    .map(([key, sentence]) => `${key}: ${old.exec(sentence.normalize('NFC'))?.[0] ?? ''} in “${sentence}”`)
}

/** Keys of sentences that sources name as literals, with where; only the names our functions take. */
export function namedSentences(sources: readonly Source[]): { key: string; path: string }[] {
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(?:say|translate)\s*\(\s*(?:\w+(?:\(\))?\s*,\s*)?'([a-z][a-z-]*\.[a-z][a-z0-9.-]*)'/g)].map(
      ([, key = '']) => ({ key, path }),
    ),
  )
}
