import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ErrorShape } from '../../../shared/errors'
import { useSettings } from './settings'

/** A short message; `undo` gives it a button. */
export interface Toast {
  id: number
  text: string
  isError: boolean
  undo: (() => void) | null
}

const shownMs = 8000

/** Short messages at the foot of the window. */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([])
  let lastId = 0

  function show(text: string, { undo = null, isError = false }: Partial<Omit<Toast, 'id' | 'text'>> = {}): void {
    const id = ++lastId
    toasts.value = [...toasts.value.slice(-2), { id, text, isError, undo }]
    setTimeout(() => dismiss(id), shownMs)
  }

  function showError({ code, details }: ErrorShape): void {
    show(useSettings().say(`error.${code}`, details), { isError: true })
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  return { toasts, show, showError, dismiss }
})
