import { callHost } from '../../bridge'
import type { Sentence, SpeechInput, SpeechScript } from '../../lib/article/speech-script'

/** The maximum number of characters in one call. A host accepts calls of up to one megabyte. */
const maxCharsPerCall = 100_000

/** Splits a text into sentences in their spoken form. Rejects if the host cannot be asked. */
export async function prepareSpeech({ paragraphs }: SpeechInput): Promise<SpeechScript> {
  const sentences: Sentence[] = []
  const ambiguous = new Set<string>()
  for (let begin = 0; begin < paragraphs.length;) {
    let end = begin
    for (let size = 0; end < paragraphs.length && (end === begin || size < maxCharsPerCall); end++)
      size += paragraphs[end]?.text.length ?? 0
    const batch = paragraphs.slice(begin, end)
    const answer = await callHost('prepareSpeech', { paragraphs: batch.map(({ text }) => text) })
    for (const [offset, found] of answer.paragraphs.entries()) {
      const start = batch[offset]?.from ?? 0
      for (const { from, to, spoken, syllables } of found)
        sentences.push({ from: start + from, to: start + to, paragraph: begin + offset, spoken, syllables })
    }
    for (const short of answer.ambiguous) ambiguous.add(short)
    begin = end
  }
  return { sentences, ambiguous: [...ambiguous] }
}
