import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { imageSize } from 'image-size'
import type { PictureSize } from '../../../shared/bulletin'
import { pictureTypeOf } from '../../../shared/picture-types'

/** Enough for most pictures' headers; what lies behind large colour profiles and previews is looked for once more. */
const headBytes = [64 * 1024, 1024 * 1024] as const
/** Pictures that are looked into at once, and in all: a page of more scrolls past them anyway. */
const atOnce = 16
const maxPictures = 500
/** A place that is held must be one a picture may really take: no broken header may push the text away for ever. */
const maxSidePixels = 30_000
const maxAspectRatio = 40

/**
 * How large stored pictures are, from the first bytes of each; those that can't be read, are none, or say what can't be are
 * left out. `folder` is a bulletin's `files/`.
 */
export async function pictureSizesOf(folder: string, files: readonly string[]): Promise<PictureSize[]> {
  const pictures = files.filter((file) => pictureTypeOf(file) !== null).slice(0, maxPictures)
  const sizes: PictureSize[] = []
  for (let at = 0; at < pictures.length; at += atOnce) {
    const found = await Promise.all(
      pictures.slice(at, at + atOnce).map(async (file) => ({ file, size: await sizeOf(join(folder, file)) })),
    )
    for (const { file, size } of found) if (size !== null) sizes.push({ file, ...size })
  }
  return sizes
}

/** The formats that a browser shows; a drawing by another name is no picture here, and rarer ones stay unread. */
const measured = new Set(['png', 'jpg', 'gif', 'webp', 'bmp', 'heif'])
let measuring: ReturnType<typeof loadMeasuring> | null = null

async function loadMeasuring(): Promise<typeof imageSize> {
  const { disableTypes, imageSize: measure, types } = await import('image-size')
  disableTypes(types.filter((type) => !measured.has(type)))
  return measure
}

async function sizeOf(path: string): Promise<Omit<PictureSize, 'file'> | null> {
  const imageSize = await (measuring ??= loadMeasuring())
  for (const length of headBytes) {
    const head = await headOf(path, length)
    if (head === null) return null
    try {
      const { width, height, orientation = 1 } = imageSize(head)
      // EXIF's orientations 5 to 8 lie on their side.
      return plausible(orientation >= 5 ? { width: height, height: width } : { width, height })
    } catch {
      if (head.byteLength < length) return null // the whole file: it says nothing of its size
    }
  }
  return null
}

function plausible({ width, height }: Omit<PictureSize, 'file'>): Omit<PictureSize, 'file'> | null {
  const [less, more] = [Math.min(width, height), Math.max(width, height)]
  const isSize = Number.isInteger(width) && Number.isInteger(height)
  return isSize && less >= 1 && more <= maxSidePixels && more / less <= maxAspectRatio ? { width, height } : null
}

async function headOf(path: string, length: number): Promise<Uint8Array | null> {
  const file = await open(path).catch(() => null)
  if (file === null) return null // missing: the text is shown all the same
  try {
    const head = new Uint8Array(length)
    const { bytesRead } = await file.read(head, 0, length, 0)
    return head.subarray(0, bytesRead)
  } catch {
    return null // a bad sector is no reason not to open the text
  } finally {
    await file.close()
  }
}
