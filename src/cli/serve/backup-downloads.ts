import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Ports } from '../../core/ports'

/** A backup on its way to the browser. */
export interface BackupDownload {
  /** What the reader's file shall be called. */
  name: string
  bytes: number
  body: ReadableStream<Uint8Array>
}

/** Where `serve` keeps backups until the browser that asked for them has fetched them. */
export interface BackupDownloads {
  choose: Ports['chooseBackup']
  /** The backup of a page that {@link BackupDownloads.choose} named, once it is written; null else. It goes with the last byte. */
  take(page: string): Promise<BackupDownload | null>
  /** Removes what nobody fetched. */
  clear(): Promise<void>
}

/** An empty shelf; its folder, readable to this user alone, is made when first needed. */
export function createBackupDownloads(): BackupDownloads {
  const kept = new Map<string, { name: string; folder: string }>()
  return {
    async choose(name) {
      const folder = await mkdtemp(join(tmpdir(), 'bantin-backup-'))
      const page = randomBytes(16).toString('hex')
      kept.set(page, { name, folder })
      return { file: join(folder, name), page: `/backup/${page}` }
    },
    async take(page) {
      const found = kept.get(page)
      if (found === undefined) return null
      const file = await open(join(found.folder, found.name)).catch(() => null)
      if (file === null) return null // not finished, or it failed
      kept.delete(page)
      const { size } = await file.stat()
      const stream = file.createReadStream()
      // What can't be removed now goes with the system's other temporary files.
      stream.once('close', () => void rm(found.folder, { recursive: true, force: true }).catch(() => undefined))
      // Node's web streams and the global ones are the same class.
      return { name: found.name, bytes: size, body: Readable.toWeb(stream) as ReadableStream<Uint8Array> }
    },
    async clear() {
      for (const { folder } of kept.values()) await rm(folder, { recursive: true, force: true })
      kept.clear()
    },
  }
}
