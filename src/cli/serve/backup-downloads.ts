import { randomBytes } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { asWriteError } from '../../core/files'
import type { Ports } from '../../core/ports'
import { createTemporaryFolder } from '../../core/temporary-folders'

/** A finished backup that is sent to the browser. */
export interface BackupDownload {
  /** The name of the downloaded file. */
  name: string
  bytes: number
  body: ReadableStream<Uint8Array>
}

/** The backups that `serve` has written or is writing, and that no browser has downloaded yet. */
export interface BackupDownloads {
  choose: Ports['chooseBackup']
  /**
   * Returns the backup for a page that {@link BackupDownloads.choose} has named. Returns null until the backup is
   * written. The file is deleted after its last byte was sent.
   */
  take(page: string): Promise<BackupDownload | null>
  /** Deletes the backups that no browser has downloaded. */
  clear(): Promise<void>
}

/** Creates the folder of one backup. Throws the errors of a write. */
function createFolder(): string {
  try {
    return createTemporaryFolder('backup')
  } catch (thrown) {
    throw asWriteError(thrown, 'backup', tmpdir())
  }
}

/** Creates an empty collection of backups. Each backup gets a folder that only this user can read. */
export function createBackupDownloads(): BackupDownloads {
  const backups = new Map<string, { name: string; folder: string }>()
  return {
    choose: (name) =>
      Promise.resolve().then(() => {
        const folder = createFolder()
        const page = randomBytes(16).toString('hex')
        backups.set(page, { name, folder })
        return { file: join(folder, name), page: `/backup/${page}` }
      }),
    async take(page) {
      const found = backups.get(page)
      if (found === undefined) return null
      const file = await open(join(found.folder, found.name)).catch(() => null)
      if (file === null) return null // the backup is not finished, or it failed
      backups.delete(page)
      const { size } = await file.stat()
      const stream = file.createReadStream()
      // If the deletion fails, the folder stays until the system deletes its temporary files.
      stream.once('close', () => void rm(found.folder, { recursive: true, force: true }).catch(() => undefined))
      // The cast is safe, because Node's web streams and the global web streams are the same class.
      return { name: found.name, bytes: size, body: Readable.toWeb(stream) as ReadableStream<Uint8Array> }
    },
    async clear() {
      for (const { folder } of backups.values()) await rm(folder, { recursive: true, force: true })
      backups.clear()
    },
  }
}
