/** The fields of a voice that the choice of a voice needs. */
export type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'name' | 'voiceURI'>

/** The maximum time in ms to wait for the voices. A browser lists the voices only some time after the first request. */
const maxWaitMs = 1500

/** Returns the Vietnamese voices. Voices that need no network come first. */
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
 * Chooses the voice for reading aloud: the voice that the user chose, else the first voice that works without a
 * network. An online voice sends the text to its provider, so an online voice is used only if the user chose this
 * voice. Returns null if there is no such voice.
 */
export function chooseVoice<T extends Voice>(voices: readonly T[], chosen: string | null): T | null {
  return (
    voices.find(({ voiceURI }) => chosen !== null && voiceURI === chosen) ??
    voices.find(({ localService }) => localService) ??
    null
  )
}
