import type { Source } from './sources'

/**
 * Finds the texts that contain a syllable with its tone mark in the older place ("hoà"). The interface uses the newer
 * place ("hòa").
 */
export function oldTonePlacement(sentences: Readonly<Record<string, string>>): string[] {
  // Matches "oa", "oe" and "uy" at the end of a syllable with the mark on the second vowel. In "quý", the u belongs to
  // "qu".
  const old = /(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\p{L})/u
  return Object.entries(sentences)
    .filter(([, sentence]) => old.test(sentence.normalize('NFC')))
    .map(([key, sentence]) => `${key}: ${old.exec(sentence.normalize('NFC'))?.[0] ?? ''} in “${sentence}”`)
}

/**
 * Finds the locale keys that sources pass as literals to `say` and `translate`. The result contains the path of each
 * source.
 */
export function namedSentences(sources: readonly Source[]): { key: string; path: string }[] {
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(?:say|translate)\s*\(\s*(?:\w+(?:\(\))?\s*,\s*)?'([a-z][a-z-]*\.[a-z][a-z0-9.-]*)'/g)].map(
      ([, key = '']) => ({ key, path }),
    ),
  )
}
