import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ErrorShape } from '../../../shared/errors'

/**
 * A short message. The message is a sentence, or an error that is translated when the message is shown. With `undo`,
 * the message has an undo button.
 */
export interface Toast {
  id: number
  message: string | ErrorShape
  undo: (() => void) | null
}

const shownMs = 8000
/**
 * The extra time in ms that a message stays. The time applies if the pointer or the focus is on the message when its
 * normal time is over.
 */
const extensionMs = 2000

/** Returns a key that is equal for two messages with the same text. A message with an undo has a unique key. */
function keyOf({ message, undo }: Omit<Toast, 'id'>): unknown {
  if (undo !== null) return undo
  return typeof message === 'string' ? message : JSON.stringify([message.code, message.details])
}

/** The short messages at the bottom of the window. */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([])
  let lastId = 0
  /** Tells whether the pointer or the focus is on the messages. */
  let areInUse = (): boolean => false

  function show(message: string | ErrorShape, { undo = null }: Partial<Pick<Toast, 'undo'>> = {}): void {
    const id = ++lastId
    // The new message replaces an equal message, because several stores may report the same error at the same time.
    const others = toasts.value.filter((toast) => keyOf(toast) !== keyOf({ message, undo }))
    toasts.value = [...others.slice(-2), { id, message, undo }]
    setTimeout(() => expire(id), shownMs)
  }

  function expire(id: number): void {
    if (areInUse()) setTimeout(() => expire(id), extensionMs)
    else dismiss(id)
  }

  /** Sets the check for the pointer or the focus. While the check returns true, messages stay on screen. */
  function keepWhile(check: () => boolean): void {
    areInUse = check
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  /** Runs the undo of the newest message that has an undo. Returns false if no message has an undo. */
  function undoLast(): boolean {
    const last = toasts.value.findLast(({ undo }) => undo !== null)
    if (last === undefined) return false
    dismiss(last.id)
    last.undo?.()
    return true
  }

  return { toasts, show, keepWhile, dismiss, undoLast }
})
