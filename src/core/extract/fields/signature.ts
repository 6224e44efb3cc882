import type { BodyItem } from '../body-item'
import { isFileAddress } from '../html/file-address'
import { splitSignature } from './author'

/** A body without its signature, and the signature. Lines that hand out files may stand below it. */
export function takeSignature(received: readonly BodyItem[]): { items: BodyItem[]; author: string | null } {
  const lastText = received.findLastIndex((item) => item.text !== '' && !handsOutFiles(item))
  const below = received.slice(lastText + 1)
  const items = received.slice(0, lastText + 1)
  // A table or a figure is no signature: as an item of a list it can't be taken for one.
  const texts = items.map(({ kind, text }) => (kind === 'paragraph' ? text : `• ${text};`))
  const { body, author } = splitSignature(texts)
  const kept = items.slice(0, body.length)
  const last = kept.at(-1)
  const ending = body.at(-1)
  // The signature stood on the last paragraph's own line: its text goes from there.
  if (author !== null && last?.kind === 'paragraph' && ending !== undefined && ending !== last.text)
    kept[kept.length - 1] = { ...last, text: ending, html: null }
  return { items: [...kept, ...below], author }
}

function handsOutFiles({ html }: BodyItem): boolean {
  return [...(html ?? '').matchAll(/<a\b[^>]*\bhref="([^"]*)"/gi)].some(([, address = '']) => isFileAddress(address))
}
