import { backup, DatabaseSync } from 'node:sqlite'
import { publishInThread } from './index-threads'
import type { StagedDatabase } from './search-index'
import { createDatabase, createMemoryDatabase, removeDatabase } from './tables'

/** Returns the file in which the new index of the index file at `path` is built. */
export function stagedPath(path: string): string {
  return `${path}.new`
}

/**
 * Creates a staged database beside the index file at `path`. Publishing copies its content into the index file in one
 * transaction, so that connections of this program and of others see either the old or the new index. A rename would
 * fail on Windows while another program has the index file open.
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
      // The staged file is only a copy now. If it can't be deleted, the next writer deletes it.
      await removeDatabase(staged).catch(() => undefined)
    },
  }
}

/** Creates a staged database in memory. It answers itself after it is published. */
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

/** Number of pages that are copied in one step, so that the whole index is copied without a pause. */
const allPages = 2 ** 31 - 1

/** Copies the index at `from` into the index file at `to` in one transaction, then empties the write-ahead log. */
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
