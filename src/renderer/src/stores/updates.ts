import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Output } from '../../../shared/contract/api'
import { callHost } from '../bridge'
import { openExternal } from './article/host-pages'
import { attempt } from './report-error'
import { useSettings } from './settings'
import { useToasts } from './toasts'

/** The time between two questions whether a check is due, in ms. The host decides whether a check is due. */
const askEveryMs = 6 * 60 * 60 * 1000

/** New versions of the program. */
export const useUpdates = defineStore('updates', () => {
  const found = shallowRef<Output<'checkUpdate'> | null>(null)
  const step = shallowRef<'idle' | 'checking' | 'installing' | 'ready'>('idle')
  let announced: string | null = null

  /** Checks now and at intervals, if a check is due. A failed automatic check shows nothing. */
  function checkRegularly(): void {
    const checkIfDue = async (): Promise<void> => {
      found.value = await callHost('checkUpdate', { onlyIfDue: true })
      const { version } = found.value
      if (version === null || version === announced) return
      announced = version
      useToasts().show(useSettings().say('update.toast', { version }))
    }
    const check = (): void => void checkIfDue().catch(() => undefined)
    check()
    setInterval(check, askEveryMs)
  }

  /** Checks because the user has asked. An error becomes a message. */
  async function checkNow(): Promise<void> {
    if (step.value !== 'idle') return
    step.value = 'checking'
    found.value = (await attempt(() => callHost('checkUpdate', { onlyIfDue: false }))) ?? found.value
    step.value = 'idle'
  }

  /** Downloads the new version, which is installed when the program ends. */
  async function install(): Promise<void> {
    step.value = 'installing'
    const done = await attempt(() => callHost('installUpdate', {}))
    step.value = done === null ? 'idle' : 'ready'
  }

  /** Opens the download page of the new version in the browser. */
  function openPage(): void {
    const page = found.value?.page
    if (page) void openExternal(page)
  }

  return { found, step, checkRegularly, checkNow, install, openPage }
})
