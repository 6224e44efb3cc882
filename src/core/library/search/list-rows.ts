import type { SQLOutputValue } from 'node:sqlite'
import type { ListItem, ListOrder } from '../../../shared/bulletin'

/** The columns that {@link toListItem} reads. */
export const listColumns = `bulletins.id, bulletins.folder, bulletins.stamp, bulletins.title, bulletins.summary, excerpt, published, source_id,
  source_name, source_host, read, starred, started, attachments, picture`

/** A row that SQLite returned from the table of bulletins. */
export type Row = Record<string, SQLOutputValue>

/**
 * The folder of a bulletin, and the stamp of its documents when the index read them ({@link ./index-entry.readStamp}).
 */
export interface StoredPlace {
  folder: string
  stamp: string
}

/**
 * Converts a row with the columns of {@link listColumns} to a list item. Throws a TypeError if a column is missing.
 * Uses no schema, because parsing fifty rows with a schema doubles the 95th percentile of the search time (measured).
 */
export function toListItem(row: Row): ListItem & StoredPlace {
  return {
    id: textOf(row, 'id'),
    folder: textOf(row, 'folder'),
    stamp: textOf(row, 'stamp'),
    title: textOf(row, 'title'),
    summary: textOrNull(row, 'summary'),
    excerpt: textOrNull(row, 'excerpt'),
    publishedAt: textOrNull(row, 'published'),
    source: {
      id: textOrNull(row, 'source_id'),
      name: textOrNull(row, 'source_name'),
      host: textOrNull(row, 'source_host'),
    },
    read: row['read'] === 1,
    starred: row['starred'] === 1,
    started: row['started'] === 1,
    attachments: Number(row['attachments']),
    picture: textOrNull(row, 'picture'),
  }
}

function textOf(row: Row, name: string): string {
  const value = textOrNull(row, name)
  if (value === null) throw new TypeError(`index: no ${name}`)
  return value
}

function textOrNull(row: Row, name: string): string | null {
  const value = row[name]
  if (value === null || typeof value === 'string') return value
  throw new TypeError(`index: ${name} is not a text`)
}

/**
 * Returns the SQL keyword for an order of the list. Sorting by rowid sorts by date, because a later bulletin has a
 * higher rowid ({@link ./rowid.assignRowid}).
 */
export function toSqlDirection(order: ListOrder | 'best'): 'ASC' | 'DESC' {
  return order === 'oldest' ? 'ASC' : 'DESC'
}

/**
 * Returns the first 80 bits of a digest, as 20 hexadecimal characters. The index stores only this part, because it is
 * enough to identify a text and needs less than a third of the space.
 */
export function shortenDigest(digest: string): string {
  return digest.slice(0, 20)
}
