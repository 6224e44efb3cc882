import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../../../src/core/app'
import { createParsing } from '../../../../src/core/parsing/create-parsing'
import { importFiles } from '../../../../src/core/import/import-files'
import { findImportItems } from '../../../../src/core/import/local-files'
import { fetchMissingFiles } from '../../../../src/core/download/missing-files'
import { addMissingFiles } from '../../../../src/core/reextract/reextract'
import { extractBulletin } from '../../../../src/core/extract/extract'
import type { Extraction, ReceivedPage } from '../../../../src/core/extract/extraction'
import { createFetcher } from '../../../../src/core/fetch/fetcher'
import { typedHost } from '../../../../src/core/fetch/ssrf-guard'
import type { Output } from '../../../../src/shared/contract/api'
import { testPorts } from '../../support/app'
import { folderOf, get, html, importAll, imported, openApp, valueOf } from '../../support/import'
import { openTestLibrary, temporaryFolder } from '../../support/library'
import { pdf, png, startPortal } from '../../support/portal'

describe('import of a page that a browser saved with a folder of files', () => {
  const name = 'Họp phiên thường kỳ - Cổng thông tin'
  it.each([
    ['Chrome: a plain name', `${name}_files`, `./${name}_files/hop.png`],
    ['Firefox: a percent-encoded name', `${name}_files`, `${encodeURIComponent(name)}_files/hop.png`],
    ['a file system that decomposes letters', `${name}_files`.normalize('NFD'), `./${name}_files/hop.png`],
    ['a page that writes decomposed letters', `${name}_files`, encodeURI(`./${name}_files/hop.png`.normalize('NFD'))],
    ['an older browser in Vietnamese', `${name}_tệp`, `${name}_tệp/hop.png`],
    ['Word', `${name}.files`, `${name}.files/hop.png`],
    ['backslashes and another case', `${name}_FILES`, `.\\${name}_files\\HOP.PNG`],
    ['a renamed page and folder', `${name}_files`, './tin%201_files/hop.png'],
  ])('a saved page finds the picture in its folder, written as in %s', async (_browser, folder, reference) => {
    const page = html(`<figure><img src="${reference}" alt="Họp"><figcaption>Ảnh: Hà Nhung</figcaption></figure>`)
    const bulletin = await imported({ [`${name}.html`]: page, [`${folder}/hop.png`]: png }, `${name}.html`)
    expect(bulletin.figures).toEqual([
      { file: expect.stringMatching(/^[0-9a-f]{32}\.png$/) as string, caption: 'Ảnh: Hà Nhung', alt: 'Họp' },
    ])
    expect(bulletin.bodyHtml).toContain(`<img src="files/${bulletin.figures[0]?.file ?? ''}" alt="Họp" />`)
    expect(bulletin.missing).toEqual([])
  })

  it('a saved page finds its folder of files even if only the page was renamed', async () => {
    const page = html('<img src="cu_files/hop.png">')
    const bulletin = await imported({ 'moi.html': page, 'cu_files/hop.png': png }, 'moi.html')
    expect(bulletin.bodyHtml).toContain('<img src="files/')
  })

  it('a saved page uses the saved picture instead of other addresses of the same picture', async () => {
    const page = html(
      '<img src="./a_files/hop.png" data-src="https://cong.example.vn/lon.png" srcset="https://cong.example.vn/x.png 2x">',
    )
    const withFolder = await imported({ 'a.html': page, 'a_files/hop.png': png }, 'a.html')
    expect([withFolder.figures.length, withFolder.missing]).toEqual([1, []])
    const alone = await imported({ 'a.html': page }, 'a.html')
    expect(alone.missing.map(({ address }) => address)).toEqual(['https://cong.example.vn/lon.png'])
  })

  it('a saved page stores its attached files, and the files are found again when the page is extracted again', async () => {
    const page = html('<img src="a_files/hop.png"><p><a href="a_files/bao-cao.pdf">Báo cáo tháng 9</a></p>')
    const folder = await folderOf({ 'a.html': page, 'a_files/hop.png': png, 'a_files/bao-cao.pdf': pdf })
    const app = await openApp()
    const { added } = await importAll(app, [join(folder, 'a.html')])
    const before = await get(app, added[0]?.id)
    expect(before.attachments).toMatchObject([{ name: 'Báo cáo tháng 9', type: 'application/pdf' }])
    expect(await valueOf(app.call('reextractBulletin', { id: before.id }))).toEqual({ revision: 1 })
    expect((await importAll(app, [folder])).unchanged).toHaveLength(1)
  })

  it('the files in the folder of a saved page are not imported as separate pages', async () => {
    const frame = html('<p>Khung quảng cáo.</p>')
    const folder = await folderOf({
      'tin/a.html': html('<img src="a_files/hop.png">'),
      'tin/a_files/hop.png': png,
      'tin/a_files/khung.html': frame,
      'tin/hồ sơ_files/rieng.html': frame.replace('Họp phiên', 'Trang riêng'),
      'tin/ghi-chu.docx': 'x',
    })
    const app = await openApp()
    const { added, failed } = await importAll(app, [folder])
    expect(failed).toEqual([])
    expect(added.map(({ path }) => path.slice(folder.length)).sort()).toEqual([
      '/tin/a.html',
      '/tin/hồ sơ_files/rieng.html',
    ])
  })

  it('the files that were not saved with a page are listed as missing, and a later import adds them without a request', async () => {
    const page = html(
      '<img src="a_files/hop.png"><img src="https://cong.example.vn/khac.png">',
      '<!-- saved from url=(0036)https://cong.example.vn/tin/hop-phien -->\n',
    )
    const app = await openApp()
    const folder = await folderOf({ 'a.html': page })
    const { added } = await importAll(app, [folder])
    const bulletin = await get(app, added[0]?.id)
    expect(bulletin.url).toBe('https://cong.example.vn/tin/hop-phien')
    expect(bulletin.source.host).toBe('cong.example.vn')
    expect(bulletin.missing.map(({ address, code }) => [address, code])).toEqual([
      ['a_files/hop.png', 'not-beside'],
      ['https://cong.example.vn/khac.png', 'not-beside'],
    ])
    await mkdir(join(folder, 'a_files'))
    await writeFile(join(folder, 'a_files', 'hop.png'), png)
    expect((await importAll(app, [folder])).revised).toHaveLength(1)
    expect((await get(app, added[0]?.id)).missing.map(({ address }) => address)).toEqual([
      'https://cong.example.vn/khac.png',
    ])
  })
})

