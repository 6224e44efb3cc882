import { isByline, isPictureCredit } from './signature'
import { type BodyItem, addCaption } from '../body-item'
import { findCaptions } from './captions'
import { isVietnamese } from './language'

/** Matches the HTML of a paragraph whose whole text is bold. Such a paragraph is the heading of a section. */
const isBold = /^<p>\s*<(strong|b)\b[^>]*>(?:(?!<\/\1>)[\s\S])*<\/\1>\s*<\/p>$/i

/**
 * Finds captions that no markup of the page declares, by the same rules as in a text dump (`findCaptions`). A caption
 * right below a picture is added to the figure of that picture. Any other caption becomes a separate item. The rules
 * fit only Vietnamese texts, so texts in other languages stay unchanged.
 */
export function joinCaptions(items: readonly BodyItem[]): BodyItem[] {
  if (!isVietnamese(items)) return [...items]
  const paragraphs = items
    .map((item, at) => ({ item, before: items[at - 1] }))
    .filter(({ item }) => item.kind === 'paragraph')
  const isBelowByline = (at: number): boolean => {
    const [own, above] = [paragraphs[at]?.item, paragraphs[at - 1]?.item]
    return own !== undefined && above !== undefined && isPictureCredit(own.text) && isByline(above.text)
  }
  const captions = findCaptions(
    paragraphs.map(({ item: { text, html }, before }) => ({
      text,
      wasWrapped: /<br\b/i.test(html ?? ''),
      blanksBefore: 0,
      isAfterPicture: isFigureWithoutCaption(before) && !isBold.test(html ?? ''),
    })),
    // An HTML page shows its pictures, so a caption that is not below a picture must contain a credit.
    { knowsPicturePlace: false, showsPictures: true },
  )
  const found = new Set(
    paragraphs.filter((_paragraph, at) => captions[at] === true && !isBelowByline(at)).map(({ item }) => item),
  )
  const joined: BodyItem[] = []
  for (const item of items) {
    const last = joined.at(-1)
    if (!found.has(item)) joined.push(item)
    else if (last !== undefined && isFigureWithoutCaption(last)) joined[joined.length - 1] = addCaption(last, item.text)
    else joined.push({ kind: 'caption', text: item.text, html: null })
  }
  return joined
}

function isFigureWithoutCaption(item: BodyItem | undefined): boolean {
  return item?.kind === 'figure' && item.text === ''
}
