import type { Change } from '../../../../shared/bulletin'

/**
 * A row of a side-by-side comparison. The row contains a paragraph before and after the change. One side is empty if
 * the paragraph was added or removed.
 */
export interface DiffRow {
  before: Change[]
  after: Change[]
}

/** A part of a comparison as the interface shows it. Long unchanged parts are skipped. */
export type ShownChange = Change | { kind: 'skipped'; count: number }

/** The number of unchanged words that are shown on each side of a change. */
const shownWords = 25

/** Splits a comparison into rows, one for each paragraph. */
export function diffRows(changes: readonly Change[]): DiffRow[] {
  const rows: DiffRow[] = [{ before: [], after: [] }]
  for (const { kind, text } of changes) {
    const [first = '', ...others] = text.split(/\n{2,}/u)
    put(rows.at(-1), kind, first)
    for (const paragraph of others) {
      rows.push({ before: [], after: [] })
      put(rows.at(-1), kind, paragraph)
    }
  }
  return rows.filter(({ before, after }) => before.length + after.length > 0)
}

function put(row: DiffRow | undefined, kind: Change['kind'], text: string): void {
  if (text === '') return
  if (kind !== 'added') row?.before.push({ kind, text })
  if (kind !== 'removed') row?.after.push({ kind, text })
}

/** Shortens the unchanged parts of a comparison to the words next to a change. */
export function collapseUnchanged(changes: readonly Change[]): ShownChange[] {
  return changes.flatMap(({ kind, text }, at): ShownChange[] => {
    if (kind !== 'same') return [{ kind, text }]
    const words = text.match(/\s*\S+|\s+$/gu) ?? []
    const head = at === 0 ? 0 : shownWords
    const tail = at === changes.length - 1 ? 0 : shownWords
    const count = words.length - head - tail
    if (count <= shownWords) return [{ kind, text }]
    return [
      { kind, text: words.slice(0, head).join('') },
      { kind: 'skipped' as const, count },
      { kind, text: words.slice(words.length - tail).join('') },
    ].filter((part) => part.kind === 'skipped' || part.text !== '')
  })
}

/** Counts the words that were added and removed in a comparison. */
export function countWords(changes: readonly Change[], kind: Change['kind']): number {
  return changes
    .filter((change) => change.kind === kind)
    .reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}](?:\S*[\p{L}\p{N}])?/gu)?.length ?? 0), 0)
}
