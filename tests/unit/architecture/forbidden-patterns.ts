import type { Source } from './sources'

/** A pattern that must not occur in the sources whose path matches `where`. */
interface ForbiddenPattern {
  where: RegExp
  pattern: RegExp
  why: string
}

/** The forbidden patterns. The check also reads comments and strings, where the patterns are rare. */
const forbidden: readonly ForbiddenPattern[] = [
  { where: /^src\//, pattern: /\bv-html\b/, why: 'Vue must not set HTML' },
  {
    where: /^src\//,
    pattern: /\b(?:innerHTML|outerHTML)\s*=[^=]|insertAdjacentHTML|document\.write\b|createContextualFragment/,
    why: 'a string must not become HTML in a page of the program',
  },
  { where: /^src\/core\//, pattern: /\bconsole\s*\./, why: 'src/core logs through its port' },
  { where: /^src\//, pattern: /clearInvalidConfig/, why: 'it overwrites a damaged file with defaults' },
  { where: /^src\//, pattern: /\b(?:eval\s*\(|new Function\b)/, why: 'text must not run as code' },
  {
    where: /^src\//,
    pattern: /@ts-(?:ignore|nocheck|expect-error)|eslint-disable/,
    why: 'errors of the compiler and of eslint are fixed, not suppressed',
  },
  {
    where: /^src\/(?!core\/content-security\.ts$|renderer\/article\.html$)/,
    pattern: /\bdefault-src\b/,
    why: 'every Content-Security-Policy stands in src/core/content-security.ts',
  },
  {
    where: /^(?!package-lock)/,
    pattern: /(?<![\w.])\/(?:home|root|work|Users)\/\w|[A-Z]:\\Users\\/,
    why: 'the path of one machine',
  },
]

/** Finds the forbidden patterns in sources, and returns them as sentences. */
export function forbiddenPatterns(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) =>
    forbidden
      .filter(({ where, pattern }) => where.test(path) && pattern.test(text))
      .map(({ why, pattern }) => `${path}: ${why} (${pattern.exec(text)?.[0] ?? ''})`),
  )
}

/**
 * Finds the stores that are opened with options that rewrite or delete a file without a request
 * (docs/format/library-1.md).
 */
export function unsafeStores(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(/new\s+(?:Conf|ElectronStore|Store)\s*(?:<[^>]*>)?\s*\(([\s\S]*?)\)/g)]
      .filter(([, options = '']) => /\b(?:defaults|schema|migrations|watch|clearInvalidConfig)\b/.test(options))
      .map(([call]) => `${path}: ${call}`),
  )
}
