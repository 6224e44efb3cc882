/** The fields of a voice that are needed to choose one. */
export type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'name' | 'voiceURI'>

/** How long to wait for the voices, because a browser lists them only some time after the first request. */
const maxWaitMs = 1500

/** The Vietnamese voices. Voices that need no network come first. */
export async function vietnameseVoices(synthesis: SpeechSynthesis): Promise<SpeechSynthesisVoice[]> {
  if (synthesis.getVoices().length === 0)
    await new Promise<void>((resolve) => {
      synthesis.addEventListener('voiceschanged', () => resolve(), { once: true })
      setTimeout(resolve, maxWaitMs)
    })
  return synthesis
    .getVoices()
    .filter(({ lang }) => /^vi(?:[-_]|$)/i.test(lang))
    .sort((a, b) => Number(b.localService) - Number(a.localService))
}

/**
 * The voice for reading aloud. This is the voice that the user chose, else the first voice that works without a
 * network. An online voice sends the text to its provider, so it is used only if the user chose it. Returns null if
 * there is no such voice.
 */
export function chooseVoice<T extends Voice>(voices: readonly T[], chosen: string | null): T | null {
  return (
    voices.find(({ voiceURI }) => chosen !== null && voiceURI === chosen) ??
    voices.find(({ localService }) => localService) ??
    null
  )
}
