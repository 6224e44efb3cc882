import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { textSizes, type TextSize, type Theme } from '../../../shared/settings/setting-values'
import { defaultSettings } from '../../../shared/settings/default-settings'
import type { Settings, SettingsChange } from '../../../shared/settings/settings'
import { type SentenceKey, type SentenceValues, translate } from '../../../shared/locales/translate'
import { callHost, events, getErrorShape } from '../bridge'
import { createResponseGuard } from '../lib/response-guard'
import { useToasts } from './toasts'

/** No settings file is larger; what is, need not be read whole to be refused. */
const maxBytes = 200_000

/** The reader's settings: shown at once, saved at once, the same in every window. */
export const useSettings = defineStore('settings', () => {
  const settings = shallowRef<Settings>(defaultSettings)
  const isDarkSystem = shallowRef(matchMedia('(prefers-color-scheme: dark)').matches)
  /** Changes that were sent and not yet answered: until then what the host says is older than what is shown. */
  let inFlight = 0
  const turns = createResponseGuard()
  const sent = new Set<Promise<unknown>>()

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => (isDarkSystem.value = matches))
  events.on((event) => {
    // An event may be older than the answer to a later change: what it says is asked for again where it is news.
    if (event.type === 'settings-changed' && isNews(event.settings)) void load()
  })
  events.onGap(() => void load())

  const theme = computed<Theme>(() => {
    if (settings.value.theme !== 'system') return settings.value.theme
    return isDarkSystem.value ? 'night' : 'paper'
  })

  /** By itself, so that what only says something is not drawn anew at every other change. */
  const language = computed(() => settings.value.language)

  function isNews(said: Settings): boolean {
    const shown = new Map<string, unknown>(Object.entries(settings.value))
    const all = Object.entries(said)
    return (
      all.length !== shown.size ||
      all.some(([name, value]) => JSON.stringify(value) !== JSON.stringify(shown.get(name)))
    )
  }

  /** What the host says; nothing is drawn anew where it is what is shown: each change comes back as answer and event. */
  function take(said: Settings): void {
    if (isNews(said)) settings.value = said
  }

  async function load(): Promise<void> {
    const isLatest = turns.begin()
    const loaded = await callHost('getSettings', {}).catch(() => null)
    if (loaded !== null && isLatest() && inFlight === 0) take(loaded)
  }

  /** Shown at once; whether it was saved. What was refused is as it was. */
  async function change(change: SettingsChange): Promise<boolean> {
    settings.value = { ...settings.value, ...change }
    inFlight += 1
    const isLatest = turns.begin()
    let isRefused = false
    try {
      const answer = callHost('changeSettings', change)
      sent.add(answer)
      const saved = await answer.finally(() => sent.delete(answer))
      if (isLatest() && inFlight === 1) take(saved)
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
      isRefused = true
    } finally {
      inFlight -= 1
    }
    if (isRefused) await load()
    return !isRefused
  }

  /** The settings as a file, which the page then saves. */
  async function exportAll(): Promise<{ name: string; text: string } | null> {
    // What was just changed is to be in it.
    await Promise.allSettled(sent)
    return callHost('exportSettings', {}).catch((thrown: unknown) => {
      useToasts().show(getErrorShape(thrown))
      return null
    })
  }

  /** Takes over the settings of a file, and says what came of it. */
  async function importFrom(file: Blob): Promise<void> {
    try {
      const { settings: imported, ignored } = await callHost('importSettings', {
        text: await file.slice(0, maxBytes).text(),
      })
      settings.value = imported
      useToasts().show(
        ignored.length === 0 ? say('ui.settings-imported') : say('ui.settings-ignored', { count: ignored.length }),
      )
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  /** One step larger (1) or smaller (-1); stays at the ends. */
  function stepSize(direction: 1 | -1): void {
    const at = textSizes.indexOf(settings.value.textSize)
    const next = textSizes[at + direction]
    if (next !== undefined) setSize(next)
  }

  function setSize(textSize: TextSize): void {
    if (textSize !== settings.value.textSize) void change({ textSize })
  }

  function say(key: SentenceKey, values?: SentenceValues): string {
    return translate(language.value, key, values)
  }

  return { settings, theme, language, isDarkSystem, load, change, exportAll, importFrom, stepSize, setSize, say }
})
