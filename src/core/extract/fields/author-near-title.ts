import type { BodyItem } from '../body-item'
import { findOwnBoxes, type PageLine } from '../html/page-lines'
import { classifyLine } from '../line-kind'
import { readLabelledAuthor, readSignature } from './signature'
import { findLinesNearTitle, maxLinesBelow } from './lines-near-title'

/** Maximum number of boxes around a signature whose alignment is checked. */
const maxBoxes = 4

/**
 * Finds the author near the title or right below the body. The author is on a line "Tác giả: …", or is a right-aligned
 * signature right below the body. Returns null if there is no author.
 */
export function findAuthorNearTitle(
  lines: readonly PageLine[],
  title: string,
  items: readonly BodyItem[],
): string | null {
  const last = items.findLast(({ text }) => text !== '')?.text
  const endsAt = last === undefined ? -1 : lines.findLastIndex(({ text }) => text === last)
  const below = endsAt < 0 ? [] : lines.slice(endsAt + 1, endsAt + 1 + maxLinesBelow).map(({ text }) => text)
  for (const line of [...findLinesNearTitle(lines, title), ...below]) {
    const author = readLabelledAuthor(line) ?? readAuthorOnDateLine(line)
    if (author !== null) return author
  }
  return endsAt < 0 ? null : readSignatureOnRight(lines[endsAt + 1])
}

/** Returns the author from a signature that is aligned to the right. Returns null for any other line. */
function readSignatureOnRight(line: PageLine | undefined): string | null {
  if (line === undefined) return null
  const isRight = findOwnBoxes(line, maxBoxes).some((box) =>
    /^right$|text-align\s*:\s*right/i.test(box.getAttribute('align') ?? box.getAttribute('style') ?? ''),
  )
  return isRight ? readSignature(line.text) : null
}

/** Returns the author on a date line such as "12/05/2025 | Tác giả: …". Returns null for any other line. */
function readAuthorOnDateLine(line: string): string | null {
  const kind = classifyLine(line)
  return kind.kind === 'date' ? kind.author : null
}
