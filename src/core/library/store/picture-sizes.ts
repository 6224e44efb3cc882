import { join } from 'node:path'
import type { imageSize } from 'image-size'
import type { PictureSize } from '../../../shared/bulletin'
import { pictureTypeOf } from '../../../shared/picture-types'
import { openPlainFile } from '../../trust/plain-files'

/**
 * The numbers of bytes that are read from the beginning of a picture. The second number is used if no size is found
 * with the first one. The first number is enough for most headers. The second number is enough for a header with a
 * large colour profile or preview.
 */
const headLengths = [64 * 1024, 1024 * 1024] as const
/** Maximum number of pictures that are read at the same time. */
const maxConcurrent = 16
/** Maximum number of pictures of one bulletin whose sizes are read. */
const maxPictures = 500
/**
 * Maximum plausible width or height of a picture, in pixels. A larger size is ignored: it comes from a broken header,
 * and the interface would reserve so much space for the picture that the text is pushed away.
 */
const maxSidePixels = 30_000
/** Maximum plausible ratio of the longer side of a picture to the shorter side. */
const maxAspectRatio = 40

/**
 * Reads the sizes of stored pictures from their first bytes. Leaves out pictures that can't be read, and sizes that are
 * not plausible. `folder` is the path of a bulletin's `files/`, and `files` are names in it.
 */
export async function readPictureSizes(folder: string, files: readonly string[]): Promise<PictureSize[]> {
  const pictures = files.filter((file) => pictureTypeOf(file) !== null).slice(0, maxPictures)
  const sizes: PictureSize[] = []
  for (let at = 0; at < pictures.length; at += maxConcurrent) {
    const found = await Promise.all(
      pictures
        .slice(at, at + maxConcurrent)
        .map(async (file) => ({ file, size: await readPictureSize(join(folder, file)) })),
    )
    for (const { file, size } of found) if (size !== null) sizes.push({ file, ...size })
  }
  return sizes
}

/**
 * The picture formats whose sizes are read. SVG is left out, because a browser does not show the SVG files of a
 * bulletin.
 */
const pictureFormats = new Set(['png', 'jpg', 'gif', 'webp', 'bmp', 'heif'])
let loading: ReturnType<typeof loadImageSize> | null = null

async function loadImageSize(): Promise<typeof imageSize> {
  const { disableTypes, imageSize: readSize, types } = await import('image-size')
  disableTypes(types.filter((type) => !pictureFormats.has(type)))
  return readSize
}

async function readPictureSize(path: string): Promise<Omit<PictureSize, 'file'> | null> {
  const readSize = await (loading ??= loadImageSize())
  for (const length of headLengths) {
    const head = await readHead(path, length)
    if (head === null) return null
    try {
      const { width, height, orientation = 1 } = readSize(head)
      // EXIF orientations 5 to 8 swap width and height.
      return toPlausibleSize(orientation >= 5 ? { width: height, height: width } : { width, height })
    } catch {
      if (head.byteLength < length) return null // The file has no more bytes to read.
    }
  }
  return null
}

function toPlausibleSize({ width, height }: Omit<PictureSize, 'file'>): Omit<PictureSize, 'file'> | null {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)]
  const isSize = Number.isInteger(width) && Number.isInteger(height)
  return isSize && shorter >= 1 && longer <= maxSidePixels && longer / shorter <= maxAspectRatio
    ? { width, height }
    : null
}

async function readHead(path: string, length: number): Promise<Uint8Array | null> {
  const file = await openPlainFile(path).catch(() => null)
  if (file === null) return null // The picture is missing. The bulletin is shown without it.
  try {
    const head = new Uint8Array(length)
    const { bytesRead } = await file.read(head, 0, length, 0)
    return head.subarray(0, bytesRead)
  } catch {
    return null // The disk can't read the picture. The bulletin is shown without it.
  } finally {
    await file.close()
  }
}
