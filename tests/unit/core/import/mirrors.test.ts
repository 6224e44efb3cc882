import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { addressInMirror } from '../../../../src/core/import/siblings'
import { readBinaryPlist } from '../../../../src/core/import/web-archive'
import { folderOf, get, html, importAll, imported, openApp } from '../../support/import'
import { png } from '../../support/portal'

const withPicture = (reference: string, title: string, more = ''): string =>
  html(`<figure><img src="${reference}" alt="Họp"></figure>${more}`).replaceAll('Họp phiên thường kỳ', title)
const mirrored = (address: string): string =>
  `<!-- Mirrored from ${address} by HTTrack Website Copier/3.x [XR&CO'2014], Wed, 06 Aug 2025 07:05:00 GMT -->\n`
const hasPicture = [{ file: expect.stringMatching(/^[0-9a-f]{32}\.png$/) as string, caption: null, alt: 'Họp' }]

describe('import of the copy of a site, made with HTTrack or wget', () => {
  it.each<[string, string, string, string]>([
    ['a relative folder', 'nammau.example.vn/tin/a.html', '../anh/hop.png', 'nammau.example.vn/anh/hop.png'],
    ['the same folder', 'nammau.example.vn/tin/a.html', 'hop.png', 'nammau.example.vn/tin/hop.png'],
    ['the root of the site', 'nammau.example.vn/tin/a.html', '/anh/hop.png', 'nammau.example.vn/anh/hop.png'],
    [
      'a whole address',
      'nammau.example.vn/tin/a.html',
      'https://nammau.example.vn/anh/hop.png',
      'nammau.example.vn/anh/hop.png',
    ],
    ['another host', 'nammau.example.vn/tin/a.html', '../../files.example.vn/hop.png', 'files.example.vn/hop.png'],
    [
      'an encoded name',
      'nammau.example.vn/tin/a.html',
      '../%E1%BA%A3nh/h%E1%BB%8Dp.png',
      'nammau.example.vn/ảnh/họp.png',
    ],
    ['a query in the name', 'nammau.example.vn/tin/a.html', '/anh.php?id=3.png', 'nammau.example.vn/anh.php@id=3.png'],
  ])('the import of a copied site finds a picture whose reference uses %s', async (_name, page, reference, file) => {
    for (const comment of ['', mirrored(page)]) {
      const folder = await folderOf({ [page]: `${comment}${withPicture(reference, 'Họp')}`, [file]: png })
      const app = await openApp()
      const { added, failed } = await importAll(app, [folder])
      expect(failed).toEqual([])
      expect(added).toHaveLength(1)
      const bulletin = await get(app, added[0]?.id)
      expect(bulletin.figures).toEqual(hasPicture)
      expect(bulletin.url).toBe('https://nammau.example.vn/tin/a.html')
      expect(bulletin.source.host).toBe('nammau.example.vn')
    }
  })

  it('the import of a copied site imports each page once, and keeps the links between the pages', async () => {
    const site = 'nammau.example.vn'
    const folder = await folderOf({
      [`${site}/tin/a.html`]: `${mirrored(`${site}/tin/a.html`)}${withPicture('../anh/hop.png', 'Họp thôn', '<p>Xem bài <a href="b.html">về hội xuân</a> của xã.</p>')}`,
      [`${site}/tin/b.html`]: `${mirrored(`${site}/tin/b.html`)}${withPicture('../anh/hop.png', 'Hội xuân')}`,
      [`${site}/anh/hop.png`]: png,
      'hts-log.txt': 'HTTrack log',
      [`${site}/kieu.css`]: 'p {}',
    })
    const app = await openApp()
    const { added } = await importAll(app, [folder])
    const bulletins = await Promise.all(added.map(({ id }) => get(app, id)))
    expect(bulletins.filter(({ source }) => source.host === site)).toHaveLength(2)
    expect(bulletins.map(({ bodyHtml }) => bodyHtml).join('')).toContain(`${site}/tin/b.html`)
  })

  it('the import of a copied site reads no file outside the imported folder', async () => {
    const folder = await folderOf({ 'trong/a.html': withPicture('../ngoai/hop.png', 'Họp'), 'ngoai/hop.png': png })
    const app = await openApp()
    const { added } = await importAll(app, [`${folder}/trong`])
    expect((await get(app, added[0]?.id)).figures).not.toEqual(hasPicture)
  })

  it.each([
    ['/kho/nammau.example.vn/tin/a.html', 'https://nammau.example.vn/tin/a.html'],
    ['C:\\kho\\nammau.example.vn\\tin\\index.html', 'https://nammau.example.vn/tin/'],
    ['/kho/nammau.example.vn/xem.php?id=3.html', 'https://nammau.example.vn/xem.php?id=3'],
    ['/kho/nammau.example.vn/xem.php@id=3.html', 'https://nammau.example.vn/xem.php?id=3'],
    ['/kho/tin/a.html', null],
    ['/kho/a.example.vn', null],
  ])('for the file %s, addressInMirror returns the address %s', (path, address) => {
    expect(addressInMirror(path)).toBe(address)
  })
})

