import type { SQLOutputValue } from 'node:sqlite'
import type { ListItem, ListOrder } from '../../../shared/bulletin'

/** The columns that {@link toListItem} reads. */
export const listColumns = `bulletins.id, bulletins.folder, bulletins.stamp, bulletins.title, bulletins.summary, excerpt, published, source_id,
  source_name, source_host, read, starred, started, attachments, picture`

/** A row of the table of bulletins, or of a search in it. */
export type Row = Record<string, SQLOutputValue>

/** The folder of a bulletin, and the stamp of the documents that the index has read there ({@link ./index-entry.readStamp}). */
export interface StoredPlace {
  folder: string
  stamp: string
}

/**
 * Converts a row with the {@link listColumns} columns to a list item. Throws a TypeError for a row that lacks one of
 * these columns. This function uses no schema, because parsing fifty rows with a schema doubles the 95th percentile of
 * the search time (measured).
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

/** A later bulletin has a higher rowid ({@link ./rowid.assignRowid}), so sorting by rowid sorts by date. */
export function toSqlDirection(order: ListOrder | 'best'): 'ASC' | 'DESC' {
  return order === 'oldest' ? 'ASC' : 'DESC'
}

/**
 * Returns the part of a digest that the index stores. The first 80 bits are enough to identify a text and need less
 * than a third of the space.
 */
export function shortenDigest(digest: string): string {
  return digest.slice(0, 20)
}
