import type { Library, LibraryOptions } from './library'

/**
 * Opens a library. For writing: takes the lock (throws `library-locked`), creates what is missing, recovers from a
 * crash, and fills a missing or damaged index (now or `later`). For reading: needs no lock and creates nothing. A
 * missing library is an empty one. Throws `library-newer` for a format that this version does not know.
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  // Loaded on demand: a command that only reads starts in half the time.
  if (options.access === 'write') return (await import('./open-for-writing')).openForWriting(options)
  return (await import('./open-for-reading')).openForReading(options)
}
