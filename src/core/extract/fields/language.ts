import type { BodyItem } from '../body-item'

/** Letters that neighbouring languages do not have. */
const vietnameseLetters = /[đơưĐƠƯ\u1ea0-\u1ef9]/gu
/** A Vietnamese text has at least this share of these letters. */
const minShare = 0.02

/** Whether a body is in Vietnamese, also if its letters are decomposed. */
export function isVietnamese(items: readonly BodyItem[]): boolean {
  const text = items
    .map((item) => item.text)
    .join(' ')
    .slice(0, 20_000)
    .normalize('NFC')
  return (text.match(vietnameseLetters)?.length ?? 0) >= text.length * minShare
}