it('the missing pictures of an imported saved page are downloaded from the site that the page was saved from', async () => {
  const portal = await startPortal({ '/tin/anh/hop.png': { body: png } })
  onTestFinished(portal.stop)
  const library = await openTestLibrary(await temporaryFolder())
  const extract = (received: ReceivedPage): Promise<Extraction> => Promise.resolve(extractBulletin(received))
  const page = html(
    '<img src="anh/hop.png"><img src="a_files/mat.png">',
    '<!-- saved from url=(0036)https://cong.example.vn/tin/hop-phien -->\n',
  )
  const signal = new AbortController().signal
  const watched = { signal, onProgress: () => undefined, onStored: () => undefined }
  const path = join(await folderOf({ 'a.html': page }), 'a.html')
  const { added } = await importFiles(await findImportItems([path]), {
    ...watched,
    library,
    extract,
    runTask: createParsing(null).run,
  })
  expect(portal.requests).toEqual([])
  const fetcher = createFetcher({
    version: '0',
    clock: () => new Date(),
    proxyFor: () => Promise.resolve(null),
    isAccepted: () => false,
  })
  const result = await fetchMissingFiles([added[0]?.id ?? ''], {
    ...watched,
    library,
    addFiles: (id, files) => addMissingFiles({ library, extract }, id, files),
    fetchAddress: (address, options) => {
      const url = address.replace('https://cong.example.vn', portal.origin)
      return fetcher(url, { ...options, typed: typedHost(new URL(portal.origin)) })
    },
  })
  expect(portal.requests).toEqual(['/tin/anh/hop.png'])
  expect(result).toMatchObject({ found: 1, failed: [{ url: 'a_files/mat.png', code: 'not-beside' }] })
  const bulletin = await library.get(added[0]?.id ?? '')
  expect(bulletin.bodyHtml.match(/<img src="files\//g)).toHaveLength(1)
  expect(bulletin.missing.map(({ address }) => address)).toEqual(['a_files/mat.png'])
})

describe('import of a saved page that is hostile', () => {
  const secret = Buffer.concat([png, Buffer.from('bí mật')])
  it.each([
    ['above its folder', '../bi-mat.png'],
    ['above the folder of its files', 'a_files/../../bi-mat.png'],
    ['a percent-encoded path above', 'a_files/..%2F..%2Fbi-mat.png'],
    ['a file beside it', 'rieng.png'],
    ['a symbolic link among its files', 'a_files/link.png'],
    ['a file in a linked folder', 'a_files/folder/bi-mat.png'],
    ['a file: address', 'file:///etc/hostname'],
    ['an absolute path', '/etc/hostname'],
  ])('a hostile saved page gets no file that was not saved with it, such as %s', async (_kind, reference) => {
    const folder = await folderOf({
      'bi-mat.png': secret,
      'luu/rieng.png': secret,
      'luu/a.html': html(`<img src="${reference}"><img src="a_files/hop.png">`),
      'luu/a_files/hop.png': png,
    })
    await symlink(join(folder, 'bi-mat.png'), join(folder, 'luu/a_files/link.png'))
    await symlink(folder, join(folder, 'luu/a_files/folder'))
    const app = await openApp()
    const { added } = await importAll(app, [join(folder, 'luu/a.html')])
    const { bodyHtml } = await get(app, added[0]?.id)
    expect(bodyHtml.match(/<img src="files\//g)).toHaveLength(1)
  })
})

it('when uploaded files are imported, a page is grouped by name with the files that were saved with it', async () => {
  const app = await openApp()
  const upload = async (name: string, bytes: Uint8Array): Promise<string> =>
    (await valueOf<{ handle: string }>(app.call('upload', { name, bytes }))).handle
  const handles = [
    await upload('tin/a.html', Buffer.from(html('<img src="a_files/hop.png">'))),
    await upload('tin/a_files/hop.png', png),
    await upload('tin/a_files/khung.html', Buffer.from(html('Khung'))),
  ]
  const { jobId } = await valueOf<{ jobId: string }>(app.call('startImport', { handles }))
  await expect.poll(async () => (await valueOf<Output<'getJob'>>(app.call('getJob', { jobId }))).state).toBe('done')
  const job = await valueOf<Output<'getJob'>>(app.call('getJob', { jobId }))
  expect(job).toMatchObject({ result: { added: [{ path: 'tin/a.html' }], failed: [] } })
  const list = await valueOf<Output<'listBulletins'>>(app.call('listBulletins', { filter: {}, offset: 0, limit: 10 }))
  expect(list.items[0]?.picture).toMatch(/\.png$/)
})

it('the capture of a saved page records the name by which the page references each file', async () => {
  const root = await temporaryFolder()
  const app = await createApp(testPorts(root), { access: 'write', offerSample: false, workers: null })
  onTestFinished(() => app.close())
  const folder = await folderOf({ 'a.html': html('<img src="./a_files/hop.png">'), 'a_files/hop.png': png })
  const { added } = await importAll(app, [folder])
  const { captures } = await get(app, added[0]?.id)
  expect(captures[0]?.url).toBeNull()
  const [found = ''] = await captureTexts(root)
  expect(JSON.parse(found)).toMatchObject({
    via: 'file',
    requests: [
      { role: 'page', targetUri: null },
      {
        role: 'picture',
        targetUri: null,
        reference: './a_files/hop.png',
        originalFileName: 'hop.png',
        type: 'image/png',
      },
    ],
  })
})

async function captureTexts(root: string): Promise<string[]> {
  const all = await readdir(join(root, 'bulletins'), { recursive: true })
  const paths = all.filter((path) => /captures.*\.json$/.test(path))
  return Promise.all(paths.map((path) => readFile(join(root, 'bulletins', path), 'utf8')))
}
