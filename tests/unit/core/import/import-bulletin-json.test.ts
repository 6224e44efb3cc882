import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { App } from '../../../../src/core/app-interface'
import type { Output } from '../../../../src/shared/contract/api'
import { body, folderOf, get, html, importAll, imported, openApp, valueOf } from '../../support/import'
import { encodeLegacy } from '../../support/legacy-text'
import { pdf, png } from '../../support/portal'

describe('import of an exported JSON document', () => {
  const page = html(
    '<figure><img src="a_files/hop.png" alt="Họp"><figcaption>Ảnh: Hà Nhung</figcaption></figure><p><a href="a_files/bao-cao.pdf">Báo cáo tháng 9</a></p>',
  )
  /**
   * Creates a library with one bulletin. Returns its exported document, and the exported files by their paths beside
   * the document.
   */
  async function openWithBulletin(): Promise<{
    document: Output<'getBulletin'>
    files: Record<string, Uint8Array>
    app: App
  }> {
    const app = await openApp()
    const { added } = await importAll(app, [
      await folderOf({ 'a.html': page, 'a_files/hop.png': png, 'a_files/bao-cao.pdf': pdf }),
    ])
    const document = await get(app, added[0]?.id)
    const names = [document.figures[0]?.file ?? '', document.attachments[0]?.file ?? '']
    return { app, document, files: { [`files/${names[0] ?? ''}`]: png, [`files/${names[1] ?? ''}`]: pdf } }
  }

  it('the import of an exported document and of the files beside it restores the same bulletin', async () => {
    const { document, files, app } = await openWithBulletin()
    const folder = await folderOf({ 'tin.json': JSON.stringify(document, null, 2), ...files })
    const other = await openApp()
    const { added, failed } = await importAll(other, [folder])
    expect(failed).toEqual([])
    const again = await get(other, added[0]?.id)
    const parts = ({
      id,
      title,
      summary,
      author,
      published,
      bodyHtml,
      bodyText,
      figures,
      attachments,
      repairs,
      source,
    }: typeof again): unknown => ({
      id,
      title,
      summary,
      author,
      published,
      bodyHtml,
      bodyText,
      figures,
      attachments,
      repairs,
      source,
    })
    expect(parts(again)).toEqual(parts(document))
    expect(again.revision.digest).toBe(document.revision.digest)
    expect((await importAll(app, [folder])).unchanged).toHaveLength(1)
    expect(await valueOf(other.call('reextractBulletin', { id: again.id }))).toEqual({ revision: 1 })
  })

  it.each([
    ['utf-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['utf-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['tcvn3', (text: string) => encodeLegacy(text, 'tcvn3')],
    ['viscii', (text: string) => encodeLegacy(text, 'viscii')],
  ])('a list of bulletins in %s is imported, and only an invalid element is rejected', async (_encoding, encode) => {
    const list = ['một', 'hai'].map((number) => ({
      title: `Tin số ${number}`,
      bodyText: body.join('\n\n'),
      publishedAt: '2020-09-08',
    }))
    const folder = await folderOf({ 'ds.json': encode(JSON.stringify([...list, { title: 5 }])) })
    const app = await openApp()
    const { added, failed } = await importAll(app, [join(folder, 'ds.json')])
    expect(added.map(({ title }) => title)).toEqual(['Tin số một', 'Tin số hai'])
    expect(failed.map(({ code }) => code)).toEqual(['not-a-bulletin'])
    expect(await get(app, added[0]?.id)).toMatchObject({ bodyText: body.join('\n\n'), publishedAt: '2020-09-08' })
  })

  it.each([
    ['another JSON object', '{"a":1}', 'not-a-bulletin'],
    ['invalid JSON', '{"title": "Tin', 'not-a-bulletin'],
    ['endless nesting', `{"title":"a","bodyText":${'['.repeat(100_000)}`, 'not-a-bulletin'],
    ['deeply nested HTML', JSON.stringify({ title: 'a', bodyHtml: '<div>'.repeat(100_000) }), 'too-complex'],
    ['a list that is too long', `[${'1,'.repeat(20_000)}1]`, 'too-complex'],
  ])('an import rejects %s with a matching error', async (_kind, json, code) => {
    const { failed } = await importAll(await openApp(), [await folderOf({ 'a.json': json })])
    expect(failed.map((failure) => failure.code)).toEqual([code])
  })

  it('an import removes the scripts of a hostile document, and ignores its paths, names and ids', async () => {
    const bulletin = await imported(
      {
        'a.json': JSON.stringify({
          title: '<b onclick="x()">Tin</b>',
          bodyHtml:
            '<p onclick="x()">Chào<script>x()</script><img src="../../bi-mat.png" onerror="x()"><img src="files/0123456789abcdef0123456789abcdef.png"></p>',
          attachments: [{ file: '../../bi-mat.pdf', name: '../x.pdf', type: 'x', bytes: 1 }],
          id: '../../x',
        }),
        'bi-mat.png': png,
      },
      'a.json',
    )
    expect(bulletin.title).toBe('<b onclick="x()">Tin</b>')
    expect(bulletin.bodyHtml).toBe(
      '<p>Chào<span class="missing-picture"></span><span class="missing-picture"></span></p>',
    )
    expect(bulletin.attachments).toEqual([])
    expect(bulletin.id).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/)
  })
})
