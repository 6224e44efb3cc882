import type { IndexConnection } from './index-connection'
import { type IndexEntry, listFields } from './index-entry'
import { shortenDigest } from './list-rows'
import { assignRowid } from './rowid'
import { findTextKeys, type TextKeys } from '../../text/text-keys'

/** The functions that add and remove the rows of a bulletin in all tables of the index. */
export interface IndexRows {
  /** Adds a bulletin, or replaces its rows. */
  put(entry: IndexEntry): void
  remove(id: string): void
}

/** The columns that {@link insertBulletin} fills, in the order of its parameters. */
const columns =
  'rowid, id, folder, title, summary, excerpt, published, day, source_id, source_name, source_host, read, starred, started, attachments, picture, in_trash, reader_folder, stamp, digest, revision'
const insertBulletin = `INSERT INTO bulletins (${columns}) VALUES (${columns.replace(/\w+/g, '?')})`

/** Creates the row functions of an index. The caller must run them inside a transaction. */
export function createIndexRows({ statement }: IndexConnection): IndexRows {
  const addToCounts = (row: Record<string, unknown>, by: 1 | -1): void => {
    const names = row['in_trash'] === 1 ? ['trash'] : ['all']
    if (row['in_trash'] === 0 && row['read'] === 0) names.push('unread')
    if (row['in_trash'] === 0 && row['starred'] === 1) names.push('starred')
    if (row['in_trash'] === 0 && row['started'] === 1) names.push('started')
    for (const name of names) statement('UPDATE counts SET value = value + ? WHERE name = ?').run(by, name)
  }
  const findId = (rowid: bigint): string | null => {
    const id = statement('SELECT id FROM bulletins WHERE rowid = ?').get(rowid)?.['id']
    return typeof id === 'string' ? id : null
  }
  const remove = (id: string): void => {
    const row = statement('SELECT rowid, in_trash, read, starred, started FROM bulletins WHERE id = ?').get(id)
    if (row === undefined) return
    addToCounts(row, -1)
    // The rowid is bound as a BigInt. A JavaScript number is bound as REAL, and FTS5 ignores a condition on a REAL.
    const rowid = BigInt(Number(row['rowid']))
    for (const sql of [
      'bulletins WHERE rowid',
      'tags WHERE bulletin',
      'numbers WHERE bulletin',
      'folded WHERE rowid',
      'exact WHERE rowid',
    ])
      statement(`DELETE FROM ${sql} = ?`).run(rowid)
  }
  const putText = (rowid: bigint, { numbers, fields }: TextKeys): void => {
    for (const key of numbers) statement('INSERT OR IGNORE INTO numbers VALUES (?, ?)').run(key, rowid)
    for (const key of ['folded', 'exact'] as const)
      statement(`INSERT INTO ${key} (rowid, title, summary, author, captions, body) VALUES (?, ?, ?, ?, ?, ?)`).run(
        rowid,
        ...fields.map((field) => field[key]),
      )
  }
  return {
    remove,
    put(entry) {
      remove(entry.id)
      const rowid = assignRowid(entry, findId)
      const { source } = entry
      const [read, starred, started, inTrash] = [entry.read, entry.starred, entry.started, entry.inTrash].map(Number)
      statement(insertBulletin).run(
        ...[rowid, entry.id, entry.folder, entry.title, entry.summary, entry.excerpt],
        ...[entry.publishedAt, entry.publishedAt?.slice(0, 10) ?? null, source.id, source.name, source.host],
        ...[read ?? 0, starred ?? 0, started ?? 0, entry.attachments, entry.picture],
        ...[inTrash ?? 0, entry.readerFolder, entry.stamp, shortenDigest(entry.digest), entry.revision],
      )
      addToCounts({ in_trash: inTrash, read, starred, started }, 1)
      for (const tag of entry.tags) statement('INSERT OR IGNORE INTO tags VALUES (?, ?)').run(tag, rowid)
      putText(rowid, entry.keys ?? findTextKeys(listFields(entry.text)))
    },
  }
}
