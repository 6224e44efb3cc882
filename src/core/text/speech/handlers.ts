import type { Handlers } from '../../dispatch'

/** Creates the method that prepares paragraphs for reading aloud. */
export function createSpeechHandlers(): Pick<Handlers, 'prepareSpeech'> {
  return {
    async prepareSpeech({ paragraphs }) {
      const { prepareSpeech } = await import('./prepare-speech')
      return prepareSpeech(paragraphs)
    },
  }
}
