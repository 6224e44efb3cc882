import { Parser } from 'htmlparser2'

/** Longest piece of HTML that is looked at for a title or lead; what stands behind it is not shown anyway. */
const longestHtml = 20_000
const silent = new Set(['script', 'style', 'template'])
/** Elements that part two words though no blank stands between them. */
const parting =
  /^(?:p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|tr|td|th|table|section|article|header|footer|figure|figcaption|blockquote|pre|hr|time|img)$/
const western = new TextDecoder('windows-1252')
const markup = /<\/?[a-z][^<>]*>|<!--|&(?:#\d+|#x[\da-f]+|[a-z]\w+);/i

/**
 * Text with every run of white space as one blank, none around it; null where nothing is left. Controls of the second
 * set are signs of windows-1252 that a numeric entity (`&#146;`, pasted from Word) carried over.
 */
export function collapseWhitespace(text: string): string | null {
  const tidied = text
    .replace(/[\u0080-\u009f]/g, (sign) => western.decode(Uint8Array.of(sign.charCodeAt(0))))
    .replace(/[\s\u200b\ufeff]+/gu, ' ')
    .trim()
  return tidied === '' ? null : tidied
}

/** Whether an element's text is never shown. */
export function isHiddenElement(name: string): boolean {
  return silent.has(name)
}

/** Whether an element parts words (`<p>one</p><p>two</p>`). */
export function breaksWords(name: string): boolean {
  return parting.test(name)
}

/**
 * The text a fragment of HTML would show, on one line. A text that holds neither a tag nor an entity is returned as it
 * is ("giá < 5 triệu"). What comes back is text: `<` in it is a sign, and whoever shows it must escape it.
 */
export function htmlToText(html: string): string | null {
  if (!markup.test(html)) return collapseWhitespace(html)
  const pieces: string[] = []
  let silence = 0
  const parser = new Parser({
    onopentag(name) {
      if (silent.has(name)) silence += 1
      if (breaksWords(name)) pieces.push(' ')
    },
    onclosetag(name) {
      if (silent.has(name)) silence = Math.max(0, silence - 1)
      if (breaksWords(name)) pieces.push(' ')
    },
    ontext(text) {
      if (silence === 0) pieces.push(text)
    },
  })
  parser.end(html.slice(0, longestHtml))
  return collapseWhitespace(pieces.join(''))
}
