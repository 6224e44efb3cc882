import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** A connection to the index database with its prepared statements. */
export interface IndexConnection {
  /** Returns the prepared statement of an SQL text. Each text is prepared once. */
  statement(sql: string): StatementSync
  /** Runs `work` in one transaction, which is rolled back if it throws. */
  transaction(work: () => void): void
  /** Returns the number in column `n` of the first row, or 0 if the query returns no row. */
  readNumber(sql: string, ...values: (string | bigint)[]): number
  close(): void
}

/** Creates a connection from an open database that has the tables of `tables.ts`. */
export function createIndexConnection(database: DatabaseSync): IndexConnection {
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const created = database.prepare(sql)
    prepared.set(sql, created)
    return created
  }
  return {
    statement,
    transaction(work) {
      database.exec('BEGIN IMMEDIATE')
      try {
        work()
        database.exec('COMMIT')
      } catch (thrown) {
        // The transaction is rolled back only if it is still open. After some errors, for example on a full disk,
        // SQLite has already rolled it back.
        if (database.isTransaction) database.exec('ROLLBACK')
        throw thrown
      }
    },
    readNumber: (sql, ...values) => Number(statement(sql).get(...values)?.['n'] ?? 0),
    close: () => database.close(),
  }
}
