import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../../../src/core/app'
import type { App } from '../../../../src/core/app-interface'
import { politeLimits } from '../../../../src/core/fetch/politeness/polite-limits'
import { captureDocument, readDocument } from '../../../../src/core/library/store/documents'
import { sha256 } from '../../../../src/core/library/store/identity'
import type { AddResult, Job, MissingResult, Output } from '../../../../src/shared/contract/api'
import { testPorts } from '../../support/app'
import { verifyAll } from '../../support/import'
import { temporaryFolder } from '../../support/library'
import { articleHtml, pdf, png, type Portal, type PortalPage, startPortal } from '../../support/portal'

const pages = (): Record<string, PortalPage> => ({
  '/tin/hop-phien': { body: articleHtml },
  '/anh/hop.png': { body: png, type: 'image/jpeg' },
  '/tep/thong%20bao.pdf': { body: pdf, type: 'application/octet-stream' },
})

async function portalOf(given = pages()): Promise<Portal> {
  const portal = await startPortal(given)
  onTestFinished(portal.stop)
  return portal
}

async function openApp(): Promise<{ app: App; root: string }> {
  const root = await temporaryFolder()
  const app = await createApp(testPorts(root), {
    access: 'write',
    offerSample: false,
    workers: null,
    polite: { ...politeLimits, delayMs: 0 },
  })
  onTestFinished(() => app.close())
  return { app, root }
}

