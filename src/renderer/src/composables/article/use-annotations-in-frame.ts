import { onScopeDispose, type Ref, watch } from 'vue'
import { createPassageFinder, createPassage } from '../../../../shared/text/passage-anchoring'
import type { TextRange as Stretch } from '../../../../shared/search/search-matches'
import { type ReadingText, showRanges } from '../../lib/article/reading-text'
import { useHost } from '../../stores/host'
import { useAnnotations } from '../../stores/article/annotations'

/** The frame and what is shown in it. */
export interface ShownArticle {
  frame: Readonly<Ref<HTMLIFrameElement | null>>
  page: Readonly<Ref<Document | null>>
  reading: Readonly<Ref<ReadingText | null>>
}

/** The bar comes when a selection has rested this long, ms. */
const restMs = 200

/**
 * Highlights and notes in the article's frame: shows those that are found in what is read, takes what is selected in hand,
 * and what is clicked. The frame runs no scripts; everything is heard from here.
 */
export function useAnnotationsInFrame({ frame, page, reading }: ShownArticle): { listen(document: Document): void } {
  const marks = useAnnotations()
  const host = useHost()
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  watch([() => marks.marks, reading], place, { immediate: true })
  watch(() => marks.wanted, show)
  watch(
    () => marks.released,
    () => page.value?.getSelection()?.removeAllRanges(),
  )

  /** Finds every mark in the text and paints it. */
  function place(): void {
    const [document, text] = [page.value, reading.value]
    if (document === null) return
    const find = text === null ? () => null : createPassageFinder(text.text)
    const found = new Map<string, Stretch>()
    for (const { id, passage } of marks.marks) {
      const stretch = find(passage)
      if (stretch !== null) found.set(id, stretch)
    }
    marks.places = found
    const ranges = (hasText: boolean): Range[] =>
      marks.placed.flatMap((mark) => {
        const stretch = (mark.text !== null) === hasText ? found.get(mark.id) : undefined
        const range = stretch === undefined ? null : (text?.rangeOf(stretch) ?? null)
        return range === null ? [] : [range]
      })
    showRanges(document, 'marked', ranges(false))
    showRanges(document, 'noted', ranges(true))
  }

  function show(): void {
    const stretch = marks.wanted === null ? undefined : marks.places.get(marks.wanted.id)
    const range = stretch === undefined ? null : (reading.value?.rangeOf(stretch) ?? null)
    const element = page.value?.documentElement
    if (range === null || element === undefined) return
    const scroll = (): void => {
      element.scrollTop += range.getBoundingClientRect().top - element.clientHeight / 3
    }
    scroll()
    // What comes near the view is laid out in the next frame and may push.
    requestAnimationFrame(scroll)
  }

  function listen(document: Document): void {
    document.addEventListener('selectionchange', () => {
      clearTimeout(timer)
      timer = setTimeout(takeSelection, restMs)
    })
    document.addEventListener('scroll', () => (marks.inHand = null), { passive: true })
    document.addEventListener('click', onClick)
    document.defaultView?.addEventListener('resize', () => (marks.inHand = null))
  }

  function selectedStretch(): { stretch: Stretch; box: DOMRect } | null {
    const selection = page.value?.getSelection() ?? null
    if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
    const range = selection.getRangeAt(0)
    const from = reading.value?.offsetOf(range.startContainer, range.startOffset) ?? null
    const to = reading.value?.offsetOf(range.endContainer, range.endOffset) ?? null
    return from === null || to === null ? null : { stretch: { from, to }, box: range.getBoundingClientRect() }
  }

  function takeSelection(): void {
    // Behind another view nothing has a place.
    if (host.host.readOnly || frame.value?.clientHeight === 0) return
    const selected = selectedStretch()
    const passage = selected === null ? null : createPassage(reading.value?.text ?? '', selected.stretch)
    // Words that are marked already are not marked twice.
    const same = marks.placed.find(({ id }) => {
      const place = marks.places.get(id)
      return place?.from === passage?.start && place?.to === (passage?.start ?? 0) + (passage?.quote.length ?? 0)
    })
    if (selected !== null && passage !== null) marks.inHand = { passage, mark: same ?? null, ...inWindow(selected.box) }
    // A click on a mark collapses the selection, and has taken that mark in hand.
    else if (marks.inHand?.mark === null) marks.inHand = null
  }

  function onClick(event: MouseEvent): void {
    const target = event.target as Element // clicks come from elements of the frame
    if (host.host.readOnly || target.closest('a, button') !== null || selectedStretch() !== null) return
    const point = page.value?.caretPositionFromPoint(event.clientX, event.clientY) ?? null
    const at = point === null ? null : (reading.value?.offsetOf(point.offsetNode, point.offset) ?? null)
    const hit = marks.placed.findLast(({ id }) => {
      const place = marks.places.get(id)
      return at !== null && place !== undefined && place.from <= at && at <= place.to
    })
    const stretch = hit === undefined ? undefined : marks.places.get(hit.id)
    const range = stretch === undefined ? null : (reading.value?.rangeOf(stretch) ?? null)
    marks.inHand =
      hit === undefined || range === null
        ? null
        : { passage: hit.passage, mark: hit, ...inWindow(range.getBoundingClientRect()) }
  }

  function inWindow({ top, bottom, left, width }: DOMRect): { top: number; bottom: number; left: number } {
    const box = frame.value?.getBoundingClientRect()
    return { top: top + (box?.top ?? 0), bottom: bottom + (box?.top ?? 0), left: left + width / 2 + (box?.left ?? 0) }
  }

  return { listen }
}
