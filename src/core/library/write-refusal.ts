/**
 * The error code of every write to a library that is opened for reading only. `library-read-only`: the caller or the
 * folder allows no writes. `disk-full`: the disk was full when the library was opened.
 */
export type WriteRefusal = 'library-read-only' | 'disk-full'
