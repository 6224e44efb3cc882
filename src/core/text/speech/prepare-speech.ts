import type { Output } from '../../../shared/contract/api'
import { splitSentences } from '../sentences'
import { toSpokenText } from './spoken-text'

/**
 * Splits paragraphs into the sentences that are read aloud. Each sentence is one utterance, because the events with
 * which voices report their progress are unreliable. Sentences without a word ("./.", "***") are left out.
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
