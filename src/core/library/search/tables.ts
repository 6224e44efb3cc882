import { rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'

/** The version of the tables. An index of another version is deleted and rebuilt. */
const version = 'index/8'

/** The endings of the files of a database in WAL mode. */
const endings = ['', '-wal', '-shm']

/**
 * `bulletins` has the rows of the lists. Their rowids rise with the date ({@link ./rowid.assignRowid}), so that lists
 * need no sort. `folded` and `exact` are full text indexes of the same rows, without diacritics and as spelled, which
 * store no text. `numbers` has the numbers of the documents that a text names. `counts` saves counting 100,000 rows.
 */
const tables = `
  CREATE TABLE about (version TEXT NOT NULL, library TEXT NOT NULL, complete INTEGER NOT NULL);
  CREATE TABLE bulletins (
    id TEXT NOT NULL UNIQUE, folder TEXT NOT NULL, title TEXT NOT NULL, summary TEXT, excerpt TEXT,
    published TEXT, day TEXT, source_id TEXT, source_name TEXT, source_host TEXT,
    read INTEGER NOT NULL, starred INTEGER NOT NULL, started INTEGER NOT NULL,
    attachments INTEGER NOT NULL, picture TEXT, in_trash INTEGER NOT NULL, reader_folder TEXT,
    stamp TEXT NOT NULL, digest TEXT NOT NULL, revision INTEGER NOT NULL
  );
  CREATE INDEX unread ON bulletins (in_trash) WHERE read = 0;
  CREATE INDEX starred ON bulletins (in_trash) WHERE starred = 1;
  CREATE INDEX started ON bulletins (in_trash) WHERE started = 1;
  CREATE INDEX trashed ON bulletins (in_trash) WHERE in_trash = 1;
  CREATE INDEX sources ON bulletins (source_name, source_host);
  CREATE INDEX reader_folders ON bulletins (reader_folder) WHERE reader_folder IS NOT NULL;
  CREATE INDEX digests ON bulletins (digest);
  CREATE INDEX revised ON bulletins (revision) WHERE revision > 1;
  CREATE TABLE tags (tag TEXT NOT NULL, bulletin INTEGER NOT NULL, PRIMARY KEY (tag, bulletin)) WITHOUT ROWID;
  CREATE INDEX tags_of ON tags (bulletin);
  CREATE TABLE numbers (key TEXT NOT NULL, bulletin INTEGER NOT NULL, PRIMARY KEY (key, bulletin)) WITHOUT ROWID;
  CREATE INDEX numbers_of ON numbers (bulletin);
  CREATE TABLE counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO counts VALUES ('all', 0), ('unread', 0), ('starred', 0), ('started', 0), ('trash', 0);
  CREATE VIRTUAL TABLE folded USING fts5 (
    title, summary, author, captions, body,
    content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 0"
  );
  CREATE VIRTUAL TABLE exact USING fts5 (
    title, summary, author, captions, body,
    content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
  );
`

/** An opened database. If it is not `complete` (new, or cut off while it was filled), the caller must fill it. */
export interface OpenedDatabase {
  database: DatabaseSync
  complete: boolean
}

/**
 * Opens the index file for writing. Creates an empty file if the file is missing, damaged, or of another version or
 * library. That is safe, because the index can always be filled from the documents.
 */
export async function openDatabase(path: string, libraryId: string): Promise<OpenedDatabase> {
  try {
    const database = new DatabaseSync(path)
    // Only a quick check runs here, because a complete check would read the whole file. The caller rebuilds the index
    // if other damage is found later.
    const state = readState(database, libraryId)
    if (state !== 'other') {
      return { database: prepareForWriting(database), complete: state === 'complete' }
    }
    database.close()
  } catch {
    // The file is not a database or is damaged. It is replaced below.
  }
  return { database: await createDatabase(path, libraryId), complete: false }
}

/** Creates an empty index file in place of the old one. */
export async function createDatabase(path: string, libraryId: string): Promise<DatabaseSync> {
  // On Windows a virus scanner may hold a file for a moment.
  for (const ending of endings) await rm(`${path}${ending}`, { force: true, maxRetries: 10, retryDelay: 100 })
  const database = prepareForWriting(new DatabaseSync(path))
  createTables(database, libraryId)
  return database
}

/** Sets up a connection for writing. Readers are not blocked, and a second writer waits for the first one. */
export function prepareForWriting(database: DatabaseSync): DatabaseSync {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000;')
  return database
}

/**
 * Opens the index file for reading only. Returns null if it is missing, incomplete, damaged, of another version, or
 * can't be opened.
 */
export function openDatabaseForReading(path: string, libraryId: string): DatabaseSync | null {
  for (const address of [path, toImmutableUrl(path)]) {
    try {
      const database = new DatabaseSync(address, { readOnly: true })
      if (readState(database, libraryId) === 'complete') return database
      database.close()
      return null
    } catch {
      // In a read-only folder, a WAL database can only be opened as immutable. The second URL does this.
    }
  }
  return null
}

/** Returns the URL by which SQLite opens a database without locks and without files beside it (sqlite.org/uri.html). */
function toImmutableUrl(path: string): URL {
  const url = new URL('file:///')
  url.pathname = path.replaceAll('\\', '/')
  url.searchParams.set('immutable', '1')
  return url
}

/** Creates an index in memory. It is used for reading if no index file can be opened. */
export function createMemoryDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  createTables(database, '')
  return database
}

/** Marks an index as complete: it has every bulletin. */
export function markComplete(database: DatabaseSync): void {
  database.exec('UPDATE about SET complete = 1')
}

function createTables(database: DatabaseSync, libraryId: string): void {
  database.exec(tables)
  database.prepare('INSERT INTO about VALUES (?, ?, 0)').run(version, libraryId)
}

function readState(database: DatabaseSync, libraryId: string): 'complete' | 'partial' | 'other' {
  try {
    const about = database.prepare('SELECT version, library, complete FROM about').get()
    if (about?.['version'] !== version || about['library'] !== libraryId) return 'other'
    return about['complete'] === 1 ? 'complete' : 'partial'
  } catch {
    return 'other'
  }
}
