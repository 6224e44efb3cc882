import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPictureSizes } from '../../../../../src/core/library/store/picture-sizes'
import { temporaryFolder } from '../../../support/library'

/** The head of a PNG that says it is so large; the picture itself is not there. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(33)
  head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  head.writeUInt32BE(13, 8)
  head.write('IHDR', 12, 'latin1')
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return head
}

/** A JPEG of 40 × 30 dots with EXIF's orientation, and as many bytes of other segments before its size stands. */
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

describe('sizes of stored pictures', () => {
  it.each<[string, string, Uint8Array, [number, number] | null]>([
    ['a PNG', 'a.png', png(600, 400), [600, 400]],
    ['a JPEG', 'a.jpg', jpeg(1), [40, 30]],
    ['a JPEG that stands on its side', 'a.jpg', jpeg(6), [30, 40]],
    ['a JPEG that stands on its head', 'a.jpg', jpeg(3), [40, 30]],
    ['a JPEG whose size stands behind 200 KB of other things', 'a.jpg', jpeg(8, 200_000), [30, 40]],
    ['a JPEG whose size stands too far behind', 'a.jpg', jpeg(1, 1_500_000), null],
    ['a PNG whose name says JPEG', 'a.jpg', png(60, 40), [60, 40]],
    ['one that says it is larger than any screen', 'a.png', png(2_147_483_647, 2), null],
    ['one that says it is a line', 'a.png', png(1, 20_000), null],
    ['one without any width', 'a.png', png(0, 40), null],
    ['a head that breaks off', 'a.png', png(600, 400).subarray(0, 18), null],
    ['a head of a JPEG that breaks off', 'a.jpg', jpeg(1).subarray(0, 40), null],
    ['an empty file', 'a.png', new Uint8Array(), null],
    ['something else', 'a.gif', Buffer.from('<svg width="4" height="4">'), null],
    ['a drawing, which is no picture here', 'a.svg', Buffer.from('<svg width="4" height="4"/>'), null],
    ['a document', 'a.pdf', Buffer.from('%PDF-1.7'), null],
  ])('%s', async (_name, file, bytes, size) => {
    expect(await sizeOf(file, bytes)).toEqual(size)
  })

  it('of files that are not there are not there', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'b.png'), png(6, 4))
    expect(await readPictureSizes(folder, ['a.png', 'b.png'])).toEqual([{ file: 'b.png', width: 6, height: 4 }])
    expect(await readPictureSizes(join(folder, 'none'), ['a.png'])).toEqual([])
  })
})
