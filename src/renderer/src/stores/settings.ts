import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { textSizes, type TextSize, type Theme } from '../../../shared/settings/setting-values'
import { defaultSettings } from '../../../shared/settings/default-settings'
import type { Settings, SettingsChange } from '../../../shared/settings/settings'
import { type SentenceKey, type SentenceValues, translate } from '../../../shared/locales/translate'
import { callHost, events, getErrorShape } from '../bridge'
import { createResponseGuard } from '../lib/response-guard'
import { reportError } from './report-error'

/** The user's settings. Every window shows a change immediately, and the change is saved immediately. */
export const useSettings = defineStore('settings', () => {
  const settings = shallowRef<Settings>(defaultSettings)
  const isDarkSystem = shallowRef(matchMedia('(prefers-color-scheme: dark)').matches)
  const requests = createResponseGuard()
  /**
   * The changes that the host has not answered yet. Until the host answers, the host's settings are older than the
   * settings on screen.
   */
  const pending = new Set<Promise<unknown>>()
  /** Whether the host has refused to store settings, because this page belongs to a guest. */
  let isKeptInPage = false

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => (isDarkSystem.value = matches))
  events.on((event) => {
    // The store asks the host for the current settings, because the settings in the event may be older than the answer
    // to a later change.
    if (event.type === 'settings-changed' && !isEqual(event.settings, settings.value)) void load()
  })
  events.onGap(() => void load())

  const theme = computed<Theme>(() => {
    if (settings.value.theme !== 'system') return settings.value.theme
    return isDarkSystem.value ? 'night' : 'paper'
  })

  /**
   * The language is a separate computed value, so that other changes of settings do not render every sentence again.
   */
  const language = computed(() => settings.value.language)

  /**
   * Takes over the host's settings. Equal settings are ignored, because each change arrives twice, as an answer and as
   * an event.
   */
  function take(changed: Settings): void {
    if (!isEqual(changed, settings.value)) settings.value = changed
  }

  async function load(): Promise<void> {
    if (isKeptInPage) return
    const request = requests.begin()
    const loaded = await callHost('getSettings', {}).catch(() => null)
    if (loaded !== null && request.takeReply() && pending.size === 0) take(loaded)
  }

  /**
   * Shows a change immediately and saves the change. If saving fails, shows the old settings again and returns false.
   */
  async function change(change: SettingsChange): Promise<boolean> {
    settings.value = { ...settings.value, ...change }
    if (isKeptInPage) return true
    const request = requests.begin()
    const answer = callHost('changeSettings', change)
    pending.add(answer)
    const saved = await answer.catch(takeRefusal)
    pending.delete(answer)
    if (isKeptInPage) return true
    if (saved === null) await load()
    else if (request.takeReply() && pending.size === 0) take(saved)
    return saved !== null
  }

  /** The host stores no settings of a guest. The page of a guest keeps the settings until the guest closes the page. */
  function takeRefusal(thrown: unknown): null {
    if (getErrorShape(thrown).code === 'forbidden') isKeptInPage = true
    else reportError(thrown)
    return null
  }

  /** Waits until the host has answered all changes. */
  async function waitForChanges(): Promise<void> {
    await Promise.allSettled(pending)
  }

  /** Makes the text one step larger (1) or smaller (-1). The change stops at the largest and the smallest size. */
  function stepSize(direction: 1 | -1): void {
    const next = textSizes[textSizes.indexOf(settings.value.textSize) + direction]
    if (next !== undefined) setSize(next)
  }

  function setSize(textSize: TextSize): void {
    if (textSize !== settings.value.textSize) void change({ textSize })
  }

  function say(key: SentenceKey, values?: SentenceValues): string {
    return translate(language.value, key, values)
  }

  const state = { settings, theme, language, isDarkSystem }
  return { ...state, load, change, waitForChanges, stepSize, setSize, say }
})

function isEqual(some: Settings, others: Settings): boolean {
  const known = new Map<string, unknown>(Object.entries(others))
  const all = Object.entries(some)
  return (
    all.length === known.size && all.every(([name, value]) => JSON.stringify(value) === JSON.stringify(known.get(name)))
  )
}
