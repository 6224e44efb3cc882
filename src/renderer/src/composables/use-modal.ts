import { onBeforeUnmount, onMounted, type Ref, shallowRef } from 'vue'

const stack = shallowRef<readonly HTMLDialogElement[]>([])

/** Modal dialogs that are open, the topmost last: all but that one can neither be pressed nor heard. */
export const openModals: Readonly<Ref<readonly HTMLDialogElement[]>> = stack

/**
 * Shows a dialog over everything while its component lives. One that is taken away is closed first, so that the focus
 * goes back to where it was before; the browser does not do so for an element that is only removed.
 */
export function useModal(dialog: Readonly<Ref<HTMLDialogElement | null>>): void {
  let shown: HTMLDialogElement | null = null
  onMounted(() => {
    shown = dialog.value
    if (shown === null) return
    shown.showModal()
    stack.value = [...stack.value, shown]
  })
  onBeforeUnmount(() => {
    stack.value = stack.value.filter((each) => each !== shown)
    shown?.close()
  })
}
