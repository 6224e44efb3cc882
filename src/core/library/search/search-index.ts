import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Filter, ListItem, ListOrder } from '../../../shared/bulletin'
import { documentNumberKey, findDocumentNumbers } from '../../../shared/text/document-numbers'
import { getTextKeys } from '../../../shared/text/word-keys'
import type { Query } from '../../../shared/search/search-query'
import { listed, listItemOf, type Row } from './list-rows'
import { all, type Condition, conditionsOf, createMatchExpressions } from './query-conditions'
import { assignRowid } from './rowid'

/** What is searched of a bulletin, as it stands in the document. */
export interface SearchedText {
  title: string
  summary: string | null
  author: string | null
  captions: string
  body: string
}

/** What the index knows of one bulletin: its list row, what filters and paths need, and its words. */
export interface IndexEntry extends ListItem {
  /** Path of the bulletin's folder below the library, forward slashes. */
  folder: string
  /** Seconds since 1970 that order the lists: publication, else first capture. */
  order: number
  tags: readonly string[]
  inTrash: boolean
  /** The folder its reader put it in. */
  readerFolder: string | null
  /** Changes whenever the bulletin's documents do; tells which rows are older than they. */
  stamp: string
  /** Of the current text (`text/1`): equal where the texts are. */
  digest: string
  /** Number of the current revision. */
  revision: number
  text: SearchedText
}

/** Counts for the rail; all but `trash` leave out what is in the trash. */
export interface Counts {
  all: number
  unread: number
  starred: number
  started: number
  trash: number
}

/** How many bulletins a source, tag or folder has. */
export interface Group {
  name: string
  count: number
}

/** Bulletins that name one source; its name may have changed since, and be one of several sources. */
export interface SourceGroup extends Group {
  /** Ids of the followed sources they came from; null stands for those that came from none. */
  ids: (string | null)[]
}

/** Which hits are wanted; without `mostCounted` all are counted. */
export interface HitsPage {
  order: ListOrder | 'best'
  offset: number
  limit: number
  mostCounted?: number | undefined
}

/** One page of hits. */
export interface Hits {
  total: number
  /** Whether there are more than `total`: counting ended at `mostCounted`. */
  isMore: boolean
  items: (ListItem & { folder: string })[]
}

/**
 * Lists, counts, filters and full text over the library. A cache: it can be rebuilt from the documents at any time,
 * and another engine can take its place behind this interface. Everything throws SQLite's error where the file is
 * damaged; the caller rebuilds.
 */
export interface SearchIndex {
  put(entry: IndexEntry): void
  /** Many at once, in one transaction; they are read while it is open, so that nobody puts a newer one in between. */
  putAll(entries: Iterable<IndexEntry>): void
  remove(id: string): void
  findFolder(id: string): string | null
  /** The bulletin stored first among those whose text has this digest; null where there is none. */
  findByDigest(digest: string): string | null
  /** Folders of bulletins whose current digest begins so, then of those that have older revisions too. */
  foldersByDigest(prefix: string): { current: string[]; revised: string[] }
  list(filter: Filter, offset: number, limit: number, order?: ListOrder): { total: number; items: ListItem[] }
  /** Hits of a query, newest, oldest or best first; what is spelled as typed comes before what is not. */
  search(query: Query, filter: Filter, page: HitsPage): Hits
  count(): Counts
  /** Sources, tags and folders with their bulletins, the largest first. */
  groups(): { sources: SourceGroup[]; tags: Group[]; folders: Group[] }
  /** Every bulletin's id and folder, and the stamp its row was made at. */
  folders(): { id: string; folder: string; stamp: string }[]
  close(): void
}

/** Title, summary, author, captions, body: a word in the title says most of what a bulletin is about. */
const weights = '10.0, 4.0, 3.0, 2.0, 1.0'
/** Ranking looks at this many hits, the newest (TEXT: bound it). */
const maxRankedHits = 10_000
const countNames = ['all', 'unread', 'starred', 'started', 'trash'] as const

