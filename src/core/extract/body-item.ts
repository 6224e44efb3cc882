import { escapeHtml } from '../text/escape-html'

/** One piece of a body, in reading order. */
export interface BodyItem {
  /** `whole` is the kind of a table, a list, a quotation or a heading. Such an item keeps its HTML structure. */
  kind: 'paragraph' | 'figure' | 'caption' | 'whole'
  text: string
  /**
   * The HTML. The address of each picture is a mark (see `createPictureMark`). Null if the HTML is the escaped text.
   */
  html: string | null
  /** Alternative text, only for figures. */
  alt?: string | null
}

/** Returns the HTML of an item, not yet sanitised. */
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
