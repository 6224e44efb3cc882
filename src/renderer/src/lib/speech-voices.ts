/** The fields of a voice that are needed to choose one. */
export type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'name' | 'voiceURI'>

/** A browser lists its voices some time after the first request. */
const maxWaitMs = 1500

/** The Vietnamese voices, those that need no network first. */
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
 * The voice to read with: the one that the user chose, else the first that works without a network. An online voice
 * sends the text to its provider, so it is used only if the user chose it. Returns null if there is no such voice.
 */
export function chooseVoice<T extends Voice>(voices: readonly T[], chosen: string | null): T | null {
  return (
    voices.find(({ voiceURI }) => chosen !== null && voiceURI === chosen) ??
    voices.find(({ localService }) => localService) ??
    null
  )
}
