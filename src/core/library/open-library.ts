import { resolveLibraryFolder } from '../trust/plain-files'
import type { Library, LibraryOptions } from './library'

/**
 * Opens a library. To open it for writing, takes the lock and creates missing files. Recovers from a crash and fills a
 * missing or damaged index, both either at once or `later`. A library opened for reading needs no lock and creates no
 * files, and a missing library is then treated as an empty one. Throws `library-locked` if another process holds the
 * lock. Throws `library-newer` for a format that this version does not know.
 */
export async function openLibrary(given: LibraryOptions): Promise<Library> {
  const root = await resolveLibraryFolder(given.ports.root)
  const options = { ...given, ports: { ...given.ports, root } }
  // This module is loaded on demand, so that a command that only reads starts in half the time.
  if (options.access === 'write') return (await import('./open-for-writing')).openForWriting(options)
  return (await import('./open-for-reading')).openForReading(options)
}