/** The index over an open database with the tables of `tables.ts`. */
export function createIndex(database: DatabaseSync): SearchIndex {
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const made = database.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  const transaction = (work: () => void): void => {
    database.exec('BEGIN IMMEDIATE')
    try {
      work()
      database.exec('COMMIT')
    } catch (thrown) {
      database.exec('ROLLBACK')
      throw thrown
    }
  }
  const numberOf = (sql: string, ...values: (string | bigint)[]): number =>
    Number(statement(sql).get(...values)?.['n'] ?? 0)

  const change = (row: Record<string, unknown> | undefined, by: 1 | -1): void => {
    if (row === undefined) return
    const names = row['in_trash'] === 1 ? ['trash'] : ['all']
    if (row['in_trash'] === 0 && row['read'] === 0) names.push('unread')
    if (row['in_trash'] === 0 && row['starred'] === 1) names.push('starred')
    if (row['in_trash'] === 0 && row['started'] === 1) names.push('started')
    for (const name of names) statement('UPDATE counts SET value = value + ? WHERE name = ?').run(by, name)
  }
  const removeOne = (id: string): void => {
    const row = statement('SELECT rowid, in_trash, read, starred, started FROM bulletins WHERE id = ?').get(id)
    if (row === undefined) return
    change(row, -1)
    // Always bound as BigInt: a number would be bound as REAL, and FTS5 would then overlook the condition (TEXT).
    const rowid = BigInt(Number(row['rowid']))
    for (const sql of [
      'bulletins WHERE rowid',
      'tags WHERE bulletin',
      'numbers WHERE bulletin',
      'folded WHERE rowid',
      'exact WHERE rowid',
    ])
      statement(`DELETE FROM ${sql} = ?`).run(rowid)
  }
  const idAt = (rowid: bigint): string | null => {
    const id = statement('SELECT id FROM bulletins WHERE rowid = ?').get(rowid)?.['id']
    return typeof id === 'string' ? id : null
  }
  const putOne = (entry: IndexEntry): void => {
    removeOne(entry.id)
    const rowid = assignRowid(entry, idAt)
    const { source } = entry
    statement(
      'INSERT INTO bulletins (rowid, id, folder, title, summary, excerpt, published, day, source_id, source_name, source_host, read, starred, started, attachments, picture, in_trash, reader_folder, stamp, digest, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(
      ...[rowid, entry.id, entry.folder, entry.title, entry.summary, entry.excerpt],
      ...[entry.publishedAt, entry.publishedAt?.slice(0, 10) ?? null, source.id, source.name, source.host],
      ...[Number(entry.read), Number(entry.starred), Number(entry.started), entry.attachments, entry.picture],
      ...[Number(entry.inTrash), entry.readerFolder, entry.stamp, shortDigest(entry.digest), entry.revision],
    )
    change(
      {
        in_trash: Number(entry.inTrash),
        read: Number(entry.read),
        starred: Number(entry.starred),
        started: Number(entry.started),
      },
      1,
    )
    for (const tag of entry.tags) statement('INSERT OR IGNORE INTO tags VALUES (?, ?)').run(tag, rowid)
    const { title, summary, author, captions, body } = entry.text
    for (const key of numberKeysOf(entry.text)) statement('INSERT OR IGNORE INTO numbers VALUES (?, ?)').run(key, rowid)
    const keys = [title, summary ?? '', author ?? '', captions, body].map(getTextKeys)
    for (const key of ['folded', 'exact'] as const)
      statement(`INSERT INTO ${key} (rowid, title, summary, author, captions, body) VALUES (?, ?, ?, ?, ?, ?)`).run(
        rowid,
        ...keys.map((field) => field[key]),
      )
  }
  const items = (rows: Row[]): Hits['items'] => rows.map(listItemOf)

  return {
    put: (entry) => transaction(() => putOne(entry)),
    putAll: (entries) =>
      transaction(() => {
        for (const entry of entries) putOne(entry)
      }),
    remove: (id) => transaction(() => removeOne(id)),
    findFolder(id) {
      const folder = statement('SELECT folder FROM bulletins WHERE id = ?').get(id)?.['folder']
      return typeof folder === 'string' ? folder : null
    },
    findByDigest(digest) {
      const sql = 'SELECT id FROM bulletins WHERE digest = ? ORDER BY rowid LIMIT 1'
      const id = statement(sql).get(shortDigest(digest))?.['id']
      return typeof id === 'string' ? id : null
    },
    foldersByDigest(prefix) {
      const folders = (where: string, ...values: string[]): string[] =>
        statement(`SELECT folder FROM bulletins WHERE ${where} ORDER BY rowid DESC`)
          .all(...values)
          .map((row) => String(row['folder']))
      // A digest is hexadecimal: "g" comes after all of them.
      const current = folders('digest >= ? AND digest < ?', prefix, `${prefix}g`)
      return { current, revised: current.length > 0 ? [] : folders('revision > 1') }
    },
    list(filter, offset, limit, order = 'newest') {
      const conditions = conditionsOf(filter)
      const { sql, values } = all([trashCondition(filter), ...conditions])
      const total =
        conditions.length === 0
          ? numberOf('SELECT value AS n FROM counts WHERE name = ?', filter.inTrash === true ? 'trash' : 'all')
          : numberOf(`SELECT count(*) AS n FROM bulletins WHERE ${sql}`, ...values)
      const rows = statement(
        `SELECT ${listed} FROM bulletins WHERE ${sql} ORDER BY rowid ${directionOf(order)} LIMIT ? OFFSET ?`,
      ).all(...values, BigInt(limit), BigInt(offset))
      return { total, items: items(rows).map(({ folder: _folder, ...item }) => item) }
    },
    search(query, filter, { order, offset, limit, mostCounted = Infinity }) {
      const { folded, exact, excluded } = createMatchExpressions(query)
      const conditions = conditionsOf(filter)
      if (filter.inTrash === true || numberOf("SELECT value AS n FROM counts WHERE name = 'trash'") > 0)
        conditions.push(trashCondition(filter))
      const without: Condition[] =
        excluded === null
          ? []
          : [{ sql: 'bulletins.rowid NOT IN (SELECT rowid FROM folded WHERE folded MATCH ?)', values: [excluded] }]
      const others = [...conditions, ...without]
      const counted = Math.max(mostCounted, offset + limit)
      if (folded === null) return searchWithoutWords([...others, trashCondition(filter)], { order, offset, limit })
      const every = foundHits('folded', folded, others)
      const total = every.count(counted)
      const answer = (rows: Row[]): Hits => ({
        total: Math.min(total, counted),
        isMore: total > counted,
        items: items(rows),
      })
      if (exact === null) return answer(every.rows(order, offset, limit))
      // What is spelled as typed is among all hits, and comes first.
      const spelled = foundHits('exact', exact, others)
      const first = spelled.rows(order, offset, limit)
      if (first.length === limit) return answer(first)
      const spelledTotal = first.length > 0 ? offset + first.length : spelled.count(counted)
      const rest = foundHits('folded', folded, [
        ...others,
        { sql: 'folded.rowid NOT IN (SELECT rowid FROM exact WHERE exact MATCH ?)', values: [exact] },
      ])
      return answer([...first, ...rest.rows(order, Math.max(0, offset - spelledTotal), limit - first.length)])
    },
    count() {
      const rows = statement('SELECT name, value FROM counts').all()
      const valueOf = (name: string): number => Number(rows.find((row) => row['name'] === name)?.['value'] ?? 0)
      const [every, unread, starred, started, trash] = countNames.map(valueOf)
      return { all: every ?? 0, unread: unread ?? 0, starred: starred ?? 0, started: started ?? 0, trash: trash ?? 0 }
    },
    groups() {
      const group = (sql: string): Group[] =>
        statement(sql)
          .all()
          .map((row) => ({ name: String(row['name']), count: Number(row['n']) }))
      const kept = 'in_trash = 0'
      return {
        sources: statement(
          `SELECT coalesce(source_name, source_host) AS name, count(*) AS n, json_group_array(DISTINCT source_id) AS ids
           FROM bulletins WHERE ${kept} AND coalesce(source_name, source_host) IS NOT NULL GROUP BY 1 ORDER BY n DESC, name`,
        )
          .all()
          .map((row) => ({
            name: String(row['name']),
            count: Number(row['n']),
            // The list that the statement above makes.
            ids: JSON.parse(String(row['ids'])) as (string | null)[],
          })),
        tags: group(
          `SELECT tag AS name, count(*) AS n FROM tags JOIN bulletins ON bulletins.rowid = bulletin
           WHERE ${kept} GROUP BY 1 ORDER BY n DESC, name`,
        ),
        folders: group(
          `SELECT reader_folder AS name, count(*) AS n FROM bulletins
           WHERE ${kept} AND reader_folder IS NOT NULL GROUP BY 1 ORDER BY n DESC, name`,
        ),
      }
    },
    folders: () =>
      statement('SELECT id, folder, stamp FROM bulletins ORDER BY folder')
        .all()
        .map((row) => ({ id: String(row['id']), folder: String(row['folder']), stamp: String(row['stamp']) })),
    close: () => database.close(),
  }

  /** A query that only leaves out ("-lũ", "nguồn:…"): a list. */
  function searchWithoutWords(conditions: readonly Condition[], { order, offset, limit }: HitsPage): Hits {
    const { sql, values } = all(conditions)
    const total = numberOf(`SELECT count(*) AS n FROM bulletins WHERE ${sql}`, ...values)
    const rows = statement(
      `SELECT ${listed} FROM bulletins WHERE ${sql} ORDER BY rowid ${directionOf(order)} LIMIT ? OFFSET ?`,
    )
    return { total, isMore: false, items: items(rows.all(...values, BigInt(limit), BigInt(offset))) }
  }

  function foundHits(table: 'folded' | 'exact', match: string, conditions: readonly Condition[]): FoundHits {
    const { sql, values } = all(conditions)
    // Without conditions on the row the full text answers alone.
    const from = conditions.length === 0 ? table : `${table} CROSS JOIN bulletins ON bulletins.rowid = ${table}.rowid`
    const where = `${table} MATCH ? AND ${sql}`
    return {
      count: (maxCount) =>
        maxCount === Infinity
          ? numberOf(`SELECT count(*) AS n FROM ${from} WHERE ${where}`, match, ...values)
          : numberOf(
              `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ?)`,
              ...[match, ...values, BigInt(maxCount + 1)],
            ),
      rows(order, offset, limit) {
        const page = [BigInt(limit), BigInt(offset)]
        // By date they come in order as they are: only scores need sorting.
        const [ids, sorted] =
          order !== 'best'
            ? [
                `SELECT ${table}.rowid AS hit FROM ${from} WHERE ${where} ORDER BY ${table}.rowid ${directionOf(order)} LIMIT ? OFFSET ?`,
                `hit ${directionOf(order)}`,
              ]
            : [
                `SELECT hit, score FROM (
                   SELECT ${table}.rowid AS hit, bm25(${table}, ${weights}) AS score FROM ${from}
                   WHERE ${where} ORDER BY ${table}.rowid DESC LIMIT ${maxRankedHits}
                 ) ORDER BY score, hit DESC LIMIT ? OFFSET ?`,
                'score, hit DESC',
              ]
        return statement(
          `SELECT ${listed} FROM (${ids}) CROSS JOIN bulletins ON bulletins.rowid = hit ORDER BY ${sorted}`,
        ).all(match, ...values, ...page)
      },
    }
  }
}

interface FoundHits {
  /** How many there are; past `maxCount` only that there are more than that. */
  count(maxCount: number): number
  rows(order: HitsPage['order'], offset: number, limit: number): Row[]
}

function numberKeysOf({ title, summary, captions, body }: SearchedText): string[] {
  return [title, summary ?? '', captions, body].flatMap((text) =>
    findDocumentNumbers(text).map(({ number }) => documentNumberKey(number)),
  )
}

/** Rowids are dates, and ids among equal dates ({@link assignRowid}): their order is the list's. */
function directionOf(order: HitsPage['order']): 'ASC' | 'DESC' {
  return order === 'oldest' ? 'ASC' : 'DESC'
}

/** 80 bits tell any two texts apart, and cost a quarter of the room. */
function shortDigest(digest: string): string {
  return digest.slice(0, 20)
}

function trashCondition(filter: Filter): Condition {
  return { sql: filter.inTrash === true ? 'in_trash = 1' : 'in_trash = 0', values: [] }
}
