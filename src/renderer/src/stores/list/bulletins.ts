import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '../../../../shared/contract/api'
import { callHost, events } from '../../bridge'
import { useListPages } from '../../composables/list/use-list-pages'
import { useListPosition } from '../../composables/list/use-list-position'
import { useListQuery } from '../../composables/list/use-list-query'
import { useListSelection } from '../../composables/list/use-list-selection'
import { createResponseGuard } from '../../lib/response-guard'
import { reportError } from '../report-error'

/** The time after which an incomplete list is fetched again, in ms. */
const partialRefreshMs = 2000

/** The list of bulletins: its query, the pages of rows near the view, the selection, and the counts of the rail. */
export const useBulletins = defineStore('bulletins', () => {
  const { getQuery, ...query } = useListQuery(load)
  const requests = createResponseGuard()
  const { fetchShownPages, clear, ...pages } = useListPages(getQuery, requests)
  const { remember, forget, ...position } = useListPosition(pages)
  const selection = useListSelection(pages.pages, getQuery)
  const isLoaded = shallowRef(false)
  const counts = shallowRef<Output<'countBulletins'>>({ all: 0, unread: 0, starred: 0, started: 0, trash: 0 })
  const groups = shallowRef<Output<'listGroups'>>({ sources: [], tags: [], folders: [] })
  const groupRequests = createResponseGuard()
  let isRefreshing = false
  /** Whether a bulletin has changed since the running refresh began. */
  let isOutdated = false

  events.on((event) => {
    if (event.type !== 'bulletins-changed' && event.type !== 'status-changed') return
    refreshAfterChange()
    void loadGroups()
  })
  events.onGap(() => void Promise.all([refresh(), loadGroups()]))

  /**
   * Waits for the end of a running refresh before the next refresh. If each change restarted the refresh, frequent
   * changes would never be shown.
   */
  function refreshAfterChange(): void {
    if (isRefreshing) isOutdated = true
    else void refresh()
  }

  /** Loads the list for a new query. No row of the old list stays on screen. */
  async function load(): Promise<void> {
    isLoaded.value = false
    selection.unselect()
    clear()
    forget()
    await refresh()
  }

  /** Fetches the counts and the held pages again. */
  async function refresh(): Promise<void> {
    const request = requests.begin()
    isRefreshing = true
    isOutdated = false
    try {
      const [newCounts, showPages] = await Promise.all([callHost('countBulletins', {}), fetchShownPages()])
      if (!request.isLatest()) return
      counts.value = newCounts
      showPages()
      isLoaded.value = true
      remember()
      // No event tells when the index is complete, so the list asks again.
      if (newCounts.isPartial === true) setTimeout(refreshAfterChange, partialRefreshMs)
    } catch (thrown) {
      if (request.isLatest()) reportError(thrown)
    } finally {
      if (request.isLatest()) {
        isRefreshing = false
        if (isOutdated) void refresh()
      }
    }
  }

  /** Loads the folders, tags and sources with their counts. */
  async function loadGroups(): Promise<void> {
    const request = groupRequests.begin()
    const loaded = await callHost('listGroups', {}).catch(() => null)
    if (loaded !== null && request.takeReply()) groups.value = loaded
  }

  return { ...query, ...pages, ...position, ...selection, isLoaded, counts, groups, refresh, loadGroups }
})
