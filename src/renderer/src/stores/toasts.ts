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
/** One that is in use when its time is up is looked at again after this, ms. */
const moreMs = 2000

/** The same for two messages that say the same; one that can be taken back is like no other. */
function sentenceKey({ message, undo }: Omit<Toast, 'id'>): unknown {
  if (undo !== null) return undo
  return typeof message === 'string' ? message : JSON.stringify([message.code, message.details])
}

/** Short messages at the foot of the window. */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([])
  let lastId = 0
  /** Whether the messages are under the pointer or have the focus. */
  let areInUse = (): boolean => false

  function show(message: string | ErrorShape, { undo = null }: Partial<Pick<Toast, 'undo'>> = {}): void {
    const id = ++lastId
    // What several parts hear at once, such as that the host is away, is said once.
    const others = toasts.value.filter((toast) => sentenceKey(toast) !== sentenceKey({ message, undo }))
    toasts.value = [...others.slice(-2), { id, message, undo }]
    setTimeout(() => expire(id), shownMs)
  }

  function expire(id: number): void {
    if (areInUse()) setTimeout(() => expire(id), moreMs)
    else dismiss(id)
  }

  /** Whoever shows them says here when none may go. */
  function stayWhile(check: () => boolean): void {
    areInUse = check
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

  return { toasts, show, stayWhile, dismiss, undoLast }
})
