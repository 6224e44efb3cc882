import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ErrorShape } from '../../../shared/errors'

/** A short message: a sentence, or an error whose sentence is found when it is shown; `undo` gives it a button. */
export interface Toast {
  id: number
  message: string | ErrorShape
  undo: (() => void) | null
}

const shownMs = 8000

/** Short messages at the foot of the window. */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([])
  let lastId = 0

  function show(message: string | ErrorShape, { undo = null }: Partial<Pick<Toast, 'undo'>> = {}): void {
    const id = ++lastId
    toasts.value = [...toasts.value.slice(-2), { id, message, undo }]
    setTimeout(() => dismiss(id), shownMs)
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  /** Takes back what the newest message that can be taken back tells of; false where there is none. */
  function undoLast(): boolean {
    const last = toasts.value.findLast(({ undo }) => undo !== null)
    if (last === undefined) return false
    dismiss(last.id)
    last.undo?.()
    return true
  }

  return { toasts, show, dismiss, undoLast }
})
