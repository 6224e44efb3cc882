import { describe, expect, it } from 'vitest'
import { body, folderOf, get, html, importAll, imported, openApp, valueOf } from '../../support/import'
import { encodeLegacy } from '../../support/legacy-text'
import { png } from '../../support/portal'

const mhtmlHead = [
  'From: <Saved by Blink>',
  'Snapshot-Content-Location: https://cong.example.vn/tin/hop-phien?id=1',
  'Subject: =?utf-8?Q?H=E1=BB=8Dp?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/related;',
  '\ttype="text/html";',
  '\tboundary="----MultipartBoundary--x9----"',
  '',
  '',
]
const quoted = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(
      /[=\u0080-\u00ff]/g,
      (character) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .replace(/[^\n]{60,70}(?:=[\dA-F]{2}|[^=]){1,2}(?=[^\n])/g, '$&=\r\n')
const part = (headers: string[], content: string): string =>
  `------MultipartBoundary--x9----\r\n${headers.join('\r\n')}\r\n\r\n${content}\r\n`
const archive = (...parts: string[]): Buffer =>
  Buffer.from(`${mhtmlHead.join('\r\n')}${parts.join('')}------MultipartBoundary--x9------\r\n`, 'latin1')
const picturePart = (location: string): string =>
  part(
    ['Content-Type: image/png', 'Content-Transfer-Encoding: base64', location],
    Buffer.from(png).toString('base64').replace(/.{76}/g, '$&\r\n'),
  )

describe('import of a web archive', () => {
  it.each([
    [
      'a picture by its address',
      'https://cong.example.vn/anh/hop.png',
      'Content-Location: https://cong.example.vn/anh/hop.png',
    ],
    ['a picture relative to the page', '/anh/hop.png', 'Content-Location: https://cong.example.vn/anh/hop.png'],
    [
      'a picture among several candidates',
      '/anh/mat.png" srcset="/anh/hop.png 1x, /anh/lon.png 2x',
      'Content-Location: https://cong.example.vn/anh/hop.png',
    ],
    ['a picture by cid:', 'cid:hop-1@mhtml.blink', 'Content-ID: <hop-1@mhtml.blink>'],
  ])('an archive of Chrome is imported with %s', async (_reference, reference, location) => {
    const page = part(
      [
        'Content-Type: text/html',
        'Content-ID: <frame-1@mhtml.blink>',
        'Content-Transfer-Encoding: quoted-printable',
        'Content-Location: https://cong.example.vn/tin/hop-phien?id=1',
      ],
      quoted(Buffer.from(html(`<img src="${reference}" alt="Họp">`))),
    )
    const bytes = archive(page, picturePart(location))
    const app = await openApp()
    const folder = await folderOf({ 'tin.mhtml': bytes })
    const { added } = await importAll(app, [folder])
    const bulletin = await get(app, added[0]?.id)
    expect(bulletin.title).toBe('Họp phiên thường kỳ tháng 9')
    expect(bulletin.bodyText).toBe(body.join('\n\n'))
    expect(bulletin.url).toBe('https://cong.example.vn/tin/hop-phien?id=1')
    expect(bulletin.bodyHtml).toMatch(/<img src="files\/[0-9a-f]{32}\.png" alt="Họp" \/>/)
    expect(bulletin.captures[0]).toMatchObject({ originalFileName: 'tin.mhtml', bytes: bytes.length })
    expect(await valueOf(app.call('reextractBulletin', { id: bulletin.id }))).toEqual({ revision: 1 })
    expect(await valueOf(app.call('sampleEncoding', { id: bulletin.id, encoding: 'utf-8' }))).toMatchObject({
      title: bulletin.title,
    })
  })

  it.each(['tcvn3', 'vni', 'viscii', 'windows-1258'] as const)(
    'an archive of Internet Explorer with one part in %s is imported',
    async (encoding) => {
      const bytes = encodeLegacy(html('').replace('charset="utf-8"', 'name="x"'), encoding)
      const head =
        'From: "Saved by Windows Internet Explorer 8"\r\nSubject: \r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://cu.example.vn/tin.asp?id=7\r\n\r\n'
      const bulletin = await imported({ 'tin.mht': Buffer.from(head + quoted(bytes), 'latin1') }, 'tin.mht')
      expect(bulletin.bodyText).toBe(body.join('\n\n'))
      expect(bulletin.url).toBe('https://cu.example.vn/tin.asp?id=7')
      expect(bulletin.decoding?.charset).toBe(encoding)
    },
  )

  it('an import accepts nested parts, an archive that is cut off, and a page after other parts', async () => {
    const page = `--in\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(html('')).toString('base64')}\r\n--in--\r\n`
    const bytes = archive(
      picturePart('Content-Location: a.png'),
      part(['Content-Type: multipart/alternative; boundary=in'], page),
    )
    expect((await imported({ 'a.mhtml': bytes.subarray(0, -40) }, 'a.mhtml')).bodyText).toBe(body.join('\n\n'))
  })

  it.each([
    ['an archive without a page', archive(picturePart('Content-Location: a.png')), 'no-text'],
    [
      'endless nesting',
      Buffer.from(
        `MIME-Version: 1.0\r\n${Array.from({ length: 20 }, (_each, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`).join('')}`,
      ),
      'too-complex',
    ],
    [
      'a million parts',
      Buffer.from(
        `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(1_000_000)}`,
      ),
      'too-complex',
    ],
    [
      'an archive as its page',
      archive(part(['Content-Type: text/html'], archive().toString('latin1'))),
      'unsupported-type',
    ],
  ])('an import rejects %s with a matching error', async (_kind, bytes, code) => {
    const { failed, added } = await importAll(await openApp(), [await folderOf({ 'a.mhtml': bytes })])
    expect(added).toEqual([])
    expect(failed.map((failure) => failure.code)).toEqual([code])
  })

  it('an HTML file whose extension is .mhtml is imported as HTML', async () => {
    expect((await imported({ 'a.mhtml': html('') }, 'a.mhtml')).bodyText).toBe(body.join('\n\n'))
  })
})
