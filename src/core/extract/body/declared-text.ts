import type { BodyItem } from '../body-item'

/** A text that a page declares counts where it is so long, and so many times longer than what the page shows. */
const minDeclaredLength = 200
const minLengthRatio = 2

/** The text that a page declares for programs, where it shows none: a script would have shown it. */
export function replaceWithDeclaredText(items: readonly BodyItem[], declared: string | null): readonly BodyItem[] {
  const shown = items.reduce((sum, { text }) => sum + text.length, 0)
  if (declared === null || declared.length < minDeclaredLength || shown * minLengthRatio > declared.length) return items
  const plain = declared.replace(/<(?:br|\/p|\/div|\/li|\/h\d)\b[^>]{0,200}>/gi, '\n').replace(/<[^>]{1,2000}>/g, ' ')
  const paragraphs = plain.split(/\s*\n\s*/u).filter((text) => text.trim() !== '')
  const texts = paragraphs.map((text): BodyItem => ({ kind: 'paragraph', text: text.trim(), html: null }))
  return [...texts, ...items.filter(({ kind }) => kind === 'figure')]
}
