/** The holder of the library is gone: its call was not answered, and another program may take its place. */
export class ServerUnreachableError extends Error {
  override readonly name = 'HolderGoneError'
}
