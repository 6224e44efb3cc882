import type { Filter } from '../../../shared/bulletin'
import { documentNumberKey } from '../../../shared/text/document-numbers'
import type { Query, Term } from '../../../shared/search/search-query'

/** A part of a WHERE clause and the values of its parameters. */
export interface Condition {
  sql: string
  values: (string | bigint)[]
}

/** The FTS5 MATCH expressions of a query. */
export interface MatchExpressions {
  /**
   * The expression that finds every hit, for the table of words without diacritics. Null if the query has only excluded
   * words.
   */
  folded: string | null
  /**
   * The expression that finds the hits spelled as typed, for the table of words as spelled. Null if no word was typed
   * with diacritics.
   */
  exact: string | null
  /**
   * The expression that finds the excluded words, for the table of words without diacritics. Null if the query excludes
   * no word.
   */
  excluded: string | null
}

/**
 * Creates the FTS5 expressions of a query. Every word is reduced to letters and digits and then quoted, so that FTS5
 * never reads typed text as syntax.
 */
export function createMatchExpressions({ terms, alternatives }: Query): MatchExpressions {
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  const unwanted = terms.filter(({ isExcluded }) => isExcluded).map((term) => phrase(term.folded, false))
  const folded = wanted.length === 0 ? null : joinTerms(terms, alternatives, 'folded')
  return {
    folded,
    exact: wanted.some(({ hasMarks }) => hasMarks) ? joinTerms(terms, alternatives, 'exact') : null,
    excluded: unwanted.length === 0 ? null : unwanted.join(' OR '),
  }
}

/**
 * Joins with AND the terms that a hit must contain. If consecutive terms have another form, such as an abbreviation,
 * this form is joined to the terms with OR.
 */
function joinTerms(terms: readonly Term[], alternatives: Query['alternatives'], key: 'folded' | 'exact'): string {
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
    const own = terms.slice(at, to).map((each, offset) => {
      const variants = alternatives.filter(({ from, to: end }) => from === at + offset && end === from + 1)
      // The other writings of a single term stand beside the term, unless the whole group is this term.
      return to === at + 1 ? createTerm(each, key) : joinForms(createTerm(each, key), variants, key)
    })
    const others = here.filter((alternative) => alternative.to === to)
    parts.push(joinForms(own.length === 1 ? (own[0] ?? '') : `(${own.join(' AND ')})`, others, key))
    at = to
  }
  return parts.join(' AND ')
}

/** Joins an expression with the phrases of other writings. A hit then contains one of them. */
function joinForms(own: string, others: Query['alternatives'], key: 'folded' | 'exact'): string {
  const phrases = [...new Set(others.map((other) => phrase(other[key], false)))]
  return phrases.length === 0 ? own : `(${[own, ...phrases].join(' OR ')})`
}

/**
 * Minimum number of letters of a prefix that is searched in the table of words as spelled. This table has no prefix
 * index, and a shorter prefix begins thousands of words. A shorter prefix ("lũ") therefore matches only a whole word in
 * this table. Longer words are found in the table of words without diacritics.
 */
const minSpelledPrefixLength = 3

function createTerm(term: Term, key: 'folded' | 'exact'): string {
  const isLong = (term.exact.at(-1)?.length ?? 0) >= minSpelledPrefixLength
  return phrase(term[key], term.isPrefix && (key === 'folded' || isLong))
}

function phrase(words: readonly string[], isPrefix: boolean): string {
  const plain = words.map((word) => word.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()).join(' ')
  return `"${plain}"${isPrefix ? ' *' : ''}`
}

/** Converts a filter to conditions on the table of bulletins. */
export function createConditions(filter: Filter): Condition[] {
  const conditions: Condition[] = []
  const add = (sql: string, ...values: string[]): void => void conditions.push({ sql, values })
  const { source, tag, since, until, folder, number } = filter
  if (source !== undefined) add('(source_id = ? OR source_name = ? OR source_host = ?)', source, source, source)
  if (tag !== undefined) add('bulletins.rowid IN (SELECT bulletin FROM tags WHERE tag = ?)', tag)
  if (folder !== undefined) add('reader_folder = ?', folder)
  if (number !== undefined) conditions.push(createNumberCondition(documentNumberKey(number)))
  // A bulletin whose date is only a month is included if the period begins in this month. So only the first characters
  // of `since`, as many as the date has, are compared.
  if (since !== undefined) add('day >= substr(?, 1, length(day))', since)
  if (until !== undefined) add('day <= ?', until)
  if (filter.unread !== undefined) add(filter.unread ? 'read = 0' : 'read = 1')
  if (filter.starred !== undefined) add(filter.starred ? 'starred = 1' : 'starred = 0')
  if (filter.started !== undefined) add(filter.started ? 'started = 1' : 'started = 0')
  if (filter.hasAttachment !== undefined) add(filter.hasAttachment ? 'attachments > 0' : 'attachments = 0')
  return conditions
}

/**
 * Returns the condition that a bulletin contains the number of a document, `key`. A key that begins with a digit ("12")
 * also matches longer numbers that continue with a slash ("12/QĐ-UBND"). Any other key ("QĐ-UBND") matches the end of a
 * number.
 */
function createNumberCondition(key: string): Condition {
  const create = (where: string, ...values: string[]): Condition => ({
    sql: `bulletins.rowid IN (SELECT bulletin FROM numbers WHERE ${where})`,
    values,
  })
  if (/^\d/.test(key)) return create('key = ? OR (key >= ? AND key < ?)', key, `${key}/`, `${key}0`)
  return create('key LIKE ?', `%/${key}`)
}

/** Returns the condition that a bulletin is in the trash if `inTrash` is true, or outside the trash if not. */
export function trashCondition({ inTrash }: Filter): Condition {
  return { sql: inTrash === true ? 'in_trash = 1' : 'in_trash = 0', values: [] }
}

/** Joins several conditions with AND into one. */
export function joinConditions(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.length === 0 ? '1' : conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}
