/** What a voice must have to be chosen. */
export type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'name' | 'voiceURI'>

/** Browsers tell of their voices a moment after they are asked the first time. */
const maxWaitMs = 1500

/** The Vietnamese voices of this machine, those that need no network first; [] where there is none. */
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
 * The voice to read with: the chosen one, else the first that works on this machine alone. One that works online sends
 * the text away, so it is never taken unasked; null then.
 */
export function chooseVoice<T extends Voice>(voices: readonly T[], chosen: string | null): T | null {
  return (
    voices.find(({ voiceURI }) => chosen !== null && voiceURI === chosen) ??
    voices.find(({ localService }) => localService) ??
    null
  )
}
