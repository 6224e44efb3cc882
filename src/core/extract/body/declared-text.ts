import type { BodyItem } from '../body-item'

/** Minimum length in characters of a declared text (the text in the metadata of a page) that becomes the body. */
const minDeclaredLength = 200
/** Minimum ratio of the length of such a declared text to the length of the text on the page. */
const minLengthRatio = 2

/**
 * Returns the text in the metadata of a page as items if the HTML of the page contains hardly any text. Such a page
 * loads its text with JavaScript, which this program does not run. The figures of the body follow the text. `declared`
 * is the text in the metadata. It may contain HTML. It is null if the metadata has no text.
 */
export function replaceWithDeclaredText(items: readonly BodyItem[], declared: string | null): readonly BodyItem[] {
  const shown = items.reduce((sum, { text }) => sum + text.length, 0)
  if (declared === null || declared.length < minDeclaredLength || shown * minLengthRatio > declared.length) return items
  const plain = declared.replace(/<(?:br|\/p|\/div|\/li|\/h\d)\b[^>]{0,200}>/gi, '\n').replace(/<[^>]{1,2000}>/g, ' ')
  const paragraphs = plain.split(/\s*\n\s*/u).filter((text) => text.trim() !== '')
  const texts = paragraphs.map((text): BodyItem => ({ kind: 'paragraph', text: text.trim(), html: null }))
  return [...texts, ...items.filter(({ kind }) => kind === 'figure')]
}
