import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPictureSizes } from '../../../../../src/core/library/store/picture-sizes'
import { temporaryFolder } from '../../../support/library'

/** Creates the header of a PNG of this size, without the pixels. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(33)
  head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  head.writeUInt32BE(13, 8)
  head.write('IHDR', 12, 'latin1')
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return head
}

/**
 * Creates the header of a JPEG of 40 × 30 pixels with an EXIF orientation. `otherBytes` is the length of other segments
 * before the segment that has the size.
 */
function jpeg(orientation: number, otherBytes = 0): Buffer {
  const exif = Buffer.from([
    ...Buffer.from('Exif\0\0MM\0*\0\0\0\u0008', 'latin1'),
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
  ])
  const segment = (marker: number, data: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(data.byteLength + 2, 2)
    return Buffer.concat([head, data])
  }
  const others: Buffer[] = []
  for (let left = otherBytes; left > 0; left -= 60_000) others.push(segment(0xe2, Buffer.alloc(Math.min(left, 60_000))))
  const size = segment(0xc0, Buffer.from([8, 0, 30, 0, 40, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]))
  return Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe1, exif), ...others, size, Buffer.from([0xff, 0xd9])])
}

async function sizeOf(name: string, bytes: Uint8Array): Promise<[number, number] | null> {
  const folder = await temporaryFolder()
  await writeFile(join(folder, name), bytes)
  const [found] = await readPictureSizes(folder, [name])
  return found === undefined ? null : [found.width, found.height]
}

describe('readPictureSizes', () => {
  it.each<[string, string, Uint8Array, [number, number] | null]>([
    ['a PNG', 'a.png', png(600, 400), [600, 400]],
    ['a JPEG', 'a.jpg', jpeg(1), [40, 30]],
    ['a JPEG rotated by 90 degrees', 'a.jpg', jpeg(6), [30, 40]],
    ['a JPEG rotated by 180 degrees', 'a.jpg', jpeg(3), [40, 30]],
    ['a JPEG whose size follows 200 KB of other segments', 'a.jpg', jpeg(8, 200_000), [30, 40]],
    ['a JPEG whose size follows too many bytes', 'a.jpg', jpeg(1, 1_500_000), null],
    ['a PNG whose name says JPEG', 'a.jpg', png(60, 40), [60, 40]],
    ['a PNG with an implausible width', 'a.png', png(2_147_483_647, 2), null],
    ['a PNG with an implausible aspect ratio', 'a.png', png(1, 20_000), null],
    ['a PNG of width 0', 'a.png', png(0, 40), null],
    ['a PNG header that is cut off', 'a.png', png(600, 400).subarray(0, 18), null],
    ['a JPEG header that is cut off', 'a.jpg', jpeg(1).subarray(0, 40), null],
    ['an empty file', 'a.png', new Uint8Array(), null],
    ['a GIF name with other content', 'a.gif', Buffer.from('<svg width="4" height="4">'), null],
    ['an SVG, which is not a picture here', 'a.svg', Buffer.from('<svg width="4" height="4"/>'), null],
    ['a document', 'a.pdf', Buffer.from('%PDF-1.7'), null],
  ])(
    'readPictureSizes finds the size in a valid header, and no size in an invalid header: %s',
    async (_name, file, bytes, size) => {
      expect(await sizeOf(file, bytes)).toEqual(size)
    },
  )

  it('readPictureSizes leaves out files that do not exist', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'b.png'), png(6, 4))
    expect(await readPictureSizes(folder, ['a.png', 'b.png'])).toEqual([{ file: 'b.png', width: 6, height: 4 }])
    expect(await readPictureSizes(join(folder, 'none'), ['a.png'])).toEqual([])
  })
})
