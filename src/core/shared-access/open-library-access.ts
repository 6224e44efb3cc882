import { AppError } from '../../shared/errors'
import type { AppOptions } from '../app-interface'
import type { Library, LibraryOptions } from '../library/library'
import { openLibrary } from '../library/open-library'
import { createSocket, type LocalSocket, removeSocket } from './socket'

/**
 * An open library, and the socket at which this process listens as the holder of the library. The socket is null if the
 * library is open for reading only.
 */
export interface LibraryAccess {
  library: Library
  socket: LocalSocket | null
}

/**
 * Opens the library in the mode that the host requests. The mode `prefer-write` opens the library for reading if the
 * folder cannot be written. Throws `library-locked`, `library-newer`, `library-read-only`.
 */
export async function openLibraryAccess(
  access: AppOptions['access'],
  options: Omit<LibraryOptions, 'access' | 'socket'>,
): Promise<LibraryAccess> {
  if (access === 'read') return { library: await openLibrary({ ...options, access, socket: null }), socket: null }
  const socket = await createSocket(process.platform)
  try {
    return { library: await openLibrary({ ...options, access: 'write', socket }), socket }
  } catch (thrown) {
    await removeSocket(socket, process.platform)
    const isReadOnly = thrown instanceof AppError && thrown.code === 'library-read-only'
    if (access !== 'prefer-write' || !isReadOnly) throw thrown
    return openLibraryAccess('read', options)
  }
}
