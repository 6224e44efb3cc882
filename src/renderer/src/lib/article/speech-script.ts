/** A sentence that is read aloud. */
export interface Sentence {
  /** Its range in the text on screen. */
  from: number
  to: number
  paragraph: number
  /** The sentence as it is spoken. */
  spoken: string
  syllables: number
}

/** The article's text for reading aloud. */
export interface SpeechInput {
  paragraphs: readonly { from: number; text: string }[]
  /** Where the view begins in the text. Reading starts with the sentence there. */
  viewFrom: number
}

/** A text that is prepared for reading aloud. */
export interface SpeechScript {
  sentences: Sentence[]
  /** Abbreviations with more than one meaning. */
  ambiguous: string[]
}

/**
 * Index of the first sentence of the next (1) or the previous paragraph (-1), or -1 if there is no next one. Going back
 * from inside a paragraph leads to its own first sentence.
 */
export function findParagraphStart(sentences: readonly Sentence[], at: number, step: 1 | -1): number {
  const here = sentences[at]
  if (here === undefined) return -1
  if (step === 1) return sentences.findIndex(({ paragraph }) => paragraph > here.paragraph)
  const first = sentences.findIndex(({ paragraph }) => paragraph === here.paragraph)
  if (at > first) return first
  const before = sentences[first - 1]?.paragraph
  return Math.max(
    0,
    sentences.findIndex(({ paragraph }) => paragraph === before),
  )
}
