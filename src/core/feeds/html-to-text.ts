import { Parser } from 'htmlparser2'

/** Maximum number of characters of HTML that are parsed. A title or summary is shorter. */
const maxHtmlLength = 20_000
const hiddenElements = new Set(['script', 'style', 'template'])
/** Matches the names of elements that separate two words even without white space between them. */
const wordBreaks =
  /^(?:p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|tr|td|th|table|section|article|header|footer|figure|figcaption|blockquote|pre|hr|time|img)$/
const windows1252 = new TextDecoder('windows-1252')
const markup = /<\/?[a-z][^<>]*>|<!--|&(?:#\d+|#x[\da-f]+|[a-z]\w+);/i

/**
 * Converts each run of white space to one space and trims the text. Returns null if nothing remains. Also replaces C1
 * control characters by the windows-1252 characters with the same codes. Texts from Word contain these codes as numeric
 * entities, for example `&#146;`.
 */
export function collapseWhitespace(text: string): string | null {
  const collapsed = text
    .replace(/[\u0080-\u009f]/g, (character) => windows1252.decode(Uint8Array.of(character.charCodeAt(0))))
    .replace(/[\s\u200b\ufeff]+/gu, ' ')
    .trim()
  return collapsed === '' ? null : collapsed
}

/** Whether a browser never shows the text of this element. */
export function isHiddenElement(name: string): boolean {
  return hiddenElements.has(name)
}

/** Whether an element separates words, as in `<p>one</p><p>two</p>`. */
export function breaksWords(name: string): boolean {
  return wordBreaks.test(name)
}

/**
 * Returns the text that a fragment of HTML shows, on one line. Returns null if the fragment shows no text. A text
 * without tags and entities, such as "giá < 5 triệu", is not parsed as HTML. The result is plain text, so the caller
 * must escape it before it is used in HTML.
 */
export function htmlToText(html: string): string | null {
  if (!markup.test(html)) return collapseWhitespace(html)
  const pieces: string[] = []
  let hiddenDepth = 0
  const parser = new Parser({
    onopentag(name) {
      if (hiddenElements.has(name)) hiddenDepth += 1
      if (breaksWords(name)) pieces.push(' ')
    },
    onclosetag(name) {
      if (hiddenElements.has(name)) hiddenDepth = Math.max(0, hiddenDepth - 1)
      if (breaksWords(name)) pieces.push(' ')
    },
    ontext(text) {
      if (hiddenDepth === 0) pieces.push(text)
    },
  })
  parser.end(html.slice(0, maxHtmlLength))
  return collapseWhitespace(pieces.join(''))
}
