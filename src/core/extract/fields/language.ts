import type { BodyItem } from '../body-item'

/** Letters that Vietnamese has and its neighbours have not. */
const ownLetters = /[đơưĐƠƯ\u1ea0-\u1ef9]/gu

/** Whether a body is written in Vietnamese, also where its letters are yet to be composed. */
export function isVietnamese(items: readonly BodyItem[]): boolean {
  const text = items
    .map((item) => item.text)
    .join(' ')
    .slice(0, 20_000)
    .normalize('NFC')
  // Legacy fonts are repaired later: what has no such letter but is no plain ASCII either is looked at all the same.
  return (text.match(ownLetters)?.length ?? 0) >= text.length * 0.02
}
