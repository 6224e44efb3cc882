import { labelledAuthor } from './author'
import type { BodyItem } from './body-items'
import { kindOfLine } from './chrome'
import type { PageLine } from './page-lines'
import { isSame } from './title'

/** How many lines below the title and below the body are looked at. */
const mostBelow = 6

/** The first line around the title that says only when: below it, then above it, the nearest first. */
export function dateNear(lines: readonly PageLine[], title: string): string | null {
  for (const line of around(lines, title)) {
    const kind = kindOfLine(line)
    if (kind.kind === 'date') return kind.text
  }
  return null
}

/** The name on a line "Tác giả: …" around the title, or right under the body. */
export function authorNear(lines: readonly PageLine[], title: string, items: readonly BodyItem[]): string | null {
  const last = items.findLast(({ text }) => text !== '')?.text
  const endsAt = last === undefined ? -1 : lines.findLastIndex(({ text }) => text === last)
  const below = endsAt < 0 ? [] : textsOf(lines.slice(endsAt + 1, endsAt + 1 + mostBelow))
  for (const line of [...around(lines, title), ...below]) {
    const author = labelledAuthor(line) ?? authorOnDateLine(line)
    if (author !== null) return author
  }
  return null
}

/** "12/05/2025 | Tác giả: …". */
function authorOnDateLine(line: string): string | null {
  const kind = kindOfLine(line)
  return kind.kind === 'date' ? kind.author : null
}

/** The lines right below the title, then those above it, the nearest first. */
function around(lines: readonly PageLine[], title: string): string[] {
  const at = lines.findIndex(({ text }) => isSame(text, title))
  const below = lines.slice(at + 1, at + 1 + mostBelow)
  return textsOf([...below, ...lines.slice(0, Math.max(at, 0)).toReversed()])
}

function textsOf(lines: readonly PageLine[]): string[] {
  return lines.map(({ text }) => text)
}
