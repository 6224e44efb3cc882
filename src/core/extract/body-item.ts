import { escapeHtml } from '../text/escape-html'

/** One piece of a body in reading order. `html`: its pictures stand for entries of {@link ./body/body-items.BodyParts.pictures}; null: the escaped text. */
export interface BodyItem {
  kind: 'paragraph' | 'figure' | 'caption' | 'whole'
  text: string
  html: string | null
  /** Figures only. */
  alt?: string | null
}

/** The HTML of an item, not yet sanitised. */
export function renderItem({ kind, text, html }: BodyItem): string {
  if (html !== null) return html
  return kind === 'caption'
    ? `<figure class="caption-only"><figcaption>${escapeHtml(text)}</figcaption></figure>`
    : `<p>${escapeHtml(text)}</p>`
}

/** A figure's item with a caption it had not. */
export function addCaption(figure: BodyItem, text: string): BodyItem {
  const caption = `<figcaption>${escapeHtml(text)}</figcaption></figure>`
  return { ...figure, text, html: (figure.html ?? '<figure></figure>').replace(/<\/figure>$/, () => caption) }
}