describe('import of a zipped page', () => {
  const page = withPicture('trang_files/hop.png', 'Họp')
  it.each<[string, Record<string, Uint8Array>]>([
    ['a page and its folder', { 'trang.html': strToU8(page), 'trang_files/hop.png': png }],
    ['a page in a folder', { 'luu/trang.html': strToU8(page), 'luu/trang_files/hop.png': png }],
    ['a page and a picture beside it', { 'trang.html': strToU8(withPicture('hop.png', 'Họp')), 'hop.png': png }],
    [
      'a mirror',
      {
        'nammau.example.vn/tin/a.html': strToU8(withPicture('../anh/hop.png', 'Họp')),
        'nammau.example.vn/anh/hop.png': png,
      },
    ],
    ['names with backslashes', { 'luu\\trang.html': strToU8(page), 'luu\\trang_files\\hop.png': png }],
    [
      'the folders of a Mac',
      { 'trang.html': strToU8(page), 'trang_files/hop.png': png, '__MACOSX/._trang.html': strToU8('x') },
    ],
  ])('a zip file with %s is imported with its picture', async (_name, files) => {
    const bulletin = await imported({ 'luu.zip': zipSync(files) }, 'luu.zip')
    expect(bulletin).toMatchObject({ title: 'Họp tháng 9', figures: hasPicture })
  })

  it('a .maff archive is imported with all pages, their addresses and pictures', async () => {
    const rdf =
      '<?xml version="1.0"?><RDF:RDF><MAF:originalurl RDF:resource="https://nammau.example.vn/tin/a.html"/></RDF:RDF>'
    const files = {
      '1/index.html': strToU8(withPicture('index_files/hop.png', 'Họp')),
      '1/index_files/hop.png': png,
      '1/index.rdf': strToU8(rdf),
      '2/index.html': strToU8(withPicture('index_files/hop.png', 'Hội xuân')),
      '2/index_files/hop.png': png,
    }
    const app = await openApp()
    const { added, failed } = await importAll(app, [await folderOf({ 'luu.maff': zipSync(files) })])
    expect(failed).toEqual([])
    const bulletins = await Promise.all(added.map(({ id }) => get(app, id)))
    expect(bulletins.map(({ title }) => title).sort()).toEqual(['Họp tháng 9', 'Hội xuân tháng 9'].sort())
    expect(bulletins.map(({ url }) => url)).toContain('https://nammau.example.vn/tin/a.html')
    for (const { figures } of bulletins) expect(figures).toEqual(hasPicture)
  })

  it('an office document, which is also a zip file, is refused', async () => {
    const app = await openApp()
    const files = { '[Content_Types].xml': strToU8('<x/>'), 'word/a.html': strToU8(page) }
    const { added, failed } = await importAll(app, [`${await folderOf({ 'a.zip': zipSync(files) })}/a.zip`])
    expect([added.length, failed.length]).toEqual([0, 1])
  })
})

