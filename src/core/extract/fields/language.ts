import type { BodyItem } from '../body-item'

/** Matches letters that Vietnamese has and other languages with Latin letters do not have. */
const vietnameseLetters = /[đơưĐƠƯ\u1ea0-\u1ef9]/gu
/** Minimum share of the characters of a Vietnamese text that match `vietnameseLetters`. */
const minShare = 0.02

/** Whether the text of a body is Vietnamese. Letters may be composed or decomposed (NFD). */
export function isVietnamese(items: readonly BodyItem[]): boolean {
  const text = items
    .map((item) => item.text)
    .join(' ')
    .slice(0, 20_000)
    .normalize('NFC')
  return (text.match(vietnameseLetters)?.length ?? 0) >= text.length * minShare
}
