import type { BulletinText } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import type { Extraction } from './extraction'

/**
 * Maximum lengths of the texts of a bulletin, in characters. Storing and indexing a longer text would keep the program
 * from answering (`docs/security.md`). The longest laws and tariff lists have about 1.5 million characters.
 */
export const textLimits = {
  maxBody: 2_000_000,
  maxBodyHtml: 8_000_000,
  maxTitle: 2_000,
  maxSummary: 20_000,
  /** Any other text, for example an address. */
  maxOther: 8_192,
} as const

/**
 * Cuts the fields of an extraction that are longer than the limits. The received page still has them whole. Throws
 * `too-complex` (details: name) if the body is longer than the limits.
 */
export function limitTexts(extraction: Extraction, name: string): Extraction {
  const { text, source } = extraction
  return { ...extraction, text: limitText(text, name), source: cutTexts(source, textLimits.maxTitle) }
}

function limitText({ bodyText, bodyHtml, summary, figures, ...rest }: BulletinText, name: string): BulletinText {
  if (bodyText.length > textLimits.maxBody || bodyHtml.length > textLimits.maxBodyHtml)
    throw new AppError('too-complex', `extract ${name}: a text of ${bodyText.length} characters`, { name })
  return {
    ...cutTexts(rest, textLimits.maxOther),
    ...cutTexts({ title: rest.title, author: rest.author }, textLimits.maxTitle),
    ...cutTexts({ summary, figures }, textLimits.maxSummary),
    bodyText,
    bodyHtml,
  }
}

/** Cuts all texts in a value of JSON. */
function cutTexts<T>(value: T, maxLength: number): T {
  // The type assertion is safe, because cutting a text changes no type.
  if (typeof value === 'string') return cutText(value, maxLength) as T
  if (Array.isArray(value)) return value.map((each: unknown) => cutTexts(each, maxLength)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cutTexts<unknown>(each, maxLength)])) as T
}

/** Cuts a text and marks the cut with an ellipsis. Never cuts a surrogate pair in two. */
function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  return `${text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/u, '')}…`
}
