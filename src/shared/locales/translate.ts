import en from './en.json' with { type: 'json' }
import vi from './vi.json' with { type: 'json' }
import type { Language } from '../settings/setting-values'

/** A key of `locales/vi.json`. A test and the type check verify that `en.json` has the same keys. */
export type SentenceKey = keyof typeof vi

/** Values for the placeholders `{name}` of a sentence. Numbers are formatted for the language (1.248 or 1,248). */
export type SentenceValues = Readonly<Record<string, string | number | boolean | null>>

const sentences: Record<Language, Record<SentenceKey, string>> = { vi, en }
const locales = { vi: 'vi-VN', en: 'en-GB' } as const

/**
 * Returns the sentence of `key` in `language`, with its placeholders filled. An English sentence with a `count` may
 * have two forms, written `one | many`. A placeholder without a value stays visible, so that a test or a user notices
 * the missing value.
 */
export function translate(language: Language, key: SentenceKey, values: SentenceValues = {}): string {
  const sentence = sentences[language][key]
  const { count } = values
  const forms = count === undefined ? [sentence] : sentence.split(' | ')
  const isOne = forms.length > 1 && typeof count === 'number' && getPluralRules(language).select(count) === 'one'
  const form = forms[isOne ? 0 : forms.length - 1] ?? key
  return form.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name]
    if (value === undefined || value === null) return place
    return typeof value === 'number' ? formatNumber(language, value) : String(value)
  })
}

const rules: Partial<Record<Language, Intl.PluralRules>> = {}

/**
 * Returns the plural rules of a language. The rules are created on first use, because Vietnamese, the default language,
 * has sentences with only one form.
 */
function getPluralRules(language: Language): Intl.PluralRules {
  return (rules[language] ??= new Intl.PluralRules(locales[language]))
}

const thousands = { vi: '.', en: ',' } as const

/**
 * Formats a number. Whole numbers need only thousands separators, so the function does not load the slow
 * `Intl.NumberFormat` for whole numbers.
 */
function formatNumber(language: Language, value: number): string {
  if (Number.isSafeInteger(value)) return String(value).replace(/\B(?=(?:\d{3})+$)/g, thousands[language])
  return new Intl.NumberFormat(locales[language]).format(value)
}
