import type { BodyItem } from '../body-item'

/**
 * A declared text is used if it has at least this length, and is this many times longer than the text that the page
 * shows.
 */
const minDeclaredLength = 200
const minLengthRatio = 2

/**
 * Replaces the items of a body by the text that the page declares for programs, if the page itself shows hardly any
 * text. Such a page shows its text with a script. Figures stay. `declared` may contain HTML and is null if nothing is
 * declared.
 */
export function replaceWithDeclaredText(items: readonly BodyItem[], declared: string | null): readonly BodyItem[] {
  const shown = items.reduce((sum, { text }) => sum + text.length, 0)
  if (declared === null || declared.length < minDeclaredLength || shown * minLengthRatio > declared.length) return items
  const plain = declared.replace(/<(?:br|\/p|\/div|\/li|\/h\d)\b[^>]{0,200}>/gi, '\n').replace(/<[^>]{1,2000}>/g, ' ')
  const paragraphs = plain.split(/\s*\n\s*/u).filter((text) => text.trim() !== '')
  const texts = paragraphs.map((text): BodyItem => ({ kind: 'paragraph', text: text.trim(), html: null }))
  return [...texts, ...items.filter(({ kind }) => kind === 'figure')]
}
