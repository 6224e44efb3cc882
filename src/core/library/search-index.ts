import { rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'
import type { Filter, ListItem } from '../../shared/bulletin'

/** Changes whenever the tables do: an index of another version is thrown away and rebuilt. */
const version = 'index/2'

/** What the index knows of one bulletin: its list row and what filters and paths need. */
export interface IndexEntry extends ListItem {
  /** Path of the bulletin's folder below the library, forward slashes. */
  folder: string
  /** Seconds since 1970 that order the lists: publication, else first capture. */
  order: number
  tags: readonly string[]
  inTrash: boolean
}

/** Counts for the rail. */
export interface Counts {
  all: number
  unread: number
  starred: number
  started: number
}

/**
 * Lists, counts and filters over the library. A cache: it can be rebuilt from the documents at any time, and
 * another engine can take its place behind this interface.
 */
export interface SearchIndex {
  put(entry: IndexEntry): void
  /** Replaces everything, in one transaction. */
  replaceAll(entries: Iterable<IndexEntry>): void
  remove(id: string): void
  folderOf(id: string): string | null
  list(filter: Filter, offset: number, limit: number): { total: number; items: ListItem[] }
  count(): Counts
  /** Every bulletin's id and folder. */
  folders(): { id: string; folder: string }[]
  close(): void
}

/** An index and whether it holds anything yet: `fresh` ones must be filled from the documents. */
export interface OpenedIndex {
  index: SearchIndex
  fresh: boolean
}

/**
 * Opens the index file for writing. A missing file, another version, another library or a damaged file gives a
 * fresh index: rebuilding is always safe, since the documents are the truth.
 */
export async function openIndex(path: string, libraryId: string): Promise<OpenedIndex> {
  try {
    const database = new DatabaseSync(path)
    const fresh = !isUsable(database, libraryId)
    if (!fresh) return { index: createIndex(database), fresh }
    database.close()
  } catch {
    // Not a database, or a damaged one: replaced below. Nothing is lost with a cache.
  }
  for (const file of [path, `${path}-wal`, `${path}-shm`]) await rm(file, { force: true })
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;')
  createTables(database, libraryId)
  return { index: createIndex(database), fresh: true }
}

/** Opens the index for reading only; null where it is missing, damaged, of another version or can't be opened. */
export function openIndexForReading(path: string, libraryId: string): SearchIndex | null {
  try {
    const database = new DatabaseSync(path, { readOnly: true })
    if (isUsable(database, libraryId)) return createIndex(database)
    database.close()
  } catch {
    // No index, or one that can't be read here (WAL in a read-only folder): the caller builds one in memory.
  }
  return null
}

/** An index in memory, for readers of a library that has none they can open. */
export function createMemoryIndex(): SearchIndex {
  const database = new DatabaseSync(':memory:')
  createTables(database, '')
  return createIndex(database)
}

function createTables(database: DatabaseSync, libraryId: string): void {
  database.exec(`
    CREATE TABLE about (version TEXT NOT NULL, library TEXT NOT NULL);
    CREATE TABLE bulletins (
      id TEXT PRIMARY KEY, folder TEXT NOT NULL, title TEXT NOT NULL, summary TEXT,
      published TEXT, day TEXT, "order" INTEGER NOT NULL,
      source_id TEXT, source_name TEXT, source_host TEXT,
      read INTEGER NOT NULL, starred INTEGER NOT NULL, started INTEGER NOT NULL,
      attachments INTEGER NOT NULL, picture TEXT, in_trash INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX newest_first ON bulletins ("order" DESC, id);
    CREATE TABLE tags (id TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (tag, id)) WITHOUT ROWID;
    CREATE INDEX tags_of ON tags (id);
  `)
  database.prepare('INSERT INTO about VALUES (?, ?)').run(version, libraryId)
}

function isUsable(database: DatabaseSync, libraryId: string): boolean {
  try {
    const about = database.prepare('SELECT version, library FROM about').get()
    return about?.['version'] === version && about['library'] === libraryId
  } catch {
    return false
  }
}

const rowSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.nullable(z.string()),
  published: z.nullable(z.string()),
  source_id: z.nullable(z.string()),
  source_name: z.nullable(z.string()),
  source_host: z.nullable(z.string()),
  read: z.number(),
  starred: z.number(),
  started: z.number(),
  attachments: z.number(),
  picture: z.nullable(z.string()),
})

