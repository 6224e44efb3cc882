/** The process that holds the library did not answer a call. Another program may take its place. */
export class ServerUnreachableError extends Error {
  override readonly name = 'ServerUnreachableError'
}
