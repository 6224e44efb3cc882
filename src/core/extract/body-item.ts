import { escapeHtml } from '../text/escape-html'

/** One piece of a body, in reading order. */
export interface BodyItem {
  /** `whole` means that the item is one table, list, quotation or heading. Such an item keeps its HTML structure. */
  kind: 'paragraph' | 'figure' | 'caption' | 'whole'
  text: string
  /**
   * The HTML of the item. Each picture address is replaced with a mark (see `createPictureMark`). Null if the escaped
   * `text` is the whole HTML.
   */
  html: string | null
  /** Alternative text of the picture. Only figures have this field. */
  alt?: string | null
}

/** Returns the HTML of an item. The HTML is not yet sanitised. */
export function renderItem({ kind, text, html }: BodyItem): string {
  if (html !== null) return html
  return kind === 'caption'
    ? `<figure class="caption-only"><figcaption>${escapeHtml(text)}</figcaption></figure>`
    : `<p>${escapeHtml(text)}</p>`
}

/** Returns a copy of the figure with `text` as its caption. The given figure must not have a caption. */
export function addCaption(figure: BodyItem, text: string): BodyItem {
  const caption = `<figcaption>${escapeHtml(text)}</figcaption></figure>`
  return { ...figure, text, html: (figure.html ?? '<figure></figure>').replace(/<\/figure>$/, () => caption) }
}
