import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../../../src/core/app'
import type { App } from '../../../../src/core/app-interface'
import { politeLimits } from '../../../../src/core/fetch/politeness/polite-limits'
import type { AddResult, Job, Output } from '../../../../src/shared/contract/api'
import { testPorts } from '../../support/app'
import { temporaryFolder } from '../../support/library'
import { png, type Portal, type PortalPage, startPortal } from '../../support/portal'

const title = 'Ghi chép về ba con suối của xã Phiêng Ban'
const sentence = (page: number, at: number): string =>
  `Đoạn ${at} của trang ${page}: người dân bản Suối Lềnh kể lại chuyện đắp phai, khơi mương và chia nước cho từng chân ruộng bậc thang.`
const textOf = (page: number): string => [1, 2, 3].map((at) => `<p>${sentence(page, at)}</p>`).join('')
const pageOf = (body: string, head = '', name = title): PortalPage => ({
  body: `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${name} - Cổng xã</title>${head}</head><body><ul class="menu"><li><a href="/">Trang chủ</a></li></ul><div class="chi-tiet"><h1>${name}</h1><p class="date">24/11/2026 10:30</p>${body}</div></body></html>`,
})

async function start(pages: Record<string, PortalPage>): Promise<{ app: App; root: string; portal: Portal }> {
  const portal = await startPortal(pages)
  onTestFinished(portal.stop)
  const root = await temporaryFolder()
  const app = await createApp(testPorts(root), {
    access: 'write',
    offerSample: false,
    workers: null,
    polite: { ...politeLimits, delayMs: 0 },
  })
  onTestFinished(() => app.close())
  return { app, root, portal }
}

