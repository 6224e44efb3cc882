import { statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../../shared/errors'
import { isDiskFull, isDiskRefusal } from '../../files'
import type { OwnKey } from '../../trust/own-key'

/** The version of the tables. An index of another version is deleted and rebuilt. */
const version = 'index/8'

/** A database in WAL mode has one file for each of these name endings. */
const endings = ['', '-wal', '-shm']

/**
 * The tables of the index. `bulletins` has the rows of the lists. A later bulletin has a higher rowid
 * ({@link ./rowid.assignRowid}), so that lists need no sort. `folded` and `exact` are full text indexes of the same
 * bulletins. `folded` has the words without diacritics, and `exact` has the words as spelled. Neither stores the texts.
 * `numbers` has the numbers of the documents that a text names. `counts` has the counts of the navigation, so that
 * 100,000 rows need not be counted.
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
 * An opened database. `complete` is false for a new database and for one whose filling was interrupted. The caller must
 * then fill it.
 */
export interface OpenedDatabase {
  database: DatabaseSync
  complete: boolean
}

/**
 * Returns the owner that an index file names: the library and the mark of the user who built the index. An index that
 * another user built is not believed, because its rows could be forged.
 */
export function createIndexOwner(libraryId: string, key: OwnKey): string {
  return `${libraryId} ${key.sign(['index', libraryId])}`
}

/**
 * Opens the index file for writing. If the file is missing, damaged, of another version or of another owner, creates
 * an empty file in its place. Replacing the file is safe, because the index can always be filled from the documents.
 * Throws `disk-full`, or SQLite's error, if the disk refuses writes. The file then stays, because a reader can still use
 * the file.
 */
export async function openDatabase(path: string, owner: string): Promise<OpenedDatabase> {
  if (lacksSpaceForSharedMemory(path))
    throw new AppError('disk-full', 'open index: no space for the shared memory', { path })
  try {
    const database = new DatabaseSync(path)
    // Only a quick check runs here, because a complete check would read the whole file. The caller rebuilds the index
    // if other damage is found later.
    const state = readState(database, owner, path)
    if (state !== 'other') {
      return { database: prepareForWriting(database), complete: state === 'complete' }
    }
    database.close()
  } catch (thrown) {
    if (isDiskRefusal(thrown, path)) throw thrown
    // The file is not a database or is damaged. It is replaced below.
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

/** Sets up a connection for writing. A writer does not block readers, and a second writer waits for the first one. */
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
      // An immutable database leaves out the changes that are only in its log.
      if (address !== path && hasLog(path)) return null
      const database = new DatabaseSync(address, { readOnly: true })
      if (readState(database, owner, path) === 'complete') return keepTemporaryDataInMemory(database)
      database.close()
      return null
    } catch {
      // SQLite can open a WAL database in a read-only folder or on a full disk only as immutable. The second address of
      // this loop opens it so.
    }
  }
  return null
}

/**
 * Whether the first connection to a database must not create the shared memory file, because the disk is full. SQLite
 * maps this file into memory. If the file system then finds no space for a page of the file, the system ends the process
 * with SIGBUS. This happened on ext4 with blocks of 1 KB.
 */
function lacksSpaceForSharedMemory(path: string): boolean {
  return statSync(`${path}-shm`, { throwIfNoEntry: false }) === undefined && isDiskFull(path)
}

/** Sorts in memory, so that reading also works if the disk of temporary files is full. */
function keepTemporaryDataInMemory(database: DatabaseSync): DatabaseSync {
  database.exec('PRAGMA temp_store = MEMORY')
  return database
}

/** Whether the log of a database has changes that are not in the database file yet. */
function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/**
 * Opens the index file for a searching thread, which trusts the main thread's check of the file. Throws SQLite's error
 * if the file can't be opened.
 */
export function openForSearching(path: string): DatabaseSync {
  try {
    if (lacksSpaceForSharedMemory(path)) throw new Error('index: no space for the shared memory')
    const database = new DatabaseSync(path, { readOnly: true })
    database.prepare('SELECT version FROM about').get()
    return keepTemporaryDataInMemory(database)
  } catch (thrown) {
    // The folder is read-only or the disk is full; see openDatabaseForReading.
    if (hasLog(path)) throw thrown
    return keepTemporaryDataInMemory(new DatabaseSync(toImmutableUrl(path), { readOnly: true }))
  }
}

/**
 * Returns the URL with which SQLite opens a database as immutable. It then takes no locks and creates no other files
 * (sqlite.org/uri.html).
 */
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

/** Marks an index as complete, which means that it has every bulletin. */
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
