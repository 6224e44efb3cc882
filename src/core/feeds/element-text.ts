import { breaksWords, collapseWhitespace, htmlToText, isHiddenElement } from './html-to-text'

/** Maximum length of the text of one element, in characters. A longer text is cut. */
const maxTextLength = 20_000

/** Collects the text of one XML element and of the elements inside it. */
export interface ElementText {
  openChild(name: string): void
  addText(text: string): void
  closeChild(name: string): void
  /** The text that the element shows. Returns null if the element shows no text. */
  read(): string | null
}

/**
 * Creates a collector without text. `type` and `mode` are the attributes that name the encoding of a text in Atom. RSS
 * has no such attribute, so the collector detects from an RSS text whether that text is HTML.
 */
export function createElementText({ type, mode }: { type: string; mode: string }): ElementText {
  const pieces: string[] = []
  let length = 0
  /** Number of open scripts and style sheets. */
  let hiddenDepth = 0
  return {
    openChild(name) {
      if (breaksWords(name)) pieces.push(' ')
      if (isHiddenElement(name)) hiddenDepth += 1
    },
    addText(text) {
      if (hiddenDepth > 0 || length > maxTextLength) return
      pieces.push(text)
      length += text.length
    },
    closeChild(name) {
      if (breaksWords(name)) pieces.push(' ')
      if (isHiddenElement(name)) hiddenDepth -= 1
    },
    read() {
      const text = pieces.join('').slice(0, maxTextLength)
      if (mode === 'base64') return htmlToText(Buffer.from(text, 'base64').toString('utf8'))
      const isPlain = type === 'text' || type === 'text/plain' || type.includes('xhtml')
      return isPlain ? collapseWhitespace(text) : htmlToText(text)
    },
  }
}
