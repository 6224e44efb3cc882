import { describe, expect, it } from 'vitest'
import { detectAttachmentKind, detectPictureKind } from '../../../../src/core/media/file-kind'
import {
  collectMedia,
  type MediaLimits,
  mediaLimits,
  type ResolvedMedia,
} from '../../../../src/core/media/collect-media'
import type { PageMedia } from '../../../../src/core/extract/page-media'
import { sha256 } from '../../../../src/core/library/store/identity'
import { sanitizeBody } from '../../../../src/core/text/sanitize'
import type { BulletinText } from '../../../../src/shared/bulletin'
import { AppError } from '../../../../src/shared/errors'
import { additionOf } from '../../support/library'
import { gif, pdf, png } from '../../support/portal'

const resolved = (bytes: Uint8Array, fileName: string | null = null): ResolvedMedia => ({
  bytes,
  received: bytes,
  facts: null,
  fileName,
})

/** Returns a text with placeholders for these pictures, in the form in which the extraction writes them. */
function textOf(...alts: string[]): BulletinText {
  const { text } = additionOf()
  const html = alts.map((alt) => `<figure><img src="https://a.vn/x.png" alt="${alt}"></figure>`).join('\n')
  return {
    ...text,
    bodyHtml: sanitizeBody(html),
    figures: alts.map((alt) => ({ file: null, caption: null, alt })),
  }
}

const picturesOf = (...addresses: string[]): PageMedia => ({
  pictures: addresses.map((address, figure) => ({ address, figure })),
  attachments: [],
})

async function collect(
  text: BulletinText,
  media: PageMedia,
  files: Readonly<Record<string, ResolvedMedia | AppError>>,
  limits: MediaLimits = mediaLimits,
): Promise<{ text: BulletinText; requested: string[]; files: string[] }> {
  const requested: string[] = []
  const collected = await collectMedia(text, media, {
    signal: new AbortController().signal,
    limits,
    resolve(address) {
      requested.push(address)
      const found = files[address]
      if (found instanceof AppError) return Promise.reject(found)
      return found === undefined ? Promise.reject(new AppError('page-not-found', 'gone')) : Promise.resolve(found)
    },
  })
  return { text: collected.text, requested, files: collected.files.map(({ file }) => file) }
}

const pngName = `${sha256(png).slice(0, 32)}.png`
const gifName = `${sha256(gif).slice(0, 32)}.gif`

