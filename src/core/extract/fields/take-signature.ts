import type { BodyItem } from '../body-item'
import { isFileAddress } from '../html/file-address'
import { splitSignature } from './signature'

/**
 * Removes the signature from the end of a body. Returns the remaining items, and the author or null. Items with links
 * to files may be below the signature, and they stay.
 */
export function takeSignature(allItems: readonly BodyItem[]): { items: BodyItem[]; author: string | null } {
  const lastText = allItems.findLastIndex((item) => item.text !== '' && !hasFileLink(item))
  const below = allItems.slice(lastText + 1)
  const items = allItems.slice(0, lastText + 1)
  // A table or a figure is not a signature. Its text gets the form of a list item, because `splitSignature` never takes
  // list items.
  const texts = items.map(({ kind, text }) => (kind === 'paragraph' ? text : `• ${text};`))
  const { body, author } = splitSignature(texts)
  const bodyItems = items.slice(0, body.length)
  const last = bodyItems.at(-1)
  const ending = body.at(-1)
  // The signature was on the same line as the last paragraph, so it is removed from that paragraph.
  if (author !== null && last?.kind === 'paragraph' && ending !== undefined && ending !== last.text)
    bodyItems[bodyItems.length - 1] = { ...last, text: ending, html: null }
  return { items: [...bodyItems, ...below], author }
}

function hasFileLink({ html }: BodyItem): boolean {
  return [...(html ?? '').matchAll(/<a\b[^>]*\bhref="([^"]*)"/gi)].some(([, address = '']) => isFileAddress(address))
}
