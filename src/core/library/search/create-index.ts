import type { DatabaseSync } from 'node:sqlite'
import { findHits } from './find-hits'
import { createIndexConnection } from './index-connection'
import { createIndexLists } from './index-lists'
import { createIndexRows } from './index-rows'
import type { SearchIndex } from './search-index'

/** Creates the index on an open database that has the tables of `tables.ts`. */
export function createIndex(database: DatabaseSync): SearchIndex {
  const connection = createIndexConnection(database)
  const rows = createIndexRows(connection)
  return {
    ...createIndexLists(connection),
    put: (entry) => connection.transaction(() => rows.put(entry)),
    putAll: (entries) =>
      connection.transaction(() => {
        for (const entry of entries) rows.put(entry)
      }),
    remove: (id) => connection.transaction(() => rows.remove(id)),
    search: (query, filter, page) => findHits(connection, query, filter, page),
    close: () => connection.close(),
  }
}
