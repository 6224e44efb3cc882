import type { Library, LibraryOptions } from './library'

/**
 * Opens a library. For writing, takes the lock (throws `library-locked`), creates missing files, recovers from a crash,
 * and fills a missing or damaged index (now or `later`). For reading, needs no lock and creates nothing. A missing
 * library is treated as an empty one. Throws `library-newer` for a format that this version does not know.
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  // This module is loaded on demand, so that a command that only reads starts in half the time.
  if (options.access === 'write') return (await import('./open-for-writing')).openForWriting(options)
  return (await import('./open-for-reading')).openForReading(options)
}
