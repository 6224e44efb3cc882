import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ErrorShape } from '../../../../shared/errors'
import type { Portals } from '../../../../shared/portals'
import { callHost, getErrorShape } from '../../bridge'
import { useJob } from '../../composables/use-job'

/** The part of the dialog that gets the focus when the dialog opens. */
export type DiscoveryStart = 'address' | 'portals'

/** The dialog "Thêm nguồn tin…". The dialog searches an address and shows the sources found there. */
export const useSourceDiscovery = defineStore('source-discovery', () => {
  /** The part of the dialog with the initial focus. The value is null while the dialog is closed. */
  const start = shallowRef<DiscoveryStart | null>(null)
  const discovering = useJob('discover')
  const error = shallowRef<ErrorShape | null>(null)
  const portals = shallowRef<Portals | null>(null)
  const found = computed(() => discovering.job.value?.result ?? null)

  /** The text of the address field when the dialog opens. */
  const initialAddress = shallowRef('')

  function open(at: DiscoveryStart): void {
    clear()
    initialAddress.value = ''
    start.value = at
    void loadPortals()
  }

  /** Opens the dialog and searches this address. */
  function openAt(url: string): void {
    open('address')
    initialAddress.value = url
    void look(url)
  }

  async function loadPortals(): Promise<void> {
    try {
      portals.value ??= await callHost('listPortals', {})
    } catch (thrown) {
      error.value = getErrorShape(thrown)
    }
  }

  /** Searches an address for sources. A search at the previous address ends. */
  async function look(url: string): Promise<void> {
    clear()
    try {
      await discovering.run(() => callHost('startDiscover', { url }))
    } catch (thrown) {
      error.value = getErrorShape(thrown)
    }
  }

  /** Ends the search, and forgets the sources that the search found. */
  function clear(): void {
    discovering.abandon()
    error.value = null
  }

  function close(): void {
    clear()
    start.value = null
  }

  const state = { start, initialAddress, job: discovering.job, error, portals, isLooking: discovering.isBusy, found }
  return { ...state, open, openAt, look, clear, close }
})
