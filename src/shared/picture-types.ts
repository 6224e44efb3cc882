/**
 * The media types of the pictures that the program shows, by file extension. The user can only download all other files
 * of a bulletin.
 */
const pictureTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
}

/**
 * Returns the media type of a picture by the picture's file name. Returns null for files that the program does not show
 * as pictures.
 */
export function pictureTypeOf(file: string): string | null {
  const ending = file.split('.').at(-1)?.toLowerCase() ?? ''
  return Object.hasOwn(pictureTypes, ending) ? (pictureTypes[ending] ?? null) : null
}

/** Returns the names of the stored files that a sanitised body shows as pictures. Each name is returned once. */
export function picturesIn(bodyHtml: string): string[] {
  const shown = [...bodyHtml.matchAll(/\ssrc="files\/([0-9a-f]{32}\.[a-z0-9]{1,8})"/gu)]
  return [...new Set(shown.map(([, file = '']) => file))]
}
