import en from './en.json' with { type: 'json' }
import vi from './vi.json' with { type: 'json' }
import type { Language } from '../settings/setting-values'

/** The name of a sentence: a key of `locales/vi.json`; `en.json` has the same keys (a test and the types check it). */
export type SentenceKey = keyof typeof vi

/** Values for the `{name}` places of a sentence; numbers are written as the language writes them (1.248 / 1,248). */
export type SentenceValues = Readonly<Record<string, string | number | boolean | null>>

const sentences: Record<Language, Record<SentenceKey, string>> = { vi, en }
const locales = { vi: 'vi-VN', en: 'en-GB' } as const

/**
 * The sentence of `key` in `language` with its `{name}` places filled. Where a `count` is given,
 * English may hold two forms, `one | many`. A place without a value stays visible, so that a test or a reader notices it.
 */
export function translate(language: Language, key: SentenceKey, values: SentenceValues = {}): string {
  const sentence = sentences[language][key]
  const { count } = values
  const forms = count === undefined ? [sentence] : sentence.split(' | ')
  const isOne = forms.length > 1 && typeof count === 'number' && pluralRules(language).select(count) === 'one'
  const form = forms[isOne ? 0 : forms.length - 1] ?? key
  return form.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name]
    if (value === undefined || value === null) return place
    return typeof value === 'number' ? numberText(language, value) : String(value)
  })
}

const rules: Partial<Record<Language, Intl.PluralRules>> = {}

/** Made when a sentence first has forms to choose from: Vietnamese has none. */
function pluralRules(language: Language): Intl.PluralRules {
  return (rules[language] ??= new Intl.PluralRules(locales[language]))
}

const thousands = { vi: '.', en: ',' } as const

/** Whole numbers need no more than a sign between thousands; the system's formats take a while to load for the others. */
function numberText(language: Language, value: number): string {
  if (Number.isSafeInteger(value)) return String(value).replace(/\B(?=(?:\d{3})+$)/g, thousands[language])
  return new Intl.NumberFormat(locales[language]).format(value)
}
