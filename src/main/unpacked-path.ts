/**
 * The path outside the archive of a packaged program. Worker threads read their scripts from the disk, and the package
 * has these scripts unpacked beside its archive. A path without an archive stays as it is.
 */
export function unpackedPath(path: string): string {
  return path.replace(/([\\/])app\.asar(?=[\\/])/, '$1app.asar.unpacked')
}
