import { onScopeDispose } from 'vue'
import { createPassage } from '../../../../shared/text/passage-anchoring'
import type { TextRange } from '../../../../shared/text/text-range'
import type { ShownArticle } from '../../lib/article/shown-article'
import { useAnnotations } from '../../stores/article/annotations'
import { useHost } from '../../stores/host'

/** The time, in ms, without a change of the selection after which the annotation toolbar appears. */
const restMs = 200

/**
 * Makes the selected text, or the annotation that was clicked, the active passage. The article's frame runs no scripts,
 * so this function handles the frame's events.
 */
export function usePassageSelection({ frame, page, reading }: Pick<ShownArticle, 'frame' | 'page' | 'reading'>): {
  listen(document: Document): void
} {
  const store = useAnnotations()
  const host = useHost()
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  function listen(document: Document): void {
    document.addEventListener('selectionchange', () => {
      clearTimeout(timer)
      timer = setTimeout(takeSelection, restMs)
    })
    document.addEventListener('scroll', clear, { passive: true })
    document.addEventListener('click', onClick)
    document.defaultView?.addEventListener('resize', clear)
  }

  function clear(): void {
    store.activePassage = null
  }

  function selectedRange(): { range: TextRange; box: DOMRect } | null {
    const selection = page.value?.getSelection() ?? null
    if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
    const domRange = selection.getRangeAt(0)
    const from = reading.value?.offsetOf(domRange.startContainer, domRange.startOffset) ?? null
    const to = reading.value?.offsetOf(domRange.endContainer, domRange.endOffset) ?? null
    return from === null || to === null ? null : { range: { from, to }, box: domRange.getBoundingClientRect() }
  }

  function takeSelection(): void {
    // No passage is shown as selected while another view covers the article, because the passage then has no position
    // in the window.
    if (host.host.readOnly || frame.value?.clientHeight === 0) return
    const selected = selectedRange()
    const passage = selected === null ? null : createPassage(reading.value?.text ?? '', selected.range)
    if (selected !== null && passage !== null) {
      const { start, quote } = passage
      // A passage that already has an annotation does not get a second annotation.
      const same = store.found.find(({ id }) => {
        const range = store.ranges.get(id)
        return range?.from === start && range.to === start + quote.length
      })
      store.activePassage = { passage, annotation: same ?? null, ...boxInWindow(selected.box) }
    } else if (store.activePassage?.annotation === null) clear() // does not run after a click on an annotation
  }

  function onClick(event: MouseEvent): void {
    const target = event.target as Element // the cast is safe, because clicks come from elements of the frame
    if (host.host.readOnly || target.closest('a, button') !== null || selectedRange() !== null) return
    const point = page.value?.caretPositionFromPoint(event.clientX, event.clientY) ?? null
    const at = point === null ? null : (reading.value?.offsetOf(point.offsetNode, point.offset) ?? null)
    const annotation = store.found.findLast(({ id }) => {
      const range = store.ranges.get(id)
      return at !== null && range !== undefined && range.from <= at && at <= range.to
    })
    const range = annotation === undefined ? undefined : store.ranges.get(annotation.id)
    const box = range === undefined ? undefined : reading.value?.rangeOf(range)?.getBoundingClientRect()
    if (annotation === undefined || box === undefined) clear()
    else store.activePassage = { passage: annotation.passage, annotation, ...boxInWindow(box) }
  }

  function boxInWindow({ top, bottom, left, width }: DOMRect): { top: number; bottom: number; left: number } {
    const box = frame.value?.getBoundingClientRect()
    return { top: top + (box?.top ?? 0), bottom: bottom + (box?.top ?? 0), left: left + width / 2 + (box?.left ?? 0) }
  }

  return { listen }
}
