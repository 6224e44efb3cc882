import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ErrorShape } from '../../../../shared/errors'
import type { Passage } from '../../../../shared/bulletin'
import { type Annotation, createHighlight, highlightOf, storing } from '../../lib/article/annotation'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'
import { type ActivePassage, useAnnotations } from './annotations'
import { useArticle } from './article'

/** A note that is being written. Its bulletin may no longer be the open one when it is saved. */
export interface NoteDraft {
  bulletinId: string
  revision: number
  passage: Passage
  /** Null for a passage without an annotation. */
  annotation: Annotation | null
}

/** The dialog that writes a note. */
export const useNoteEditor = defineStore('note-editor', () => {
  const annotations = useAnnotations()
  /** Null while the dialog is closed. */
  const draft = shallowRef<NoteDraft | null>(null)
  /** Why the note could not be saved. */
  const error = shallowRef<ErrorShape | null>(null)
  let isSaving = false

  /** Opens the dialog for the active passage, or asks to select one first. */
  function openForActive(): void {
    if (annotations.activePassage === null) useToasts().show(useSettings().say('ui.select-first'))
    else open(annotations.activePassage)
    annotations.activePassage = null
  }

  /** Opens the dialog for a passage of the open bulletin. */
  function open({ passage, annotation }: Pick<ActivePassage, 'passage' | 'annotation'>): void {
    const { bulletin } = useArticle()
    if (bulletin === null) return
    error.value = null
    draft.value = { bulletinId: bulletin.id, revision: bulletin.revision.number, passage, annotation }
  }

  function close(): void {
    draft.value = null
  }

  /** Saves the note. Without text, only its highlight stays. If saving fails, the dialog stays open with the text. */
  async function save(text: string): Promise<void> {
    const saved = draft.value
    if (saved === null || isSaving) return
    const { bulletinId, revision, passage, annotation } = saved
    const trimmed = text.trim()
    if (trimmed === (annotation?.text ?? '')) return close()
    const base = annotation === null ? createHighlight(passage, revision) : highlightOf(annotation)
    const note = { ...annotation, ...base, text: trimmed === '' ? null : trimmed, changed: new Date().toISOString() }
    const back = annotation === null ? { remove: [base.id] } : storing(annotation)
    error.value = null
    isSaving = true
    const failed = await annotations.change(bulletinId, storing(note), back, useSettings().say('ui.noted'))
    isSaving = false
    // The user may have closed the dialog meanwhile.
    if (draft.value !== saved) return
    error.value = failed
    if (failed !== null) return
    annotations.release()
    close()
  }

  return { draft, error, openForActive, open, close, save }
})
