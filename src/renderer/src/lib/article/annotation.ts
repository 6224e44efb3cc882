import type { Input } from '../../../../shared/contract/api'
import type { Highlight, Note, Passage } from '../../../../shared/bulletin'

/** A highlight, or a note with its text. */
export type Annotation = Highlight & { text: string | null; changed: string | null }

/** A change of the annotations of one bulletin. */
export type AnnotationChange = Omit<Input<'keepMarks'>, 'id'>

/** Creates a new highlight of a passage. */
export function createHighlight(passage: Passage, revision: number): Highlight {
  return { id: createAnnotationId(), passage, revision, made: new Date().toISOString() }
}

/**
 * Returns the fields of a highlight that this version knows. The library itself keeps the fields that a newer version
 * has stored.
 */
export function highlightOf({ id, passage: { quote, prefix, suffix, start }, revision, made }: Highlight): Highlight {
  return { id, passage: { quote, prefix, suffix, start }, revision, made }
}

/** Returns the change that stores an annotation. */
export function storing(annotation: Annotation): AnnotationChange {
  const { text, changed } = annotation
  if (text === null) return { highlights: [highlightOf(annotation)] }
  const note: Note = { ...highlightOf(annotation), text, changed: changed ?? annotation.made }
  return { notes: [note] }
}

/**
 * Returns twenty random characters. The function does not use crypto.randomUUID, which is missing on a page that came
 * over plain HTTP.
 */
function createAnnotationId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => byte.toString(36).padStart(2, '0')).join('')
}
