import { onBeforeUnmount, onMounted, type Ref, shallowRef } from 'vue'

const stack = shallowRef<readonly HTMLDialogElement[]>([])

/** The open modal dialogs, the topmost last. Nothing outside of the topmost can be pressed or read out. */
export const openModals: Readonly<Ref<readonly HTMLDialogElement[]>> = stack

/**
 * Shows a dialog over everything while its component lives. It is closed before its element is removed, because
 * the browser restores the focus only then.
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
