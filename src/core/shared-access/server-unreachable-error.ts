/** The process that holds the library did not answer a call. Another process may take the place of that process. */
export class ServerUnreachableError extends Error {
  override readonly name = 'ServerUnreachableError'
}
