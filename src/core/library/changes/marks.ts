import type { Highlight, Note, Status } from '../../../shared/bulletin'

/** Highlights and notes to keep, each under its id, and ids of those to remove. */
export interface MarksChange {
  highlights: readonly Highlight[]
  notes: readonly Note[]
  remove: readonly string[]
}

/**
 * A status with its highlights and notes changed. One id is one mark: a note kept under a highlight's id takes its place.
 * What a newer version keeps in a mark stays in it.
 */
export function applyMarksChange(status: Status, { highlights, notes, remove }: MarksChange): Status {
  const gone = new Set(remove)
  const [noted, coloured] = [new Set(notes.map(({ id }) => id)), new Set(highlights.map(({ id }) => id))]
  return {
    ...status,
    highlights: kept(status.highlights, highlights, gone.union(noted)),
    notes: kept(status.notes, notes, gone.union(coloured)),
  }
}

/** The marks of two libraries on one bulletin: all of both, this library's where they have the same id. */
export function unitedMarks(
  here: Status,
  there: Pick<Status, 'highlights' | 'notes'>,
): Pick<Status, 'highlights' | 'notes'> {
  const known = new Set([...here.highlights, ...here.notes].map(({ id }) => id))
  return {
    highlights: [...here.highlights, ...there.highlights.filter(({ id }) => !known.has(id))],
    notes: [...here.notes, ...there.notes.filter(({ id }) => !known.has(id))],
  }
}

function kept<T extends Highlight>(marks: readonly T[], given: readonly T[], gone: ReadonlySet<string>): T[] {
  const changed = new Map(given.map((mark) => [mark.id, mark]))
  const known = marks.map((mark) => {
    const now = changed.get(mark.id)
    changed.delete(mark.id)
    return now === undefined ? mark : { ...mark, ...now, passage: { ...mark.passage, ...now.passage } }
  })
  return [...known, ...changed.values()].filter(({ id }) => !gone.has(id))
}
