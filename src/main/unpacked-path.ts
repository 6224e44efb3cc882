/**
 * Returns the path of a file outside the archive of a packaged program. Worker threads read their scripts from the
 * disk, so the package has these scripts unpacked beside the archive. Returns any other path unchanged.
 */
export function unpackedPath(path: string): string {
  return path.replace(/([\\/])app\.asar(?=[\\/])/, '$1app.asar.unpacked')
}