async function valueOf<T>(call: Promise<unknown>): Promise<T> {
  const answer = (await call) as { ok: boolean; value: T; error: unknown }
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

async function add(app: App, ...urls: string[]): Promise<AddResult> {
  const { jobId } = await valueOf<{ jobId: string }>(app.call('startAdd', { urls }))
  for (;;) {
    const job = await valueOf<Job>(app.call('getJob', { jobId }))
    if (job.state !== 'running') return job.result as AddResult
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const get = (app: App, id: string): Promise<Output<'getBulletin'>> => valueOf(app.call('getBulletin', { id }))
const findPages = (text: string): number[] => [1, 2, 3].filter((page) => text.includes(sentence(page, 2)))

const pager = (own: number, address: (page: number) => string): string =>
  `<div class="phan-trang"><span>Trang</span> ${[1, 2, 3].map((page) => (page === own ? `<b>${page}</b>` : `<a href="${address(page)}">${page}</a>`)).join(' ')}</div>`

describe('downloadPage, with an article of three pages', () => {
  it.each<[string, (page: number) => string, (page: number) => [body: string, head: string]]>([
    [
      'a link to the next page in the head',
      (page) => `/tin/suoi-p${page}.html`,
      (page) => [textOf(page), page < 3 ? `<link rel="next" href="suoi-p${page + 1}.html">` : ''],
    ],
    [
      'a link to the next page below the text',
      (page) => (page === 1 ? '/tin/suoi' : `/tin/suoi/${page}`),
      (page) => [`${textOf(page)}${page < 3 ? `<a rel="next" href="/tin/suoi/${page + 1}">Trang sau</a>` : ''}`, ''],
    ],
    [
      'a row of numbers',
      (page) => (page === 1 ? '/tin/suoi.html' : `/tin/suoi.html?page=${page}`),
      (page) => [textOf(page) + pager(page, (to) => (to === 1 ? '/tin/suoi.html' : `?page=${to}`)), ''],
    ],
    [
      'a row of numbers with a word in the address',
      (page) => (page === 1 ? '/tin/suoi.aspx' : `/tin/suoi/trang-${page}`),
      (page) => [textOf(page) + pager(page, (to) => (to === 1 ? '/tin/suoi.aspx' : `/tin/suoi/trang-${to}`)), ''],
    ],
  ])('downloadPage joins the pages of an article by %s', async (_what, path, build) => {
    const pages = Object.fromEntries([1, 2, 3].map((page) => [path(page), pageOf(...build(page))]))
    if (path(1).endsWith('.aspx')) pages['/tin/suoi'] = pageOf(...build(1))
    const first = path(1) === '/tin/suoi.aspx' ? '/tin/suoi' : path(1)
    const { app, portal } = await start(pages)
    const { added } = await add(app, `${portal.origin}${first}`)
    const { bodyText, bodyHtml, leftOut } = await get(app, added[0]?.id ?? '')
    expect(findPages(bodyText)).toEqual([1, 2, 3])
    expect(bodyText.indexOf(sentence(1, 3))).toBeLessThan(bodyText.indexOf(sentence(2, 1)))
    expect(bodyHtml).not.toMatch(/Trang(?:<[^>]*>|\s)*1|Trang sau/)
    expect(leftOut).toBeUndefined()
  })

  it('downloadPage stores the bytes of each page, so that the pages are joined again when the stored page is extracted', async () => {
    const pages = Object.fromEntries(
      [1, 2, 3].map((page) => [
        `/s-${page}.html`,
        pageOf(
          `${textOf(page)}<img src="/a${page}.png">`,
          page < 3 ? `<link rel="next" href="/s-${page + 1}.html">` : '',
        ),
      ]),
    )
    const picture: PortalPage = { body: png, type: 'image/png' }
    const { app, root, portal } = await start({ ...pages, '/a1.png': picture, '/a3.png': picture })
    const { added } = await add(app, `${portal.origin}/s-1.html`)
    const id = added[0]?.id ?? ''
    const before = await get(app, id)
    expect(before.figures).toHaveLength(3)
    const files = (await readdir(join(root, 'bulletins'), { recursive: true })).filter((path) =>
      /files.*\.html$/.test(path),
    )
    const stored = await Promise.all(files.map((path) => readFile(join(root, 'bulletins', path), 'utf8')))
    expect([1, 2, 3].filter((page) => stored.some((html) => html.includes(sentence(page, 1))))).toEqual([1, 2, 3])
    portal.pages.clear()
    await valueOf(app.call('reextractBulletin', { id }))
    const after = await get(app, id)
    expect(after.bodyText).toBe(before.bodyText)
    await valueOf(app.call('reextractBulletin', { id, keepsAll: true }))
    expect(findPages((await get(app, id)).bodyText)).toEqual([1, 2, 3])
  })

  it('downloadPage lists a page that cannot be downloaded among the parts that were left out', async () => {
    const { app, portal } = await start({
      '/s-1.html': pageOf(textOf(1) + pager(1, (page) => `/s-${page}.html`)),
      '/s-3.html': pageOf(textOf(3)),
    })
    const { added } = await add(app, `${portal.origin}/s-1.html`)
    const { bodyText, leftOut } = await get(app, added[0]?.id ?? '')
    expect(findPages(bodyText)).toEqual([1, 3])
    expect(leftOut?.[0]?.text).toContain('/s-2.html')
  })

  it.each<[string, string, string, PortalPage]>([
    [
      'another article with a number',
      '<link rel="next" href="/bai-2.html">',
      '/bai-2.html',
      pageOf(textOf(2), '', 'Trạm y tế xã có thêm phòng khám mắt'),
    ],
    [
      'a page of comments with the same text',
      `<div class="pages">Trang <b>1</b> <a href="/bai-1.html?page=2">2</a></div>`,
      '/bai-1.html?page=2',
      pageOf(textOf(1)),
    ],
  ])('downloadPage does not join a page that is %s', async (_what, link, path, other) => {
    const { app, portal } = await start({ '/bai-1.html': pageOf(textOf(1) + link), [path]: other })
    const { added } = await add(app, `${portal.origin}/bai-1.html`)
    const { bodyText } = await get(app, added[0]?.id ?? '')
    expect(portal.requests).toContain(path)
    expect(bodyText.split(sentence(1, 1))).toHaveLength(2)
    expect(findPages(bodyText)).toEqual([1])
  })

  it('downloadPage requests a further page only if its address differs by nothing but the number of the page', async () => {
    const links =
      '<link rel="next" href="/tin/bai-khac-9123.html"><a rel="next" href="/tin/hop-phien">Bài sau</a><a href="https://noi-khac.example.vn/s-2.html" rel="next">2</a>'
    const { app, portal } = await start({ '/tin/s-1.html': pageOf(textOf(1) + links) })
    await add(app, `${portal.origin}/tin/s-1.html`)
    expect(portal.requests.filter((path) => path.startsWith('/tin'))).toEqual(['/tin/s-1.html'])
  })
})

describe('downloadPage, with two addresses of one page', () => {
  it.each<[string, string, (origin: string) => string]>([
    ['a relative address', '/tin/suoi.html?xem=1', () => '<link rel="canonical" href="/tin/suoi.html">'],
    ['a relative address without a slash', '/tin/in/suoi.html', () => '<link rel="canonical" href="../suoi.html">'],
    [
      'an address without a scheme',
      '/tin/suoi.html?ban=in',
      (origin) => `<link rel="canonical" href="${origin.replace('http:', '')}/tin/suoi.html">`,
    ],
    [
      'the address of an AMP page',
      '/amp/tin/suoi.html',
      (origin) => `<link rel="canonical" href="${origin}/tin/suoi.html">`,
    ],
    ['a relative og:url', '/tin/suoi.html?in=1', () => '<meta property="og:url" content="/tin/suoi.html">'],
  ])('downloadPage stores one bulletin if the page declares %s', async (_what, path, head) => {
    const portal = await startPortal({})
    onTestFinished(portal.stop)
    const body = pageOf(textOf(1), head(portal.origin))
    const { app } = await start({})
    portal.pages.set('/tin/suoi.html', body).set(path, body)
    const { added } = await add(app, `${portal.origin}/tin/suoi.html`)
    const again = await add(app, `${portal.origin}${path}`)
    expect(again.added).toEqual([])
    expect(again.unchanged[0]?.id).toBe(added[0]?.id)
  })
})

const leading = (content: string, text = 'Đang chuyển hướng…'): PortalPage => ({
  body: `<html><head><meta charset="utf-8"><meta http-equiv="refresh" content="${content}"></head><body><p>${text}</p></body></html>`,
})

describe('createFetcher, with a page that leads to another page', () => {
  it.each(['0;url=/tin/suoi.html', "0; URL='/tin/suoi.html'", '3; url=tin/suoi.html', '0.5,url=/tin/suoi.html'])(
    'the fetcher follows a meta refresh with the content %s and records it as a redirect',
    async (content) => {
      const { app, portal } = await start({ '/cu': leading(content), '/tin/suoi.html': pageOf(textOf(1)) })
      const { added } = await add(app, `${portal.origin}/cu`)
      expect(added[0]?.title).toBe(title)
      expect((await get(app, added[0]?.id ?? '')).url).toBe(`${portal.origin}/tin/suoi.html`)
    },
  )

  it.each<[string, Record<string, PortalPage>, string]>([
    ['a loop', { '/cu': leading('0;url=/moi'), '/moi': leading('0;url=/cu') }, 'too-many-redirects'],
    ['an address that is no web address', { '/cu': leading('0;url=file:///etc/passwd') }, 'bad-redirect'],
    ['a private address', { '/cu': leading('0;url=http://127.0.0.2:1/') }, 'private-address'],
  ])('the fetcher refuses a meta refresh that leads to %s', async (_what, pages, code) => {
    const { app, portal } = await start(pages)
    expect((await add(app, `${portal.origin}/cu`)).failed[0]?.code).toBe(code)
  })

  it.each<[string, string]>([
    ['an article that loads another page after a minute', '<meta http-equiv="refresh" content="60;url=/khac">'],
    ['an article that leads on at once', '<meta http-equiv="refresh" content="0;url=/khac">'],
    [
      'an article with the element for browsers without scripts',
      '<noscript><meta http-equiv="refresh" content="0;url=/khac"></noscript>',
    ],
  ])('the fetcher does not follow the meta refresh of %s', async (_what, head) => {
    const { app, portal } = await start({ '/cu': pageOf(textOf(1) + textOf(2), head) })
    expect((await add(app, `${portal.origin}/cu`)).added[0]?.title).toBe(title)
    expect(portal.requests).not.toContain('/khac')
  })
})
