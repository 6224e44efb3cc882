import { type Ref, shallowRef } from 'vue'
import { readDroppedFiles } from '../lib/dropped-files'
import { findCommand, isField } from '../lib/shortcuts'
import { readDroppedLinks } from '../lib/web-addresses'
import { useDownloads } from '../stores/downloads'
import { useHost } from '../stores/host'
import { useImports } from '../stores/imports'
import { useSettings } from '../stores/settings'
import { useShell } from '../stores/shell'
import type { AnyCommand } from './use-commands'
import { openModals } from './use-modal'
import { useWheelSteps } from './use-wheel-steps'

/** The input to the window as a whole: keys, wheel, side buttons, paste and drop. */
export interface WindowInput {
  /** Whether files or links are dragged over the window. */
  isDragging: Readonly<Ref<boolean>>
  /**
   * Adds the listeners to a window or a document. The article's frame needs its own listeners, because its events do
   * not reach the window.
   */
  listen(target: Document | Window): void
}

/** Adds the listeners to the window, and runs the commands of keys and buttons. */
export function useWindowInput(run: (command: AnyCommand) => void): WindowInput {
  const onKey = useShortcutKeys(run)
  const turnWheel = useWheelSteps(useSettings().stepSize)
  const { isDragging, onDrag, onDrop } = useDrop()

  /** The wheel changes the text size while Ctrl is pressed. */
  function onWheel(event: WheelEvent): void {
    if (!event.ctrlKey) return
    event.preventDefault()
    turnWheel(event)
  }

  /** The side buttons of a mouse go back and forward. */
  function onMouse(event: MouseEvent): void {
    if (event.button !== 3 && event.button !== 4) return
    event.preventDefault()
    if (event.type === 'mouseup' && openModals.value.length === 0) run(event.button === 3 ? 'back' : 'forward')
  }

  // The casts are safe, because each event name stands beside a listener for the type of that event.
  function listen(target: Document | Window): void {
    target.addEventListener('keydown', (event) => onKey(event as KeyboardEvent))
    target.addEventListener('wheel', (event) => onWheel(event as WheelEvent), { passive: false })
    for (const name of ['mousedown', 'mouseup', 'auxclick'])
      target.addEventListener(name, (event) => onMouse(event as MouseEvent))
    for (const name of ['dragenter', 'dragover', 'dragleave'])
      target.addEventListener(name, (event) => onDrag(event as DragEvent))
    target.addEventListener('drop', (event) => void onDrop(event as DragEvent))
    target.addEventListener('paste', (event) => onPaste(event as ClipboardEvent))
  }

  listen(window)
  return { isDragging, listen }
}

function useShortcutKeys(run: (command: AnyCommand) => void): (event: KeyboardEvent) => void {
  const settings = useSettings()
  const shell = useShell()
  return (event) => {
    if (event.key === 'Escape' && shell.isFocused && !event.isComposing) shell.isFocused = false
    const command = findCommand(event, {
      isInField: isField(event.target),
      // A dialog that was just closed is still in `openModals` for a moment.
      isInDialog: openModals.value.some(({ open }) => open),
      letterKeys: settings.settings.letterKeys,
    })
    // Single letters do nothing in another view, because they act on the list.
    const isAtList = shell.view === 'library' && shell.pane.kind === 'bulletins'
    if (command === null || (!isAtList && event.key.length === 1 && !event.ctrlKey && !event.metaKey)) return
    event.preventDefault()
    run(command)
  }
}

/** Opens the dialog that adds bulletins when the user pastes a link. In a text field, the link is pasted as text. */
function onPaste(event: ClipboardEvent): void {
  if (!isField(event.target) && event.clipboardData !== null) offerLinks(event.clipboardData)
}

function offerLinks(transfer: DataTransfer): void {
  if (useHost().host.isForGuests) return
  const links = readDroppedLinks(transfer)
  if (links.length > 0) useDownloads().offer(links.join('\n'))
}

function useDrop(): Pick<WindowInput, 'isDragging'> & {
  onDrag(event: DragEvent): void
  onDrop(event: DragEvent): Promise<void>
} {
  const isDragging = shallowRef(false)
  /**
   * The number of elements that the dragging pointer has entered and not left. A move to an inner element sends
   * `dragenter` for that element before `dragleave` for the outer element.
   */
  let entered = 0

  function onDrag(event: DragEvent): void {
    if (!canDrop(event.dataTransfer)) return
    event.preventDefault()
    if (event.type === 'dragenter') entered += 1
    if (event.type === 'dragleave') entered = Math.max(0, entered - 1)
    isDragging.value = entered > 0
  }

  async function onDrop(event: DragEvent): Promise<void> {
    entered = 0
    isDragging.value = false
    if (!canDrop(event.dataTransfer)) return
    event.preventDefault()
    if (event.dataTransfer.types.includes('Files'))
      await useImports().importFiles(await readDroppedFiles(event.dataTransfer))
    else offerLinks(event.dataTransfer)
  }

  return { isDragging, onDrag, onDrop }
}

/** Tells whether dragged data can be dropped here. Files and links from a browser can be dropped. Guests can drop nothing. */
function canDrop(transfer: DataTransfer | null): transfer is DataTransfer {
  if (useHost().host.isForGuests) return false
  return transfer?.types.some((type) => type === 'Files' || type === 'text/uri-list') ?? false
}
