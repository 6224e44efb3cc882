import type { Repair } from '../../shared/bulletin'

/** Text made right, and what was changed to make it so. */
export interface Normalized {
  text: string
  repairs: Repair[]
}

type Field = Repair['field']

interface Rule {
  kind: Repair['kind']
  rule: string
  version: number
  /** The repaired text and how many characters it changed. */
  apply(text: string): { text: string; count: number }
}

/**
 * In order: composed letters first, so that the rules after it see one character per letter. The soft hyphen
 * (U+00AD) is left alone: in TCVN3 text it is the letter ư, and that repair must see it (TEXT).
 */
const rules: readonly Rule[] = [
  { kind: 'nfc', rule: 'compose', version: 1, apply: compose },
  // Zero-width space, non-joiner, word joiner, BOM, and marks that turn the direction of writing (they can hide text).
  {
    kind: 'zero-width',
    rule: 'strip',
    version: 1,
    apply: (text) => replaceAll(text, /[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, ''),
  },
  {
    kind: 'zero-width',
    rule: 'strip-joiner',
    version: 1,
    apply: (text) => replaceAll(text, /(?<!\p{Extended_Pictographic}\ufe0f?)\u200d/gu, ''),
  },
  { kind: 'eth', rule: 'eth-before-vowel', version: 1, apply: repairEth },
]

/** Repairs one field of received text; each kind of change is counted. NBSP stays as the page has it. */
export function normalizeText(received: string, field: Field): Normalized {
  let text = received
  const repairs: Repair[] = []
  for (const { kind, rule, version, apply } of rules) {
    const result = apply(text)
    text = result.text
    if (result.count > 0) repairs.push({ kind, rule, ruleVersion: version, field, count: result.count, undone: false })
  }
  return { text, repairs }
}

/** Repairs of the same rule and field as one, their counts added. */
export function mergeRepairs(repairs: readonly Repair[]): Repair[] {
  const merged = new Map<string, Repair>()
  for (const repair of repairs) {
    const key = `${repair.rule} ${repair.field}`
    const known = merged.get(key)
    merged.set(key, { ...repair, count: (known?.count ?? 0) + repair.count })
  }
  return [...merged.values()]
}

function compose(text: string): { text: string; count: number } {
  const composed = text.normalize('NFC')
  return composed === text
    ? { text, count: 0 }
    : { text: composed, count: Math.max(1, [...text].length - [...composed].length) }
}

/**
 * Ð (U+00D0) and ð (U+00F0) for Đ and đ: repaired at the beginning of a word before a vowel, the only place where
 * Vietnamese has đ. Icelandic and Faroese, where Eth is a letter, never have it there.
 */
function repairEth(text: string): { text: string; count: number } {
  let count = 0
  const repaired = text.replace(/(?<![\p{L}\p{M}])[Ðð](?=\p{L})/gu, (eth, at: number) => {
    if (!/^[aeiouy]/iu.test(text.charAt(at + 1).normalize('NFD'))) return eth
    count += 1
    return eth === 'Ð' ? 'Đ' : 'đ'
  })
  return { text: repaired, count }
}

function replaceAll(text: string, pattern: RegExp, by: string): { text: string; count: number } {
  let count = 0
  const replaced = text.replace(pattern, () => {
    count += 1
    return by
  })
  return { text: replaced, count }
}