async function valueOf<T>(call: Promise<unknown>): Promise<T> {
  const answer = (await call) as { ok: boolean; value: T; error: unknown }
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

/** Runs a job to its end and returns its result. */
async function run<T>(app: App, method: string, input: unknown): Promise<T> {
  const { jobId } = await valueOf<{ jobId: string }>(app.call(method, input))
  for (;;) {
    const job = await valueOf<Job>(app.call('getJob', { jobId }))
    if (job.state !== 'running') return job.result as T
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const add = (app: App, ...urls: string[]): Promise<AddResult> => run(app, 'startAdd', { urls })
const get = (app: App, id: string): Promise<Output<'getBulletin'>> => valueOf(app.call('getBulletin', { id }))

async function captureOf(root: string): Promise<ReturnType<typeof captureDocument.parse>> {
  const all = await readdir(join(root, 'bulletins'), { recursive: true })
  const path =
    all
      .filter((each) => /captures.*\.json$/.test(each))
      .sort()
      .at(-1) ?? ''
  return readDocument(join(root, 'bulletins', path), captureDocument)
}

describe('a downloaded page', () => {
  it('a downloaded page has its text, picture and file after its server has stopped', async () => {
    const { app } = await openApp()
    const portal = await portalOf()
    const result = await add(app, `${portal.origin}/tin/hop-phien`)
    await portal.stop()
    expect(result).toMatchObject({ failed: [], added: [{ title: 'Họp phiên thường kỳ tháng 11', missing: 1 }] })
    const bulletin = await get(app, result.added[0]?.id ?? '')
    const picture = `${sha256(png).slice(0, 32)}.png`
    const file = `${sha256(pdf).slice(0, 32)}.pdf`
    expect(bulletin.bodyHtml).toContain(`<img src="files/${picture}" alt="Quang cảnh &quot;phiên họp&quot;" />`)
    expect(bulletin.bodyHtml).toContain('class="missing-picture"')
    expect(bulletin.figures.map((figure) => figure.file)).toEqual([picture, null])
    expect(bulletin.attachments).toEqual([
      {
        file,
        name: 'Thông báo số 12',
        type: 'application/pdf',
        bytes: pdf.byteLength,
        address: `${portal.origin}/tep/thong%20bao.pdf`,
      },
    ])
    expect(bulletin.missing).toEqual([
      { role: 'picture', address: `${portal.origin}/anh/mat.png`, name: '', code: 'page-not-found' },
    ])
    expect(bulletin.url).toBe(`${portal.origin}/tin/hop-phien`)
    expect(bulletin.source.host).toBe('127.0.0.1')

    const shown = await app.page(`/media/${bulletin.id}/${picture}`)
    expect(shown?.headers.get('content-type')).toBe('image/png')
    const download = await app.page(`/media/${bulletin.id}/${file}`)
    expect(download?.headers.get('content-disposition')).toBe(
      `attachment; filename="${file}"; filename*=UTF-8''${encodeURIComponent('Thông báo số 12.pdf')}`,
    )
  })

  it('a downloaded page is stored with a capture of every request and with the received bytes', async () => {
    const { app, root } = await openApp()
    const portal = await portalOf()
    const html = articleHtml(portal.origin)
    const gzipped = gzipSync(html)
    portal.pages.set('/tin/hop-phien', { body: gzipped, headers: { 'content-encoding': 'gzip' } })
    portal.pages.set('/cu', { body: '', status: 301, headers: { location: '/tin/hop-phien' } })
    await add(app, `${portal.origin}/cu`)
    const capture = await captureOf(root)
    expect(capture).toMatchObject({ via: 'network', originalFileName: null })
    const [page, ...files] = capture.requests
    expect(page).toMatchObject({
      role: 'page',
      targetUri: `${portal.origin}/tin/hop-phien`,
      status: 200,
      ip: '127.0.0.1',
      contentEncoding: 'gzip',
      redirects: [{ url: `${portal.origin}/cu`, status: 301, location: '/tin/hop-phien' }],
      received: { bytes: gzipped.byteLength, sha256: sha256(gzipped) },
      decoded: { bytes: Buffer.byteLength(html), sha256: sha256(html), charset: 'utf-8' },
      file: `files/${sha256(html).slice(0, 32)}.html`,
      receivedFile: `files/${sha256(gzipped).slice(0, 32)}.gz`,
    })
    expect(files.map(({ role, type, status }) => [role, type, status])).toEqual([
      ['picture', 'image/png', 200],
      ['attachment', 'application/pdf', 200],
    ])
    const all = await readdir(join(root, 'bulletins'), { recursive: true })
    const stored = all.find((path) => path.endsWith('.gz')) ?? ''
    expect((await readFile(join(root, 'bulletins', stored))).equals(gzipped)).toBe(true)
    expect(await verifyAll(app)).toMatchObject({ damaged: [] })
  })

  it('a second download makes a new revision only if the text has changed, and keeps the pictures', async () => {
    const { app } = await openApp()
    const portal = await portalOf()
    const address = `${portal.origin}/tin/hop-phien`
    const first = await add(app, address)
    const id = first.added[0]?.id ?? ''
    expect(await add(app, `${address}?utm_source=zalo#cuoi`)).toMatchObject({ unchanged: [{ id }], added: [] })
    portal.pages.delete('/anh/hop.png')
    portal.pages.set('/tin/hop-phien', { body: (origin) => articleHtml(origin, 'Chiều 25/11, tỉnh họp báo.') })
    expect(await add(app, address)).toMatchObject({ revised: [{ id }] })
    const bulletin = await get(app, id)
    expect(bulletin.bodyText).toContain('Chiều 25/11')
    expect(bulletin.revision).toMatchObject({ number: 2, cause: 'source-changed' })
    expect(bulletin.figures[0]?.file).toBe(`${sha256(png).slice(0, 32)}.png`)
    expect(bulletin.missing.map(({ address: missing }) => missing)).toEqual([`${portal.origin}/anh/mat.png`])
  })

  it('a missing picture of a downloaded page can be downloaded later, without a second request for the page', async () => {
    const { app } = await openApp()
    const portal = await portalOf()
    const { added } = await add(app, `${portal.origin}/tin/hop-phien`)
    const id = added[0]?.id ?? ''
    expect(await run<MissingResult>(app, 'startFetchMissing', { ids: [id] })).toMatchObject({
      changed: [],
      found: 0,
      failed: [{ url: `${portal.origin}/anh/mat.png`, code: 'page-not-found' }],
    })
    portal.pages.set('/anh/mat.png', { body: png })
    portal.requests.length = 0
    expect(await run<MissingResult>(app, 'startFetchMissing', { ids: [id] })).toMatchObject({ changed: [id], found: 1 })
    expect(portal.requests).toEqual(['/anh/mat.png'])
    const bulletin = await get(app, id)
    expect(bulletin.missing).toEqual([])
    expect(bulletin.bodyHtml).not.toContain('missing-picture')
    expect(bulletin.revision.cause).toBe('re-extracted')
    expect(await run<MissingResult>(app, 'startFetchMissing', { ids: [id] })).toEqual({
      changed: [],
      found: 0,
      failed: [],
    })
  })

  it('a downloaded page can be extracted again while its server is stopped, and an equal result changes nothing', async () => {
    const { app } = await openApp()
    const portal = await portalOf()
    const { added } = await add(app, `${portal.origin}/tin/hop-phien`)
    const id = added[0]?.id ?? ''
    const before = await get(app, id)
    await portal.stop()
    expect(await valueOf(app.call('reextractBulletin', { id }))).toEqual({ revision: 1 })
    expect(await get(app, id)).toEqual(before)
  })

  it('if the revision of a downloaded page is damaged, the page is rebuilt with its pictures and files', async () => {
    const { app, root } = await openApp()
    const portal = await portalOf()
    const { added } = await add(app, `${portal.origin}/tin/hop-phien`)
    const id = added[0]?.id ?? ''
    portal.pages.set('/anh/mat.png', { body: png })
    await run<MissingResult>(app, 'startFetchMissing', { ids: [id] })
    const before = await get(app, id)
    await portal.stop()
    const all = await readdir(join(root, 'bulletins'), { recursive: true })
    for (const path of all.filter((each) => /revisions.*\.json$/.test(each)))
      await writeFile(join(root, 'bulletins', path), '')
    const rebuilt = await get(app, id)
    expect(rebuilt.revision.cause).toBe('rebuilt')
    expect([rebuilt.bodyHtml, rebuilt.attachments]).toEqual([before.bodyHtml, before.attachments])
    expect(await valueOf(app.call('reextractBulletin', { id }))).toEqual({ revision: rebuilt.revision.number })
  })

  it('a downloaded page never causes a request for a picture or file to this machine', async () => {
    const { app } = await openApp()
    const inner = await portalOf({ '/bi-mat.png': { body: png }, '/bi-mat.pdf': { body: pdf } })
    const portal = await portalOf()
    portal.pages.set('/tin/hop-phien', {
      body: (origin) =>
        articleHtml(origin)
          .replace('/anh/hop.png', `${inner.origin}/bi-mat.png`)
          .replace('/tep/thong%20bao.pdf', `${inner.origin}/bi-mat.pdf`)
          .replace('/anh/mat.png', '/anh/vao-trong.png'),
    })
    portal.pages.set('/anh/vao-trong.png', {
      body: '',
      status: 302,
      headers: { location: `${inner.origin}/bi-mat.png` },
    })
    const { added } = await add(app, `${portal.origin}/tin/hop-phien`)
    const bulletin = await get(app, added[0]?.id ?? '')
    expect(bulletin.missing.map(({ role, code }) => [role, code])).toEqual([
      ['picture', 'private-address'],
      ['picture', 'private-address'],
      ['attachment', 'private-address'],
    ])
    await run<MissingResult>(app, 'startFetchMissing', { ids: [bulletin.id] })
    expect(inner.requests).toEqual([])
    // Control: the program requests an address that the user typed.
    await add(app, `${inner.origin}/bi-mat.png`)
    expect(inner.requests).toEqual(['/bi-mat.png'])
  })

  it('a download of several pages continues if some of them fail, and lists each failed page with its error', async () => {
    const { app } = await openApp()
    const portal = await portalOf()
    const urls = [`${portal.origin}/khong-co`, 'ftp://a.gov.vn/tin', `${portal.origin}/tep/thong%20bao.pdf`]
    const result = await add(app, ...urls, `${portal.origin}/tin/hop-phien`)
    expect(result.added).toHaveLength(1)
    expect(result.failed.map(({ url, code, details }) => [url, code, details['url']])).toEqual([
      [urls[0], 'page-not-found', urls[0]],
      [urls[1], 'bad-address', urls[1]],
      [urls[2], 'not-a-page', urls[2]],
    ])
  })

  it('a download into a read-only library requests no page', async () => {
    const root = await temporaryFolder()
    const app = await createApp(testPorts(root), { access: 'read', offerSample: false, workers: null })
    onTestFinished(() => app.close())
    const portal = await portalOf()
    expect(await app.call('startAdd', { urls: [`${portal.origin}/tin/hop-phien`] })).toMatchObject({
      ok: false,
      error: { code: 'library-read-only' },
    })
    expect(portal.requests).toEqual([])
  })

  it('a download that the user cancels lists the unfinished pages as cancelled', async () => {
    const { app } = await openApp()
    const portal = await portalOf()
    const { jobId } = await valueOf<{ jobId: string }>(
      app.call('startAdd', { urls: Array.from({ length: 50 }, (_each, n) => `${portal.origin}/khong-co-${n}`) }),
    )
    await valueOf(app.call('cancelJob', { jobId }))
    for (;;) {
      const job = await valueOf<Job>(app.call('getJob', { jobId }))
      if (job.state === 'running') continue
      expect(job.state).toBe('cancelled')
      expect(job.kind === 'add' && job.result?.failed.at(-1)?.code).toBe('cancelled')
      break
    }
  })
})
