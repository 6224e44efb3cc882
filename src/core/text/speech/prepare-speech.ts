import type { Output } from '../../../shared/contract/api'
import { splitSentences } from '../sentences'
import { toSpokenText } from './spoken-text'

/**
 * Paragraphs as they are read aloud, sentence by sentence: one is one utterance, since a voice's own signs of how far
 * it is can't be relied on (TEXT). A stretch with nothing to say ("./.", "***") is left out.
 */
export function prepareSpeech(paragraphs: readonly string[]): Output<'prepareSpeech'> {
  const ambiguous = new Set<string>()
  const prepared = paragraphs.map((paragraph) =>
    splitSentences(paragraph).flatMap(({ from, to }) => {
      const { text, ambiguous: unclear, syllables } = toSpokenText(paragraph.slice(from, to))
      for (const short of unclear) ambiguous.add(short)
      return syllables === 0 ? [] : [{ from, to, spoken: text, syllables }]
    }),
  )
  return { paragraphs: prepared, ambiguous: [...ambiguous] }
}