/** Creates a binary property list that consists of dictionaries, arrays, texts and bytes. */
function plistOf(root: unknown): Uint8Array {
  const objects: Buffer[] = []
  const sized = (kind: number, length: number): Buffer =>
    length < 15
      ? Buffer.of((kind << 4) | length)
      : Buffer.of((kind << 4) | 15, 0x12, ...[24, 16, 8, 0].map((shift) => (length >> shift) & 255))
  const write = (value: unknown): number => {
    const at = objects.push(Buffer.alloc(0)) - 1
    const refs = (indexes: number[]): Buffer =>
      Buffer.concat(indexes.map((index) => Buffer.of(index >> 8, index & 255)))
    if (value instanceof Uint8Array) objects[at] = Buffer.concat([sized(4, value.length), value])
    else if (typeof value === 'string') {
      const wide = Buffer.from(value, 'utf16le').swap16()
      objects[at] = /^[\x20-\x7e]*$/.test(value)
        ? Buffer.concat([sized(5, value.length), Buffer.from(value)])
        : Buffer.concat([sized(6, value.length), wide])
    } else if (Array.isArray(value)) objects[at] = Buffer.concat([sized(10, value.length), refs(value.map(write))])
    else {
      const entries = Object.entries(value as Record<string, unknown>)
      objects[at] = Buffer.concat([
        sized(13, entries.length),
        refs(entries.map(([key]) => write(key))),
        refs(entries.map(([, each]) => write(each))),
      ])
    }
    return at
  }
  write(root)
  const header = Buffer.from('bplist00')
  const offsets: number[] = []
  let position = header.length
  for (const object of objects) {
    offsets.push(position)
    position += object.length
  }
  const table = Buffer.concat(
    offsets.map((offset) => Buffer.of(offset >> 24, (offset >> 16) & 255, (offset >> 8) & 255, offset & 255)),
  )
  const trailer = Buffer.alloc(32)
  trailer.set([4, 2], 6)
  trailer.writeBigUInt64BE(BigInt(objects.length), 8)
  trailer.writeBigUInt64BE(BigInt(position), 24)
  return Buffer.concat([header, ...objects, table, trailer])
}

describe('import of a web archive of Safari', () => {
  const archive = (reference: string, charset = 'UTF-8'): Uint8Array =>
    plistOf({
      WebMainResource: {
        WebResourceData: Buffer.from(withPicture(reference, 'Họp')),
        WebResourceMIMEType: 'text/html',
        WebResourceTextEncodingName: charset,
        WebResourceURL: 'https://nammau.example.vn/tin/a.html',
      },
      WebSubresources: [
        {
          WebResourceData: Buffer.from(png),
          WebResourceMIMEType: 'image/png',
          WebResourceURL: 'https://nammau.example.vn/anh/hop.png',
        },
      ],
    })

  it.each([
    'https://nammau.example.vn/anh/hop.png',
    '/anh/hop.png',
    '../anh/hop.png',
    '//nammau.example.vn/anh/hop.png#a',
  ])('the import of a web archive of Safari shows the picture that its page references as %s', async (reference) => {
    const bulletin = await imported({ 'luu.webarchive': archive(reference) }, 'luu.webarchive')
    expect(bulletin).toMatchObject({
      title: 'Họp tháng 9',
      url: 'https://nammau.example.vn/tin/a.html',
      figures: hasPicture,
    })
  })

  it('readBinaryPlist returns null for an archive that is cut off at any position', () => {
    const whole = archive('/anh/hop.png')
    for (const length of [0, 8, 40, 100, whole.length - 1])
      expect(readBinaryPlist(whole.subarray(0, length))).toBeNull()
  })
})

describe('import of a page that SingleFile has saved', () => {
  const data = `data:image/png;base64,${Buffer.concat([Buffer.from(png), Buffer.alloc(400)]).toString('base64')}`
  const svg = 'data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%22320%22 height=%22200%22></svg>'
  it.each<[string, string, string]>([
    [
      'a grouped picture',
      `<img src="${svg}" style="background-image:var(--sf-img-1)" alt="Họp">`,
      `<style>:root{--sf-img-1: url("${data}")}</style>`,
    ],
    [
      'a grouped picture among other variables',
      `<img style="background-position:center;background-image: var(--sf-img-2) !important" src="${svg}" alt="Họp">`,
      `<style>:root{--sf-img-1:url("x.png");--sf-img-2: url('${data}');--c:red}</style>`,
    ],
    ['a picture without a type', `<img src="${data.replace('image/png', 'null')}" alt="Họp">`, ''],
    [
      'a picture of a general type',
      `<img src="${data.replace('image/png', 'application/octet-stream')}" alt="Họp">`,
      '',
    ],
  ])('a page that SingleFile has saved shows %s', async (_name, image, style) => {
    const comment =
      '<!--\n Page saved with SingleFile \n url: https://nammau.example.vn/tin/a.html \n saved date: Wed Aug 06 2025\n-->'
    const page = html(`<p>${image}</p>`).replace('<html>', `<html>${comment}`).replace('</head>', `${style}</head>`)
    const bulletin = await imported({ 'trang.html': page }, 'trang.html')
    expect(bulletin.figures).toEqual(hasPicture)
    expect(bulletin.url).toBe('https://nammau.example.vn/tin/a.html')
  })
})
