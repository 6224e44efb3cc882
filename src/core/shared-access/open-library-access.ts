import { AppError } from '../../shared/errors'
import type { AppOptions } from '../app-interface'
import type { Library, LibraryOptions } from '../library/library'
import { openLibrary } from '../library/open-library'
import type { Log } from '../ports'
import { removeStaleFolders } from '../temporary-folders'
import { createSocket, type LocalSocket, removeSocket, temporaryPlaces } from './socket'

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
 * folder cannot be written or the disk is full. Throws `library-locked`, `library-newer`, `library-read-only`,
 * `disk-full`.
 */
export async function openLibraryAccess(
  access: AppOptions['access'],
  options: Omit<LibraryOptions, 'access' | 'socket'>,
): Promise<LibraryAccess> {
  if (access === 'read') return { library: await openLibrary({ ...options, access, socket: null }), socket: null }
  for (const place of temporaryPlaces(process.platform)) void removeStaleFolders(options.ports.log, place)
  const socket = createSocketOrWarn(options.ports.log)
  try {
    return { library: await openLibrary({ ...options, access: 'write', socket }), socket }
  } catch (thrown) {
    if (socket !== null) await removeSocket(socket, process.platform)
    const refusal = thrown instanceof AppError ? thrown.code : null
    if (access !== 'prefer-write' || (refusal !== 'library-read-only' && refusal !== 'disk-full')) throw thrown
    options.ports.log.warn('open library: opened for reading only', thrown)
    return { library: await openLibrary({ ...options, access: 'read', refusal, socket: null }), socket: null }
  }
}

/** Creates the socket. Without it, for example because the disk of temporary files is full, this process works alone. */
function createSocketOrWarn(log: Log): LocalSocket | null {
  try {
    return createSocket(process.platform)
  } catch (thrown) {
    log.warn('shared access: no socket', thrown)
    return null
  }
}