describe('collectMedia: pictures', () => {
  it('collectMedia places each resolved picture, and keeps the placeholder of a missing picture', async () => {
    const { text } = await collect(
      textOf('một', 'hai', 'ba'),
      picturesOf('https://a.vn/1', 'https://a.vn/2', 'https://a.vn/3'),
      {
        'https://a.vn/1': resolved(png),
        'https://a.vn/3': resolved(gif),
      },
    )
    expect(text.figures.map(({ file }) => file)).toEqual([pngName, null, gifName])
    expect(text.bodyHtml.split('\n').map((line) => /files\/[^"]+|missing-picture/.exec(line)?.[0])).toEqual([
      `files/${pngName}`,
      'missing-picture',
      `files/${gifName}`,
    ])
    expect(text.missing).toEqual([{ role: 'picture', address: 'https://a.vn/2', name: '', code: 'page-not-found' }])
  })

  it('collectMedia requests a picture once, even if the text shows the picture twice', async () => {
    const { text, requested, files } = await collect(textOf('a', 'b'), picturesOf('https://a.vn/1', 'https://a.vn/1'), {
      'https://a.vn/1': resolved(png),
    })
    expect(requested).toEqual(['https://a.vn/1'])
    expect(files).toEqual([pngName])
    expect(text.figures.map(({ file }) => file)).toEqual([pngName, pngName])
  })

  it('collectMedia decodes a `data:` address and sends no request', async () => {
    const address = `data:image/png;base64,${png.toString('base64')}`
    const { text, requested } = await collect(textOf('a', 'b'), picturesOf(address, 'data:image/png;base64,%%%'), {})
    expect(requested).toEqual([])
    expect(text.figures.map(({ file }) => file)).toEqual([pngName, null])
    expect(text.missing).toEqual([])
  })

  it('collectMedia keeps alternative text escaped', async () => {
    const alt = '&quot; onerror=alert(1) x=&quot; &lt;script&gt;'
    const { text } = await collect(textOf(alt), picturesOf('https://a.vn/1'), { 'https://a.vn/1': resolved(png) })
    expect(text.bodyHtml).toContain(`src="files/${pngName}"`)
    // The sanitizer removes nothing from the result.
    expect(sanitizeBody(text.bodyHtml)).toBe(text.bodyHtml)
  })

  it('collectMedia rejects SVG and HTML as pictures', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    const { text } = await collect(textOf('a', 'b'), picturesOf('https://a.vn/1.png', 'https://a.vn/2.png'), {
      'https://a.vn/1.png': resolved(svg),
      'https://a.vn/2.png': resolved(Buffer.from('<!doctype html><p>Đăng nhập</p>')),
    })
    expect(text.bodyHtml).not.toContain('<img')
    expect(text.missing?.map(({ code }) => code)).toEqual(['wrong-kind', 'wrong-kind'])
  })

  it('collectMedia stops at the limits of one bulletin, and lists the remaining pictures as missing', async () => {
    const addresses = ['https://a.vn/1', 'https://a.vn/2', 'https://a.vn/3']
    const files = Object.fromEntries(addresses.map((address) => [address, resolved(png)]))
    const few = await collect(textOf('a', 'b', 'c'), picturesOf(...addresses), files, { ...mediaLimits, maxFiles: 2 })
    expect(few.text.missing?.map(({ code }) => code)).toEqual(['bulletin-full'])
    const small = { ...mediaLimits, maxBytes: png.byteLength + 1, maxConcurrent: 1 }
    const limited = await collect(textOf('a', 'b', 'c'), picturesOf(...addresses), files, small)
    expect(limited.text.missing?.map(({ code }) => code)).toEqual(['bulletin-full', 'bulletin-full'])
  })

  it('collectMedia throws the error cancelled when the user cancels', async () => {
    const cancelled = new AppError('cancelled', 'cancelled')
    await expect(
      collect(textOf('a'), picturesOf('https://a.vn/1'), { 'https://a.vn/1': cancelled }),
    ).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('collectMedia: attached files', () => {
  it('collectMedia lists attached files by the name in the text, and detects their type from their content', async () => {
    const media: PageMedia = {
      pictures: [],
      attachments: [
        { address: 'https://a.vn/tai?id=1', name: 'Quyết định 12' },
        { address: 'https://a.vn/../../x.exe.pdf', name: '' },
        { address: 'https://a.vn/mat.docx', name: 'Phụ lục' },
      ],
    }
    const { text } = await collect(textOf(), media, {
      'https://a.vn/tai?id=1': resolved(pdf, '../../qd.doc'),
      'https://a.vn/../../x.exe.pdf': resolved(Buffer.from('MZ not a pdf at all')),
    })
    expect(text.attachments.map(({ name, type, file }) => [name, type, file.split('.')[1]])).toEqual([
      ['Quyết định 12', 'application/pdf', 'pdf'],
      ['x.exe.pdf', 'application/x-msdownload', 'exe'],
    ])
    expect(text.missing).toEqual([
      { role: 'attachment', address: 'https://a.vn/mat.docx', name: 'Phụ lục', code: 'page-not-found' },
    ])
  })
})

describe('detectAttachmentKind', () => {
  const compoundFile = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  it.each([
    ['a.pdf', pdf, 'pdf'],
    ['a.doc', pdf, 'pdf'],
    ['a.doc', compoundFile, 'doc'],
    ['a.exe', compoundFile, 'bin'],
    ['a.csv', Buffer.from('a;b\n1;2'), 'csv'],
    ['a.html', Buffer.from('a;b\n1;2'), 'bin'],
    ['', Buffer.from([0, 1, 2, 3]), 'bin'],
  ])(
    'detectAttachmentKind uses the content, and uses the file name %s only if the content allows several kinds (%#)',
    async (name, bytes, extension) => {
      expect((await detectAttachmentKind(bytes, name))?.extension).toBe(extension)
    },
  )

  it('detectAttachmentKind returns null for an HTML page, and detectPictureKind returns null for a PDF', async () => {
    expect(await detectAttachmentKind(Buffer.from('\n<!DOCTYPE html><html>404'), 'a.pdf')).toBeNull()
    expect(await detectPictureKind(pdf)).toBeNull()
    expect(await detectPictureKind(png)).toEqual({ type: 'image/png', extension: 'png' })
  })
})
