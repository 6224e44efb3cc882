/** The holder of the library is gone: its call was not answered, and another program may take its place. */
export class HolderGoneError extends Error {
  override readonly name = 'HolderGoneError'
}
