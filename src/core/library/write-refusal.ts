/**
 * Why a library is opened for reading only: because the caller or the folder allows no writes, or because the disk was
 * full when the library was opened.
 */
export type WriteRefusal = 'library-read-only' | 'disk-full'
