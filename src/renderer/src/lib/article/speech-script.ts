/** A sentence that is read aloud. */
export interface Sentence {
  /** The range of the sentence in the text on screen. */
  from: number
  to: number
  paragraph: number
  /** The sentence as it is spoken. */
  spoken: string
  syllables: number
}

/** The article's text, as the input for reading aloud. */
export interface SpeechInput {
  paragraphs: readonly { from: number; text: string }[]
  /** The text offset where the view begins. Reading aloud starts with the sentence at this offset. */
  viewFrom: number
}

/** A text that is prepared for reading aloud. */
export interface SpeechScript {
  sentences: Sentence[]
  /** The abbreviations with more than one meaning. */
  ambiguous: string[]
}

/**
 * Returns the index of the first sentence of the next (1) or the previous paragraph (-1). Returns -1 if there is no
 * next paragraph. From inside a paragraph, a step back leads to the first sentence of the same paragraph.
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
