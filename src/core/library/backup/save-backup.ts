import { isAbsolute, relative } from 'node:path'
import { AppError } from '../../../shared/errors'
import { asSaveError, resolveSaveTarget } from '../../files'
import { type Backup, type BackupOptions, writeBackup } from './write-backup'

/**
 * Writes a backup to a file that the user chose. A file inside the library is refused, because a loss of the library
 * would include this backup. The backup may replace an existing file, but not a folder or a device. Throws
 * `folder-not-writable`, `name-too-long`, and the errors of {@link writeBackup}.
 */
export async function saveBackup(root: string, file: string, options: BackupOptions): Promise<Backup> {
  try {
    const place = await resolveSaveTarget(file)
    if (place.kind === 'other' || isInside(root, place.path))
      throw new AppError('folder-not-writable', 'backup: not a file, or inside the library', { path: file })
    return { ...(await writeBackup(root, place.path, options)), file }
  } catch (thrown) {
    throw asSaveError(thrown, file)
  }
}

function isInside(root: string, file: string): boolean {
  const path = relative(root, file)
  return path !== '' && !path.startsWith('..') && !isAbsolute(path)
}
