import type { IndexConnection } from './index-connection'
import { toSqlDirection, listColumns, toListItem, shortenDigest } from './list-rows'
import { joinConditions, createConditions, trashCondition } from './query-conditions'
import type { Group, SearchIndex } from './search-index'

type IndexLists = Pick<
  SearchIndex,
  'findFolder' | 'findByDigest' | 'foldersByDigest' | 'list' | 'count' | 'groups' | 'folders'
>

const countNames = ['all', 'unread', 'starred', 'started', 'trash'] as const

/** Creates the methods of an index for lists, counts and lookups. The full text search is in `find-hits.ts`. */
export function createIndexLists(connection: IndexConnection): IndexLists {
  const { statement, readNumber } = connection
  return {
    findFolder(id) {
      const folder = statement('SELECT folder FROM bulletins WHERE id = ?').get(id)?.['folder']
      return typeof folder === 'string' ? folder : null
    },
    findByDigest(digest) {
      const sql = 'SELECT id FROM bulletins WHERE digest = ? ORDER BY rowid LIMIT 1'
      const id = statement(sql).get(shortenDigest(digest))?.['id']
      return typeof id === 'string' ? id : null
    },
    foldersByDigest(prefix) {
      const folders = (where: string, ...values: string[]): string[] =>
        statement(`SELECT folder FROM bulletins WHERE ${where} ORDER BY rowid DESC`)
          .all(...values)
          .map((row) => String(row['folder']))
      // The second parameter is the upper limit of the range. A digest is hexadecimal, so `prefix` with "g" sorts after
      // every digest that begins with `prefix`.
      const current = folders('digest >= ? AND digest < ?', prefix, `${prefix}g`)
      return { current, revised: current.length > 0 ? [] : folders('revision > 1') }
    },
    list(filter, offset, limit, order = 'newest') {
      const conditions = createConditions(filter)
      const { sql, values } = joinConditions([trashCondition(filter), ...conditions])
      const total =
        conditions.length === 0
          ? readNumber('SELECT value AS n FROM counts WHERE name = ?', filter.inTrash === true ? 'trash' : 'all')
          : readNumber(`SELECT count(*) AS n FROM bulletins WHERE ${sql}`, ...values)
      const rows = statement(
        `SELECT ${listColumns} FROM bulletins WHERE ${sql} ORDER BY rowid ${toSqlDirection(order)} LIMIT ? OFFSET ?`,
      ).all(...values, BigInt(limit), BigInt(offset))
      return { total, items: rows.map(toListItem).map(({ folder: _folder, stamp: _stamp, ...item }) => item) }
    },
    count() {
      const rows = statement('SELECT name, value FROM counts').all()
      const valueOf = (name: string): number => Number(rows.find((row) => row['name'] === name)?.['value'] ?? 0)
      const [every, unread, starred, started, trash] = countNames.map(valueOf)
      return { all: every ?? 0, unread: unread ?? 0, starred: starred ?? 0, started: started ?? 0, trash: trash ?? 0 }
    },
    groups: () => readGroups(connection),
    folders: () =>
      statement('SELECT id, folder, stamp FROM bulletins ORDER BY folder')
        .all()
        .map((row) => ({ id: String(row['id']), folder: String(row['folder']), stamp: String(row['stamp']) })),
  }
}

function readGroups({ statement }: IndexConnection): ReturnType<SearchIndex['groups']> {
  const readGroup = (sql: string): Group[] =>
    statement(sql)
      .all()
      .map((row) => ({ name: String(row['name']), count: Number(row['n']) }))
  const sources = statement(
    `SELECT coalesce(source_name, source_host) AS name, count(*) AS n, json_group_array(DISTINCT source_id) AS ids
     FROM bulletins WHERE in_trash = 0 AND coalesce(source_name, source_host) IS NOT NULL GROUP BY 1 ORDER BY n DESC, name`,
  ).all()
  return {
    sources: sources.map((row) => ({
      name: String(row['name']),
      count: Number(row['n']),
      // The column contains the JSON text that `json_group_array` made: an array of ids, in which an id may be null.
      ids: JSON.parse(String(row['ids'])) as (string | null)[],
    })),
    tags: readGroup(
      `SELECT tag AS name, count(*) AS n FROM tags JOIN bulletins ON bulletins.rowid = bulletin
       WHERE in_trash = 0 GROUP BY 1 ORDER BY n DESC, name`,
    ),
    folders: readGroup(
      `SELECT reader_folder AS name, count(*) AS n FROM bulletins
       WHERE in_trash = 0 AND reader_folder IS NOT NULL GROUP BY 1 ORDER BY n DESC, name`,
    ),
  }
}
