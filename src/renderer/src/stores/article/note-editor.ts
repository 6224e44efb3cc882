import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ErrorShape } from '../../../../shared/errors'
import type { Passage } from '../../../../shared/bulletin'
import { type Annotation, createHighlight, highlightOf, storing } from '../../lib/article/annotation'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'
import { type ActivePassage, useAnnotations } from './annotations'
import { useArticle } from './article'

/** A note that the user is writing. When the note is saved, another bulletin may be open. */
export interface NoteDraft {
  bulletinId: string
  revision: number
  passage: Passage
  /** The annotation whose note is edited. The value is null if the passage has no annotation yet. */
  annotation: Annotation | null
}

/** The dialog in which the user writes a note. */
export const useNoteEditor = defineStore('note-editor', () => {
  const annotations = useAnnotations()
  /** The note in the dialog. The value is null while the dialog is closed. */
  const draft = shallowRef<NoteDraft | null>(null)
  /** The error of the last attempt to save the note. */
  const error = shallowRef<ErrorShape | null>(null)
  let isSaving = false

  /** Opens the dialog for the active passage. If no passage is active, asks the user to select a passage first. */
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

  /**
   * Saves the note. If the text is empty, only the highlight of the passage stays. If saving fails, the dialog stays
   * open with the text.
   */
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
    // The user may have closed the dialog while the note was being saved.
    if (draft.value !== saved) return
    error.value = failed
    if (failed !== null) return
    annotations.release()
    close()
  }

  return { draft, error, openForActive, open, close, save }
})
