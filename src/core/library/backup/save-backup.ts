import { isAbsolute, relative } from 'node:path'
import { AppError } from '../../../shared/errors'
import { asSaveError, resolveSaveTarget } from '../../files'
import { type Backup, type BackupOptions, writeBackup } from './write-backup'

/**
 * Writes a backup where the reader wants it: outside of the library, which is no place for it (whoever loses the one
 * loses the other), and over nothing but a file. Throws `folder-not-writable`, `name-too-long` and as {@link writeBackup} does.
 */
export async function saveBackup(root: string, file: string, options: BackupOptions): Promise<Backup> {
  try {
    const place = await resolveSaveTarget(file)
    if (place.kind === 'other' || isInside(root, place.path))
      throw new AppError('folder-not-writable', 'backup: no file, or in the library', { path: file })
    return { ...(await writeBackup(root, place.path, options)), file }
  } catch (thrown) {
    throw asSaveError(thrown, file)
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}
