import { onBeforeUnmount, onMounted, type Ref, shallowRef } from 'vue'

const stack = shallowRef<readonly HTMLDialogElement[]>([])

/**
 * The open modal dialogs, with the topmost dialog last. The user cannot reach anything outside of the topmost dialog.
 */
export const openModals: Readonly<Ref<readonly HTMLDialogElement[]>> = stack

/**
 * Shows a dialog element as a modal dialog while its component is mounted. Closes the dialog before the element is
 * removed, because the browser restores the focus only when a dialog closes.
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
