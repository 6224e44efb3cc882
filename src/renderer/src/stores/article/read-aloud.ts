import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { findParagraphStart, type Sentence, type SpeechInput, type SpeechScript } from '../../lib/article/speech-script'
import { createResponseGuard } from '../../lib/response-guard'
import { chooseVoice, vietnameseVoices } from '../../lib/speech-voices'
import { attempt } from '../report-error'
import { useSettings } from '../settings'
import { prepareSpeech } from './prepare-speech'

/**
 * Reads aloud with one utterance for each sentence, because the progress events of voices are not reliable. The store
 * has over 100 lines, because each command of the bar changes the current sentence and ends the utterance of that
 * sentence.
 */
export const useReadAloud = defineStore('read-aloud', () => {
  const settings = useSettings()
  const isOpen = shallowRef(false)
  const isPlaying = shallowRef(false)
  const sentences = shallowRef<readonly Sentence[]>([])
  /** The index of the current sentence. */
  const at = shallowRef(0)
  const voices = shallowRef<readonly SpeechSynthesisVoice[]>([])
  const problem = shallowRef<'no-voice' | 'no-speech' | 'speech-failed' | null>(null)
  const isAtEnd = shallowRef(false)
  const voice = computed(() => chooseVoice(voices.value, settings.settings.voice))
  /** The current sentence. The value is null if reading aloud is off or no voice is available. */
  const current = computed(() => (isOpen.value && voice.value !== null ? (sentences.value[at.value] ?? null) : null))
  /**
   * Numbers the user's commands. The number shows which events belong to an utterance from before the last command, so
   * that these events are ignored.
   */
  const commands = createResponseGuard()
  /**
   * The utterance that is being spoken. The reference is needed because Chromium sends no end event for a
   * garbage-collected utterance.
   */
  let utterance: SpeechSynthesisUtterance | null = null
  let source: (() => SpeechInput | null) | null = null
  let isPreparing = false

  addEventListener('pagehide', stop)

  /** Sets the function that returns the article's text. */
  function readFrom(given: () => SpeechInput | null): void {
    source = given
  }

  /** Starts to read from the top of the view, pauses the reading, or resumes the reading. */
  async function toggle(): Promise<void> {
    if (isOpen.value && isPreparing) return stop()
    if (isOpen.value) return isPlaying.value ? pause() : play()
    const command = commands.begin()
    const text = source?.() ?? null
    if (text === null) return
    isOpen.value = true
    isAtEnd.value = false
    problem.value = null
    sentences.value = []
    const synthesis = getSynthesis()
    if (synthesis === null) return void (problem.value = 'no-speech')
    isPreparing = true
    const prepared = await attempt(() => Promise.all([vietnameseVoices(synthesis), prepareSpeech(text)]))
    if (!command.isLatest()) return
    isPreparing = false
    if (prepared === null) return stop()
    const [found, script] = prepared
    voices.value = found
    sentences.value = script.sentences
    at.value = Math.max(
      0,
      script.sentences.findIndex(({ to }) => to > text.viewFrom),
    )
    play()
  }

  function play(): void {
    const command = commands.begin()
    const synthesis = getSynthesis()
    synthesis?.cancel()
    if (isAtEnd.value) at.value = 0
    isAtEnd.value = false
    problem.value = voice.value === null ? 'no-voice' : null
    const sentence = sentences.value[at.value]
    isPlaying.value = synthesis !== null && voice.value !== null && sentence !== undefined
    if (synthesis === null || sentence === undefined || voice.value === null) return
    utterance = new SpeechSynthesisUtterance(sentence.spoken)
    utterance.voice = voice.value
    utterance.lang = voice.value.lang
    utterance.rate = settings.settings.speechRate
    utterance.onend = () => {
      if (command.isLatest()) next()
    }
    utterance.onerror = ({ error }) => {
      if (!command.isLatest() || error === 'canceled' || error === 'interrupted') return
      pause()
      problem.value = 'speech-failed'
    }
    synthesis.speak(utterance)
  }

  function next(): void {
    if (at.value + 1 < sentences.value.length) {
      at.value += 1
      return play()
    }
    pause()
    isAtEnd.value = true
  }

  /**
   * Pauses by cancelling the utterance, because some voices (Android, online) never resume. The sentence is later read
   * again from its start.
   */
  function pause(): void {
    commands.invalidate()
    isPlaying.value = false
    getSynthesis()?.cancel()
  }

  function stop(): void {
    pause()
    isPreparing = false
    isOpen.value = false
    sentences.value = []
    at.value = 0
  }

  /** Goes to the next (1) or the previous paragraph (-1). */
  function goToParagraph(step: 1 | -1): void {
    const target = findParagraphStart(sentences.value, at.value, step)
    if (target < 0) return
    at.value = target
    if (isPlaying.value) play()
  }

  /** Changes the rate or the voice. The change takes effect at the start of the current sentence. */
  async function set(change: { speechRate: typeof settings.settings.speechRate } | { voice: string }): Promise<void> {
    const changing = settings.change(change)
    if (isPlaying.value || problem.value !== null) play()
    await changing
  }

  /** Returns the whole text in the form in which an announcer reads the text. Returns null if no article is shown. */
  async function prepareScript(): Promise<SpeechScript | null> {
    const text = source?.() ?? null
    return text === null ? null : prepareSpeech(text)
  }

  const state = { isOpen, isPlaying, sentences, at, voices, problem, isAtEnd, current, voice }
  return { ...state, readFrom, toggle, stop, goToParagraph, set, prepareScript }
})

function getSynthesis(): SpeechSynthesis | null {
  return 'speechSynthesis' in window ? window.speechSynthesis : null
}
