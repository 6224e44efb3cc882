import { backup, DatabaseSync } from 'node:sqlite'
import { publishInThread } from './index-threads'
import type { StagedDatabase } from './search-index'
import { createDatabase, createMemoryDatabase, removeDatabase } from './tables'

/** Returns the path of the file in which a new index is built before it replaces the index file at `path`. */
export function stagedPath(path: string): string {
  return `${path}.new`
}

/**
 * Creates a staged database beside the index file at `path`. Publishing copies its content into the index file in one
 * transaction, so that every connection, of this program or another one, sees either the old or the new index. The
 * staged file is not renamed to the index file, because on Windows the rename would fail if another program has the
 * index file open.
 */
export async function stageBeside(path: string, owner: string, worker: string | null): Promise<StagedDatabase> {
  const staged = stagedPath(path)
  const database = await createDatabase(staged, owner)
  let isOpen = true
  const close = (): void => {
    if (isOpen) database.close()
    isOpen = false
  }
  return {
    database,
    path: staged,
    async publish(old) {
      close()
      await (worker === null ? copyIndex(staged, path) : publishInThread(worker, { path: staged, target: path }))
      return old
    },
    async discard() {
      close()
      // The deletion of the staged file may fail, because the file is no longer needed. The next writer deletes a
      // remaining file.
      await removeDatabase(staged).catch(() => undefined)
    },
  }
}

/** Creates a staged database in memory. After publishing, this database itself answers calls. */
export function stageInMemory(): StagedDatabase {
  const database = createMemoryDatabase()
  let isPublished = false
  return {
    database,
    path: null,
    publish() {
      isPublished = true
      return Promise.resolve(database)
    },
    discard() {
      if (!isPublished) database.close()
      return Promise.resolve()
    },
  }
}

/** The number of pages that one step copies. No index has more pages, so the copy has no pause. */
const allPages = 2 ** 31 - 1

/**
 * Copies the index at `from` into the index file at `to` in one transaction, and then empties the write-ahead log of
 * `to`.
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true })
  try {
    await backup(source, to, { rate: allPages })
  } finally {
    source.close()
  }
  const target = new DatabaseSync(to)
  try {
    target.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    target.close()
  }
}
