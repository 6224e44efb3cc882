import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '../../../shared/contract/api'
import { callHost, events } from '../bridge'
import { attempt } from './report-error'
import { useSettings } from './settings'
import { useToasts } from './toasts'

/** The host that this window runs on: its abilities, its library, and whether the window can reach the host. */
export const useHost = defineStore('host', () => {
  const host = shallowRef<Output<'getHost'>>({
    kind: 'web',
    version: '',
    platform: '',
    libraryPath: '',
    readOnly: false,
    isDiskFull: false,
    isForGuests: false,
    canMakePdf: false,
    maxImportBytes: 20 * 1024 * 1024,
  })
  const isConnected = shallowRef(true)
  events.onConnection((now) => (isConnected.value = now))
  events.on((event) => {
    if (event.type === 'library-state-changed') void load().catch(() => undefined)
  })
  events.onGap(() => void load().catch(() => undefined))

  async function load(): Promise<void> {
    host.value = await callHost('getHost', {})
  }

  /** Fetches the facts about the disk of the library. Returns null if the host cannot read these facts now. */
  function fetchStorage(): Promise<Output<'getStorage'> | null> {
    return callHost('getStorage', {}).catch(() => null)
  }

  /**
   * Opens the library's folder. A host that opens no windows returns the folder's path, and a message shows the path.
   */
  async function openDataFolder(): Promise<void> {
    const folder = await attempt(() => callHost('openDataFolder', {}))
    if (folder !== null && !folder.opened)
      useToasts().show(useSettings().say('ui.data-folder-is', { path: folder.path }))
  }

  return { host, isConnected, load, fetchStorage, openDataFolder }
})
