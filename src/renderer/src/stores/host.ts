import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '../../../shared/contract/api'
import { callHost, events, getErrorShape } from '../bridge'
import { useSettings } from './settings'
import { useToasts } from './toasts'

/** What this window runs on. */
export const useHost = defineStore('host', () => {
  const host = shallowRef<Output<'getHost'>>({
    kind: 'web',
    version: '',
    platform: '',
    libraryPath: '',
    readOnly: false,
    canMakePdf: false,
    maxImportBytes: 20 * 1024 * 1024,
  })
  const isConnected = shallowRef(true)
  events.onConnection((now) => (isConnected.value = now))

  async function load(): Promise<void> {
    host.value = await callHost('getHost', {})
  }

  /** How the library is kept; null where that can't be had now. */
  function getStorage(): Promise<Output<'getStorage'> | null> {
    return callHost('getStorage', {}).catch(() => null)
  }

  /** Shows the library's folder; a host that opens no windows says where it is. */
  async function openDataFolder(): Promise<void> {
    try {
      const { path, opened } = await callHost('openDataFolder', {})
      if (!opened) useToasts().show(useSettings().say('ui.data-folder-is', { path }))
    } catch (thrown) {
      useToasts().show(getErrorShape(thrown))
    }
  }

  return { host, isConnected, load, getStorage, openDataFolder }
})
