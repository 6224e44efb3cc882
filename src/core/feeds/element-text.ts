import { breaksWords, collapseWhitespace, htmlToText, isHiddenElement } from './html-to-text'

/** Maximum length of the text of one element, in characters. A longer text is cut. */
const maxTextLength = 20_000

/** Collects the text of one XML element and of the elements inside it. */
export interface ElementText {
  openChild(name: string): void
  addText(text: string): void
  closeChild(name: string): void
  /** Returns the text that the element shows, or null if it shows no text. */
  read(): string | null
}

/**
 * Creates an empty collector. `type` and `mode` are the attributes by which Atom declares the encoding of a text. RSS
 * has no such attributes, so the collector finds out from the text itself whether it is HTML.
 */
export function createElementText({ type, mode }: { type: string; mode: string }): ElementText {
  const pieces: string[] = []
  let length = 0
  /** The number of open elements whose text is never shown, such as scripts and style sheets. */
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
