import { resolveLibraryFolder } from '../trust/plain-files'
import type { Library, LibraryOptions } from './library'

/**
 * Opens a library for writing or for reading.
 * For writing, it takes the lock, creates missing files, finishes what a crash interrupted, and fills a missing or
 * damaged index. The last two steps run before the library opens, or later if the option `recovery` is `later`.
 * For reading, it takes no lock and creates no files. A missing library is then treated as an empty one.
 * Throws `library-locked` if another process holds the lock. Throws `library-newer` for a format that this version does
 * not know.
 */
export async function openLibrary(given: LibraryOptions): Promise<Library> {
  const root = await resolveLibraryFolder(given.ports.root)
  const options = { ...given, ports: { ...given.ports, root } }
  // Each of the two modules is loaded only when it is needed, so that a command that only reads starts in half the
  // time.
  if (options.access === 'write') return (await import('./open-for-writing')).openForWriting(options)
  return (await import('./open-for-reading')).openForReading(options)
}
