import type { PageLine } from '../html/page-lines'
import { isSameText } from './title'

/** Maximum number of lines below the title, or below the body, that are searched. */
export const maxLinesBelow = 6

/**
 * Returns the lines right below the title, then all lines above the title. In both groups the nearest line comes first.
 */
export function findLinesNearTitle(lines: readonly PageLine[], title: string): string[] {
  const at = lines.findIndex(({ text }) => isSameText(text, title))
  const below = lines.slice(at + 1, at + 1 + maxLinesBelow)
  return readTexts([...below, ...lines.slice(0, Math.max(at, 0)).toReversed()])
}

function readTexts(lines: readonly PageLine[]): string[] {
  return lines.map(({ text }) => text)
}
