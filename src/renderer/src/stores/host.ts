import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '../../../shared/api'
import { ask, events } from '../bridge'

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
    host.value = await ask('getHost', {})
  }

  return { host, isConnected, load }
})
