import { fold } from '../text/fold'
import { isDateLine } from '../text/dates'
import type { BodyItem } from './body-items'
import type { PageLine } from './page-lines'
import { isSame } from './title'

const lengths = { least: 60, most: 900, leastDescribed: 30 }

/** What stands between the title and the body, if it is long enough for a summary. */
export function summaryBetween(lines: readonly PageLine[], title: string, items: readonly BodyItem[]): string | null {
  const bodyTexts = new Set(items.map(({ text }) => text))
  const titleAt = lines.findIndex(({ text }) => isSame(text, title))
  const bodyAt = lines.findIndex(({ text }) => bodyTexts.has(text))
  if (titleAt < 0 || bodyAt <= titleAt) return null
  const between = lines.slice(titleAt + 1, bodyAt).map(({ text }) => text)
  return (
    between.find((text) => text.length >= lengths.least && text.length <= lengths.most && !isDateLine(text)) ?? null
  )
}

/**
 * The page's description, where it is one of this article: its words are those of the title and the body. If it is only
 * the cut beginning of the body, the body says it all; if it is a whole paragraph of it, that one is the summary.
 */
export function describedSummary(description: string | null, title: string, items: readonly BodyItem[]): string | null {
  if (description === null || description.length < lengths.leastDescribed) return null
  const start = fold(description)
    .replace(/[\s.…]+$/u, '')
    .slice(0, 80)
  const repeated = items.find(({ text }) => fold(text).startsWith(start))
  if (repeated !== undefined) return isSame(repeated.text, description) && isSetApart(repeated) ? repeated.text : null
  const said = new Set(wordsOf(`${title} ${items.map(({ text }) => text).join(' ')}`))
  const own = wordsOf(description)
  return own.filter((word) => said.has(word)).length >= own.length * 0.6 ? description : null
}

/** Wholly bold or slanted, as a lead is. */
function isSetApart({ html }: BodyItem): boolean {
  return /^<(p|div|h[2-6])>\s*(?:<(?:span|font)\b[^>]*>\s*)*<(strong|b|em|i)\b[^>]*>(?:(?!<\/\2>)[\s\S])*<\/\2>(?:\s|<\/span>|<\/font>|<br\s*\/?>)*<\/\1>$/i.test(
    html ?? '',
  )
}

function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
