import type { Filter } from '../../../shared/bulletin'
import type { Query } from '../../../shared/search/search-query'
import type { IndexConnection } from './index-connection'
import { toSqlDirection, listColumns, toListItem, type Row } from './list-rows'
import {
  joinConditions,
  type Condition,
  createConditions,
  createMatchExpressions,
  trashCondition,
} from './query-conditions'
import type { Hits, HitsPage } from './search-index'

/**
 * The weights of title, summary, author, captions and body in the ranking, in this order. A word in the title counts
 * most.
 */
const weights = '10.0, 4.0, 3.0, 2.0, 1.0'
/** Maximum number of hits that are ranked. Ranking reads every hit, so only the newest hits are ranked. */
const maxRankedHits = 10_000

/** Runs a full text search; see {@link ./search-index.SearchIndex.search}. */
export function findHits(connection: IndexConnection, query: Query, filter: Filter, page: HitsPage): Hits {
  const { order, offset, limit } = page
  const { folded, exact, excluded } = createMatchExpressions(query)
  const others = createConditions(filter)
  if (filter.inTrash === true || connection.readNumber("SELECT value AS n FROM counts WHERE name = 'trash'") > 0)
    others.push(trashCondition(filter))
  if (excluded !== null)
    others.push({ sql: 'bulletins.rowid NOT IN (SELECT rowid FROM folded WHERE folded MATCH ?)', values: [excluded] })
  if (folded === null) return listWithoutWords(connection, [...others, trashCondition(filter)], page)
  const maxCounted = Math.max(page.maxCounted ?? Infinity, offset + limit)
  const every = createMatches(connection, 'folded', folded, others)
  const total = every.count(maxCounted)
  const toHits = (rows: Row[]): Hits => ({
    total: Math.min(total, maxCounted),
    isMore: total > maxCounted,
    items: rows.map(toListItem),
  })
  if (exact === null) return toHits(every.rows(order, offset, limit))
  // Hits that are spelled as typed come before the other hits.
  const spelled = createMatches(connection, 'exact', exact, others)
  const first = spelled.rows(order, offset, limit)
  if (first.length === limit) return toHits(first)
  const spelledTotal = first.length > 0 ? offset + first.length : spelled.count(maxCounted)
  const rest = createMatches(connection, 'folded', folded, [
    ...others,
    { sql: 'folded.rowid NOT IN (SELECT rowid FROM exact WHERE exact MATCH ?)', values: [exact] },
  ])
  return toHits([...first, ...rest.rows(order, Math.max(0, offset - spelledTotal), limit - first.length)])
}

/** Returns the hits of a query that has only filters and excluded words, for example "-lũ" or "nguồn:…". */
function listWithoutWords(
  { statement, readNumber }: IndexConnection,
  conditions: readonly Condition[],
  { order, offset, limit }: HitsPage,
): Hits {
  const { sql, values } = joinConditions(conditions)
  const total = readNumber(`SELECT count(*) AS n FROM bulletins WHERE ${sql}`, ...values)
  const rows = statement(
    `SELECT ${listColumns} FROM bulletins WHERE ${sql} ORDER BY rowid ${toSqlDirection(order)} LIMIT ? OFFSET ?`,
  ).all(...values, BigInt(limit), BigInt(offset))
  return { total, isMore: false, items: rows.map(toListItem) }
}

/** The index rows that match one full text expression and all of the given conditions. */
interface Matches {
  /**
   * Returns the number of matching rows. Stops at `maxCount + 1`, so that the caller knows whether there are more than
   * `maxCount` rows.
   */
  count(maxCount: number): number
  rows(order: HitsPage['order'], offset: number, limit: number): Row[]
}

function createMatches(
  { statement, readNumber }: IndexConnection,
  table: 'folded' | 'exact',
  match: string,
  conditions: readonly Condition[],
): Matches {
  const { sql, values } = joinConditions(conditions)
  // Without conditions on the table of bulletins, only the full text table is needed to count the hits.
  const from = conditions.length === 0 ? table : `${table} CROSS JOIN bulletins ON bulletins.rowid = ${table}.rowid`
  const where = `${table} MATCH ? AND ${sql}`
  return {
    count: (maxCount) =>
      maxCount === Infinity
        ? readNumber(`SELECT count(*) AS n FROM ${from} WHERE ${where}`, match, ...values)
        : readNumber(
            `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ?)`,
            ...[match, ...values, BigInt(maxCount + 1)],
          ),
    rows(order, offset, limit) {
      // The full text table returns hits in the order of their rowids, which is the order of their dates. Only the
      // order by score needs a sort.
      const [ids, sorted] =
        order !== 'best'
          ? [
              `SELECT ${table}.rowid AS hit FROM ${from} WHERE ${where} ORDER BY ${table}.rowid ${toSqlDirection(order)} LIMIT ? OFFSET ?`,
              `hit ${toSqlDirection(order)}`,
            ]
          : [
              `SELECT hit, score FROM (
                 SELECT ${table}.rowid AS hit, bm25(${table}, ${weights}) AS score FROM ${from}
                 WHERE ${where} ORDER BY ${table}.rowid DESC LIMIT ${maxRankedHits}
               ) ORDER BY score, hit DESC LIMIT ? OFFSET ?`,
              'score, hit DESC',
            ]
      return statement(
        `SELECT ${listColumns} FROM (${ids}) CROSS JOIN bulletins ON bulletins.rowid = hit ORDER BY ${sorted}`,
      ).all(match, ...values, BigInt(limit), BigInt(offset))
    },
  }
}