function createIndex(database: DatabaseSync): SearchIndex {
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
  const putOne = (entry: IndexEntry): void => {
    const { source } = entry
    database
      .prepare('INSERT OR REPLACE INTO bulletins VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        ...[
          entry.id,
          entry.folder,
          entry.title,
          entry.summary,
          entry.publishedAt,
          entry.publishedAt?.slice(0, 10) ?? null,
        ],
        ...[entry.order, source.id, source.name, source.host],
        ...[Number(entry.read), Number(entry.starred), Number(entry.started), entry.attachments, entry.picture],
        Number(entry.inTrash),
      )
    database.prepare('DELETE FROM tags WHERE id = ?').run(entry.id)
    const addTag = database.prepare('INSERT OR IGNORE INTO tags VALUES (?, ?)')
    for (const tag of entry.tags) addTag.run(entry.id, tag)
  }

  return {
    put: (entry) => transaction(() => putOne(entry)),
    replaceAll: (entries) =>
      transaction(() => {
        database.exec('DELETE FROM bulletins; DELETE FROM tags')
        for (const entry of entries) putOne(entry)
      }),
    remove: (id) =>
      transaction(() => {
        database.prepare('DELETE FROM bulletins WHERE id = ?').run(id)
        database.prepare('DELETE FROM tags WHERE id = ?').run(id)
      }),
    folderOf(id) {
      const folder = database.prepare('SELECT folder FROM bulletins WHERE id = ?').get(id)?.['folder']
      return typeof folder === 'string' ? folder : null
    },
    list(filter, offset, limit) {
      const { where, values } = conditionsOf(filter)
      const total = Number(database.prepare(`SELECT count(*) AS n FROM bulletins ${where}`).get(...values)?.['n'] ?? 0)
      const rows = database
        .prepare(`SELECT * FROM bulletins ${where} ORDER BY "order" DESC, id LIMIT ? OFFSET ?`)
        .all(...values, limit, offset)
      return { total, items: rows.map((row) => listItemOf(rowSchema.parse(row))) }
    },
    count() {
      const row = database
        .prepare(
          'SELECT count(*) AS n, sum(read = 0) AS unread, sum(starred) AS starred, sum(started) AS started FROM bulletins WHERE in_trash = 0',
        )
        .get()
      const number = (name: string): number => Number(row?.[name] ?? 0)
      return { all: number('n'), unread: number('unread'), starred: number('starred'), started: number('started') }
    },
    folders: () =>
      database
        .prepare('SELECT id, folder FROM bulletins ORDER BY folder')
        .all()
        .map((row) => ({ id: String(row['id']), folder: String(row['folder']) })),
    close: () => database.close(),
  }
}

function conditionsOf(filter: Filter): { where: string; values: string[] } {
  const conditions: [sql: string, ...values: string[]][] = [[filter.inTrash === true ? 'in_trash = 1' : 'in_trash = 0']]
  const { source, tag, since, until } = filter
  if (source !== undefined)
    conditions.push(['(source_id = ? OR source_name = ? OR source_host = ?)', source, source, source])
  if (tag !== undefined) conditions.push(['id IN (SELECT id FROM tags WHERE tag = ?)', tag])
  if (since !== undefined) conditions.push(['day >= ?', since])
  if (until !== undefined) conditions.push(['day <= ?', until])
  if (filter.unread !== undefined) conditions.push([filter.unread ? 'read = 0' : 'read = 1'])
  if (filter.starred !== undefined) conditions.push([filter.starred ? 'starred = 1' : 'starred = 0'])
  if (filter.started !== undefined) conditions.push([filter.started ? 'started = 1' : 'started = 0'])
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`,
    values: conditions.flatMap(([, ...values]) => values),
  }
}

function listItemOf(row: z.infer<typeof rowSchema>): ListItem {
  return {
    id: row.id,
    title: row.title,
    summary: row.summary,
    publishedAt: row.published,
    source: { id: row.source_id, name: row.source_name, host: row.source_host },
    read: row.read === 1,
    starred: row.starred === 1,
    started: row.started === 1,
    attachments: row.attachments,
    picture: row.picture,
  }
}
