import type { Highlight, Note, Status } from '../../../shared/bulletin'

/** Highlights and notes to store, and the ids of highlights and notes to remove. */
export interface MarksChange {
  highlights: readonly Highlight[]
  notes: readonly Note[]
  remove: readonly string[]
}

/**
 * Changes the marks of a status. A mark is a highlight or a note. Ids of marks are unique, so a new note replaces a
 * highlight with the same id, and a new highlight replaces a note with the same id. A changed mark keeps the fields
 * that a newer version of the program wrote.
 */
export function applyMarksChange(status: Status, { highlights, notes, remove }: MarksChange): Status {
  const removed = new Set(remove)
  const noteIds = new Set(notes.map(({ id }) => id))
  const highlightIds = new Set(highlights.map(({ id }) => id))
  return {
    ...status,
    highlights: updateMarks(status.highlights, highlights, removed.union(noteIds)),
    notes: updateMarks(status.notes, notes, removed.union(highlightIds)),
  }
}

/**
 * Merges the highlights and notes that two libraries have for one bulletin. If both libraries have a mark with the same
 * id, the result has the mark of this library (`here`).
 */
export function mergeMarks(
  here: Status,
  there: Pick<Status, 'highlights' | 'notes'>,
): Pick<Status, 'highlights' | 'notes'> {
  const known = new Set([...here.highlights, ...here.notes].map(({ id }) => id))
  return {
    highlights: [...here.highlights, ...there.highlights.filter(({ id }) => !known.has(id))],
    notes: [...here.notes, ...there.notes.filter(({ id }) => !known.has(id))],
  }
}

/**
 * Applies the marks in `given` to a list. A given mark replaces the values of the listed mark with the same id, or is
 * appended. Then removes the marks whose ids are in `removed`.
 */
function updateMarks<T extends Highlight>(marks: readonly T[], given: readonly T[], removed: ReadonlySet<string>): T[] {
  const changed = new Map(given.map((mark) => [mark.id, mark]))
  const updated = marks.map((mark) => {
    const now = changed.get(mark.id)
    changed.delete(mark.id)
    return now === undefined ? mark : { ...mark, ...now, passage: { ...mark.passage, ...now.passage } }
  })
  return [...updated, ...changed.values()].filter(({ id }) => !removed.has(id))
}
