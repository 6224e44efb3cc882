import type { Filter } from '../../../shared/bulletin'
import { documentNumberKey } from '../../../shared/text/document-numbers'
import type { Query, Term } from '../../../shared/search/search-query'

/** A part of a WHERE and the values of its places. */
export interface Condition {
  sql: string
  values: (string | bigint)[]
}

/** What an FTS5 MATCH takes for a query; null where the query names nothing to be found. */
export interface MatchExpressions {
  /** On the table without marks: every hit. */
  folded: string | null
  /** On the table of spellings: the hits spelled as typed; null where nothing was typed with marks. */
  exact: string | null
  /** On the table without marks: what must not be there. */
  excluded: string | null
}

/**
 * A query in FTS5's words. Every word is quoted and holds letters and digits only, so that nothing a reader types is
 * taken for FTS5's own syntax.
 */
export function createMatchExpressions({ terms, alternatives }: Query): MatchExpressions {
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  const not = terms.filter(({ isExcluded }) => isExcluded).map((term) => phrase(term.folded, false))
  const folded = wanted.length === 0 ? null : join(terms, alternatives, 'folded')
  return {
    folded,
    exact: wanted.some(({ hasMarks }) => hasMarks) ? join(terms, alternatives, 'exact') : null,
    excluded: not.length === 0 ? null : not.join(' OR '),
  }
}

/** All wanted terms with AND; a run of terms that has another way to be written is either. */
function join(terms: readonly Term[], alternatives: Query['alternatives'], key: 'folded' | 'exact'): string {
  const parts: string[] = []
  for (let at = 0; at < terms.length;) {
    const term = terms[at]
    if (term === undefined) break
    if (term.isExcluded) {
      at += 1
      continue
    }
    const here = alternatives.filter(({ from }) => from === at)
    const to = Math.max(at + 1, ...here.map((alternative) => alternative.to))
    const own = terms.slice(at, to).map((each) => spelled(each, key))
    const others = here
      .filter((alternative) => alternative.to === to)
      .map((alternative) => phrase(alternative[key], false))
    parts.push(others.length === 0 ? own.join(' AND ') : `((${own.join(' AND ')}) OR ${others.join(' OR ')})`)
    at = to
  }
  return parts.join(' AND ')
}

/**
 * One or two letters begin thousands of words, and the table of spellings has no short cut for them: there they are
 * taken for a whole word ("lũ"), and what only begins so comes with the other hits.
 */
const minSpelledPrefixLength = 3

function spelled(term: Term, key: 'folded' | 'exact'): string {
  const isLong = (term.exact.at(-1)?.length ?? 0) >= minSpelledPrefixLength
  return phrase(term[key], term.isPrefix && (key === 'folded' || isLong))
}

function phrase(words: readonly string[], isPrefix: boolean): string {
  const plain = words.map((word) => word.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()).join(' ')
  return `"${plain}"${isPrefix ? ' *' : ''}`
}

/** The conditions of a filter on the table of bulletins. */
export function conditionsOf(filter: Filter): Condition[] {
  const conditions: Condition[] = []
  const add = (sql: string, ...values: string[]): void => void conditions.push({ sql, values })
  const { source, tag, since, until, folder, number } = filter
  if (source !== undefined) add('(source_id = ? OR source_name = ? OR source_host = ?)', source, source, source)
  if (tag !== undefined) add('bulletins.rowid IN (SELECT bulletin FROM tags WHERE tag = ?)', tag)
  if (folder !== undefined) add('reader_folder = ?', folder)
  if (number !== undefined) conditions.push(namesDocument(documentNumberKey(number)))
  // A month is no day yet: it counts where the period begins in it.
  if (since !== undefined) add('day >= substr(?, 1, length(day))', since)
  if (until !== undefined) add('day <= ?', until)
  if (filter.unread !== undefined) add(filter.unread ? 'read = 0' : 'read = 1')
  if (filter.starred !== undefined) add(filter.starred ? 'starred = 1' : 'starred = 0')
  if (filter.started !== undefined) add(filter.started ? 'started = 1' : 'started = 0')
  if (filter.hasAttachment !== undefined) add(filter.hasAttachment ? 'attachments > 0' : 'attachments = 0')
  return conditions
}

/** Names a document of this number, or of one that begins so; letters alone ("QĐ-UBND") are how one ends. */
function namesDocument(key: string): Condition {
  const named = (where: string, ...values: string[]): Condition => ({
    sql: `bulletins.rowid IN (SELECT bulletin FROM numbers WHERE ${where})`,
    values,
  })
  if (/^\d/.test(key)) return named('key = ? OR (key >= ? AND key < ?)', key, `${key}/`, `${key}0`)
  return named('key LIKE ?', `%/${key}`)
}

/** The condition that a bulletin is in the trash, or that it is not. */
export function trashCondition({ inTrash }: Filter): Condition {
  return { sql: inTrash === true ? 'in_trash = 1' : 'in_trash = 0', values: [] }
}

/** Several conditions as one. */
export function all(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.length === 0 ? '1' : conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}
