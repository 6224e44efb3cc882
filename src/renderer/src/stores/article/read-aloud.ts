import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Output } from '../../../../shared/contract/api'
import { chooseVoice, vietnameseVoices } from '../../lib/speech-voices'
import { callHost, getErrorShape } from '../../bridge'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'

/** A sentence to be read: its stretch of the text on screen, its paragraph, and how it is spoken. */
export interface Sentence {
  from: number
  to: number
  paragraph: number
  spoken: string
  syllables: number
}

/** What is read, from the article that is shown. */
export interface SpeechInput {
  paragraphs: readonly { from: number; text: string }[]
  /** Where the view begins in the text: reading begins with the sentence there. */
  viewFrom: number
}

/** A call carries this many characters at most: a host takes one megabyte. */
const maxCharsPerCall = 100_000

/** Reading aloud: one utterance for each sentence, since a voice's own signs of progress can't be relied on (TEXT). */
export const useReadAloud = defineStore('listening', () => {
  const settings = useSettings()
  const isOpen = shallowRef(false)
  const isPlaying = shallowRef(false)
  const sentences = shallowRef<readonly Sentence[]>([])
  const at = shallowRef(0)
  const voices = shallowRef<readonly SpeechSynthesisVoice[]>([])
  const problem = shallowRef<'no-voice' | 'no-speech' | 'speech-failed' | null>(null)
  const isAtEnd = shallowRef(false)
  /** Without a voice none is read. */
  const current = computed(() => (isOpen.value && voice.value !== null ? (sentences.value[at.value] ?? null) : null))
  const voice = computed(() => chooseVoice(voices.value, settings.settings.voice))
  /** Rises with every change of mind: an utterance that ends later says nothing any more. */
  let turn = 0
  /** Held while it is spoken: Chromium forgets to tell the end of one that nobody holds. */
  let utterance: SpeechSynthesisUtterance | null = null
  let source: (() => SpeechInput | null) | null = null
  /** What is to be read is on its way. */
  let isPreparing = false

  addEventListener('pagehide', stop)

  /** The article says here what there is to read. */
  function readFrom(given: () => SpeechInput | null): void {
    source = given
  }

  /** Starts reading what is in view, pauses it, goes on. */
  async function toggle(): Promise<void> {
    if (isOpen.value && isPreparing) return stop()
    if (isOpen.value) return isPlaying.value ? pause() : play()
    const mine = ++turn
    const text = source?.() ?? null
    if (text === null) return
    isOpen.value = true
    isAtEnd.value = false
    problem.value = null
    sentences.value = []
    const synthesis = speech()
    if (synthesis === null) return void (problem.value = 'no-speech')
    isPreparing = true
    try {
      const [found, prepared] = await Promise.all([vietnameseVoices(synthesis), prepare(text)])
      if (mine !== turn) return
      voices.value = found
      sentences.value = prepared.sentences
    } catch (thrown) {
      if (mine === turn) stop()
      return useToasts().show(getErrorShape(thrown))
    } finally {
      if (mine === turn) isPreparing = false
    }
    const inView = sentences.value.findIndex(({ to }) => to > text.viewFrom)
    at.value = Math.max(0, inView)
    play()
  }

  function play(): void {
    turn += 1
    const synthesis = speech()
    synthesis?.cancel()
    if (isAtEnd.value) at.value = 0
    isAtEnd.value = false
    problem.value = voice.value === null ? 'no-voice' : null
    const sentence = sentences.value[at.value]
    isPlaying.value = synthesis !== null && voice.value !== null && sentence !== undefined
    if (synthesis === null || sentence === undefined || voice.value === null) return
    const mine = turn
    utterance = new SpeechSynthesisUtterance(sentence.spoken)
    utterance.voice = voice.value
    utterance.lang = voice.value.lang
    utterance.rate = settings.settings.speechRate
    utterance.onend = () => {
      if (mine === turn) next()
    }
    utterance.onerror = ({ error }) => {
      if (mine !== turn || error === 'canceled' || error === 'interrupted') return
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

  /** A voice that is paused may never come back (Android, some online ones): the sentence is begun again instead. */
  function pause(): void {
    turn += 1
    isPlaying.value = false
    speech()?.cancel()
  }

  function stop(): void {
    pause()
    isPreparing = false
    isOpen.value = false
    sentences.value = []
    at.value = 0
  }

  /** To the beginning of the paragraph before or after; back from inside one goes to its own beginning first. */
  function goToParagraph(step: 1 | -1): void {
    const here = sentences.value[at.value]
    if (here === undefined) return
    const first = sentences.value.findIndex(({ paragraph }) => paragraph === here.paragraph)
    const before = sentences.value[first - 1]?.paragraph
    const back = at.value > first ? first : sentences.value.findIndex(({ paragraph }) => paragraph === before)
    const forward = sentences.value.findIndex(({ paragraph }) => paragraph > here.paragraph)
    const target = step === 1 ? forward : Math.max(0, back)
    if (target < 0) return
    at.value = target
    if (isPlaying.value) play()
  }

  /** Another pace or voice is heard at once. */
  async function set(change: { speechRate: typeof settings.settings.speechRate } | { voice: string }): Promise<void> {
    const isKept = settings.change(change)
    if (isPlaying.value || problem.value !== null) play()
    await isKept
  }

  /** The whole text as an announcer reads it. */
  async function script(): Promise<PreparedSpeech | null> {
    const text = source?.() ?? null
    return text === null ? null : prepare(text)
  }

  const state = { isOpen, isPlaying, sentences, at, voices, problem, isAtEnd, current, voice }
  return { ...state, readFrom, toggle, stop, goToParagraph, set, script }
})

/** A text prepared for reading. */
export interface PreparedSpeech {
  sentences: Sentence[]
  ambiguous: string[]
}

async function prepare({ paragraphs }: SpeechInput): Promise<PreparedSpeech> {
  const sentences: Sentence[] = []
  const ambiguous = new Set<string>()
  for (let begin = 0; begin < paragraphs.length;) {
    let end = begin
    for (let size = 0; end < paragraphs.length && (end === begin || size < maxCharsPerCall); end++)
      size += paragraphs[end]?.text.length ?? 0
    const batch = paragraphs.slice(begin, end)
    const answer: Output<'prepareSpeech'> = await callHost('prepareSpeech', {
      paragraphs: batch.map(({ text }) => text),
    })
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

function speech(): SpeechSynthesis | null {
  return 'speechSynthesis' in window ? window.speechSynthesis : null
}
