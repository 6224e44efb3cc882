import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Passage } from '../../../../shared/bulletin'
import type { ErrorShape } from '../../../../shared/errors'
import type { TextRange } from '../../../../shared/text/text-range'
import { callHost, getErrorShape } from '../../bridge'
import { type Annotation, type AnnotationChange, createHighlight, storing } from '../../lib/article/annotation'
import { attempt } from '../report-error'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'
import { useArticle } from './article'

/**
 * The passage that the annotation toolbar acts on. This passage is either the selected text or an annotation that the
 * user clicked.
 */
export interface ActivePassage {
  passage: Passage
  /** The annotation of the passage. The value is null if the passage is selected text without an annotation. */
  annotation: Annotation | null
  /** The position of the passage in the window, in px. */
  top: number
  bottom: number
  left: number
}

/** The highlights and notes of the open bulletin, and their ranges in the bulletin's text. */
export const useAnnotations = defineStore('annotations', () => {
  const article = useArticle()
  /** The ranges of the text by annotation id. The map lacks the annotations that were not found in this text. */
  const ranges = shallowRef<ReadonlyMap<string, TextRange>>(new Map())
  const activePassage = shallowRef<ActivePassage | null>(null)
  /**
   * The annotation to scroll to. The value is an object, so that setting the same annotation twice triggers the
   * watchers twice.
   */
  const scrollTarget = shallowRef<{ id: string } | null>(null)
  const isListOpen = shallowRef(false)
  /** Increases each time the selection must be cleared, because the selection would hide a new highlight. */
  const clearCount = shallowRef(0)

  const annotations = computed<readonly Annotation[]>(() => {
    const status = article.bulletin?.status
    if (status === undefined) return []
    return [...status.highlights.map((each) => ({ ...each, text: null, changed: null })), ...status.notes]
  })
  /** The annotations that were found, in the order of the text. */
  const found = computed(() =>
    annotations.value
      .filter(({ id }) => ranges.value.has(id))
      .toSorted((a, b) => (ranges.value.get(a.id)?.from ?? 0) - (ranges.value.get(b.id)?.from ?? 0)),
  )
  const lost = computed(() => annotations.value.filter(({ id }) => !ranges.value.has(id)))

  /**
   * Changes annotations of a bulletin. The message offers an undo, which stores `back`. Returns the error if the change
   * failed.
   */
  async function change(
    id: string,
    forward: AnnotationChange,
    back: AnnotationChange,
    sentence: string,
  ): Promise<ErrorShape | null> {
    const store = (annotations: AnnotationChange): Promise<unknown> => callHost('keepMarks', { id, ...annotations })
    try {
      await store(forward)
    } catch (thrown) {
      return getErrorShape(thrown)
    }
    useToasts().show(sentence, { undo: () => void attempt(() => store(back)) })
    return null
  }

  /** Changes annotations of the open bulletin, and shows an error if the change failed. */
  async function changeOpen(forward: AnnotationChange, back: AnnotationChange, sentence: string): Promise<void> {
    const id = article.bulletin?.id
    activePassage.value = null
    release()
    const error = id === undefined ? null : await change(id, forward, back, sentence)
    if (error !== null) useToasts().show(error)
  }

  function release(): void {
    clearCount.value += 1
  }

  /** Highlights the selected passage. If no passage is selected, asks the user to select a passage first. */
  async function highlight(): Promise<void> {
    const { say } = useSettings()
    const active = activePassage.value
    if (active === null || active.annotation !== null) return useToasts().show(say('ui.select-first'))
    const { bulletin } = article
    if (bulletin === null) return
    const created = createHighlight(active.passage, bulletin.revision.number)
    await changeOpen({ highlights: [created] }, { remove: [created.id] }, say('ui.highlighted'))
  }

  async function remove(annotation: Annotation): Promise<void> {
    await changeOpen({ remove: [annotation.id] }, storing(annotation), useSettings().say('ui.mark-removed'))
  }

  const state = { ranges, activePassage, scrollTarget, isListOpen, clearCount, annotations, found, lost }
  return { ...state, change, release, highlight, remove }
})
