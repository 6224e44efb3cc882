import { statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../../shared/errors'
import { isDiskFull, isDiskRefusal } from '../../files'
import type { OwnKey } from '../../trust/own-key'

/** The version of the tables. An index with another version is deleted and built again. */
const version = 'index/8'

/** The endings of the file names of a database in WAL mode. The database has one file for each ending. */
const endings = ['', '-wal', '-shm']

/**
 * The tables of the index.
 * `bulletins` has the values that lists show. A later bulletin has a higher rowid ({@link ./rowid.assignRowid}), so
 * lists need no sort. `tags` has the tags of each bulletin. `folded` and `exact` are full text indexes of the
 * bulletins: `folded` has the words without diacritics, and `exact` has the words as spelled. Neither stores the texts.
 * `numbers` has the numbers of the official documents that a text names. `counts` holds how many bulletins each list of
 * the navigation has, so that 100,000 rows need not be counted.
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

/**
 * An opened database. `complete` is false if the database is new or if its filling was interrupted. The caller must
 * then fill it.
 */
export interface OpenedDatabase {
  database: DatabaseSync
  complete: boolean
}

/**
 * Returns the owner of an index: a text with the id of the library and a code made with the key of the user who built
 * the index. An index with another owner is not used, because its rows may be forged.
 */
export function createIndexOwner(libraryId: string, key: OwnKey): string {
  return `${libraryId} ${key.sign(['index', libraryId])}`
}

/**
 * Opens the index file for writing. If the file is missing, damaged, of another version or of another owner, creates an
 * empty file in its place. The replacement loses nothing, because an index can always be filled from the documents.
 * Throws `disk-full` or SQLite's error if the disk refuses writes. In this case, the file is not replaced, because a
 * reader can still use it.
 */
export async function openDatabase(path: string, owner: string): Promise<OpenedDatabase> {
  if (lacksSpaceForSharedMemory(path))
    throw new AppError('disk-full', 'open index: no space for the shared memory', { path })
  try {
    const database = new DatabaseSync(path)
    // Only a quick check is made here, because a complete check would read the whole file. The caller rebuilds the
    // index if it finds other damage later.
    const state = readState(database, owner, path)
    if (state !== 'other') {
      return { database: prepareForWriting(database), complete: state === 'complete' }
    }
    database.close()
  } catch (thrown) {
    if (isDiskRefusal(thrown, path)) throw thrown
    // The file is damaged or is not a database. It is replaced below.
  }
  return { database: await createDatabase(path, owner), complete: false }
}

/** Deletes the old index file and creates an empty one. Throws `disk-full` and SQLite's errors. */
export async function createDatabase(path: string, owner: string): Promise<DatabaseSync> {
  await removeDatabase(path)
  if (lacksSpaceForSharedMemory(path))
    throw new AppError('disk-full', 'create index: no space for the shared memory', { path })
  const database = prepareForWriting(new DatabaseSync(path))
  createTables(database, owner)
  return database
}

/** Deletes an index file. Throws the system's error. */
export async function removeDatabase(path: string): Promise<void> {
  // The deletion is retried, because on Windows a virus scanner may hold a file for a moment.
  for (const ending of endings) await rm(`${path}${ending}`, { force: true, maxRetries: 10, retryDelay: 100 })
}

/**
 * Sets up a connection for writing in WAL mode. A writer does not block readers. A second writer waits for the first
 * one for up to ten seconds.
 */
export function prepareForWriting(database: DatabaseSync): DatabaseSync {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000;')
  return keepTemporaryDataInMemory(database)
}

/**
 * Opens the index file for reading only. Returns null if the file is missing, incomplete, damaged, of another version
 * or of another owner, or if it can't be opened.
 */
export function openDatabaseForReading(path: string, owner: string): DatabaseSync | null {
  for (const address of [path, toImmutableUrl(path)]) {
    try {
      if (address === path && lacksSpaceForSharedMemory(path)) continue
      // An immutable connection is used only if the database has no log. Such a connection does not see the changes
      // that are only in the log.
      if (address !== path && hasLog(path)) return null
      const database = new DatabaseSync(address, { readOnly: true })
      if (readState(database, owner, path) === 'complete') return keepTemporaryDataInMemory(database)
      database.close()
      return null
    } catch {
      // In a read-only folder or on a full disk, SQLite can open a WAL database only as immutable. The second address
      // of the loop does this.
    }
  }
  return null
}

/**
 * Whether the disk is too full for the first connection to a database. The first connection creates the shared memory
 * file, which SQLite maps into memory. If the file system has no space for a page of this file, the system ends the
 * process with SIGBUS. This happened on ext4 with blocks of 1 KB.
 */
function lacksSpaceForSharedMemory(path: string): boolean {
  return statSync(`${path}-shm`, { throwIfNoEntry: false }) === undefined && isDiskFull(path)
}

/** Makes a connection sort in memory, so that reading works even if the disk of temporary files is full. */
function keepTemporaryDataInMemory(database: DatabaseSync): DatabaseSync {
  database.exec('PRAGMA temp_store = MEMORY')
  return database
}

/** Whether the log of a database has changes that are not in the database file yet. */
function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/**
 * Opens the index file for a searching thread. The main thread has already checked the file. Throws SQLite's error if
 * the file can't be opened.
 */
export function openForSearching(path: string): DatabaseSync {
  try {
    if (lacksSpaceForSharedMemory(path)) throw new Error('index: no space for the shared memory')
    const database = new DatabaseSync(path, { readOnly: true })
    database.prepare('SELECT version FROM about').get()
    return keepTemporaryDataInMemory(database)
  } catch (thrown) {
    // The folder is read-only or the disk is full; see {@link openDatabaseForReading}.
    if (hasLog(path)) throw thrown
    return keepTemporaryDataInMemory(new DatabaseSync(toImmutableUrl(path), { readOnly: true }))
  }
}

/**
 * Returns the URL with which SQLite opens a database as immutable: without locks and without other files
 * (sqlite.org/uri.html).
 */
function toImmutableUrl(path: string): URL {
  const url = new URL('file:///')
  url.pathname = path.replaceAll('\\', '/')
  url.searchParams.set('immutable', '1')
  return url
}

/** Creates an index database in memory, for a reader that can't open an index file. */
export function createMemoryDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  createTables(database, '')
  return database
}

/** Marks an index as complete: it has every bulletin. */
export function markComplete(database: DatabaseSync): void {
  database.exec('UPDATE about SET complete = 1')
}

function createTables(database: DatabaseSync, owner: string): void {
  database.exec(tables)
  database.prepare('INSERT INTO about VALUES (?, ?, 0)').run(version, owner)
}

function readState(database: DatabaseSync, owner: string, path: string): 'complete' | 'partial' | 'other' {
  try {
    const about = database.prepare('SELECT version, library, complete FROM about').get()
    if (about?.['version'] !== version || about['library'] !== owner) return 'other'
    return about['complete'] === 1 ? 'complete' : 'partial'
  } catch (thrown) {
    if (isDiskRefusal(thrown, path)) throw thrown
    return 'other'
  }
}
