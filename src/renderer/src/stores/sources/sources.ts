import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Input } from '../../../../shared/contract/api'
import type { RescueGrid, SourceListItem } from '../../../../shared/refresh'
import type { Source } from '../../../../shared/source'
import { callHost, events } from '../../bridge'
import { createResponseGuard } from '../../lib/response-guard'
import { useHost } from '../host'
import { attempt, reportUnlessForbidden } from '../report-error'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'
import { useRefreshes } from './refreshes'

/**
 * The minimum time in ms between two loads of the source counts. A refresh sends several events a second, and a load
 * for each event would be too much.
 */
const reloadMs = 1000

/** The sources that the user follows. */
export const useSources = defineStore('sources', () => {
  const items = shallowRef<readonly SourceListItem[]>([])
  /** The paths below the library's folder of source documents that can't be read. */
  const damaged = shallowRef<readonly string[]>([])
  const isLoaded = shallowRef(false)
  const requests = createResponseGuard()
  let reload: ReturnType<typeof setTimeout> | null = null

  events.on((event) => {
    if (event.type === 'sources-changed') void reloadQuietly()
    if (event.type === 'refresh-changed')
      reload ??= setTimeout(() => {
        reload = null
        void reloadQuietly()
      }, reloadMs)
  })
  events.onGap(() => void load())

  function byId(id: string): SourceListItem | undefined {
    return items.value.find(({ source }) => source.id === id)
  }

  async function fetchItems(): Promise<void> {
    const request = requests.begin()
    const answer = await callHost('listSources', {})
    if (!request.takeReply()) return
    items.value = answer.sources
    damaged.value = answer.damaged
    isLoaded.value = true
  }

  /** Guests see no followed sources, so nothing is loaded for them. */
  async function load(): Promise<void> {
    if (useHost().host.isForGuests) return
    await fetchItems().catch(reportUnlessForbidden)
  }

  /** Loads the sources again. The function shows no error, because the user did not start the loading. */
  async function reloadQuietly(): Promise<void> {
    await fetchItems().catch(() => null)
  }

  /**
   * Follows a source and starts the first refresh of this source. If the host refuses, reports the error and returns
   * null.
   */
  async function follow(given: Input<'addSource'>): Promise<Source | null> {
    const answer = await attempt(() => callHost('addSource', given))
    if (answer === null) return null
    await reloadQuietly()
    if (!answer.isNew) useToasts().show(useSettings().say('sources.known', { name: answer.source.name }))
    else await useRefreshes().refresh([answer.source.id])
    return answer.source
  }

  /**
   * Returns the counts of found and stored bulletins by month. If the counts cannot be loaded, reports the error and
   * returns null.
   */
  function fetchGrid(id: string): Promise<RescueGrid | null> {
    return attempt(() => callHost('getRescueGrid', { id }))
  }

  /** Changes a source. Tells whether the host accepted the change. */
  async function change(given: Input<'changeSource'>): Promise<boolean> {
    const changed = await attempt(() => callHost('changeSource', given))
    await reloadQuietly()
    return changed !== null
  }

  /** Stops following a source. The source's bulletins stay in the library. */
  async function remove(id: string): Promise<void> {
    const name = byId(id)?.source.name ?? ''
    const removed = await attempt(() => callHost('removeSource', { id }))
    await reloadQuietly()
    if (removed !== null) useToasts().show(useSettings().say('sources.removed', { name }))
  }

  const state = { items, damaged, isLoaded }
  return { ...state, load, reloadQuietly, byId, follow, fetchGrid, change, remove }
})
