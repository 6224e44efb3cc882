import type { Handlers } from '../../dispatch'

/** The method that prepares paragraphs for reading aloud. */
export function createSpeechHandlers(): Pick<Handlers, 'prepareSpeech'> {
  return {
    async prepareSpeech({ paragraphs }) {
      const { prepareSpeech } = await import('./prepare-speech')
      return prepareSpeech(paragraphs)
    },
  }
}
