import { describe, expect, it, onTestFinished } from 'vitest'
import type { AddResult, Output } from '../../../../../src/shared/contract/api'
import { readFeedTexts } from '../../../../../src/core/feeds/feed-texts'
import { pdf, type Portal, type PortalPage, startPortal } from '../../../support/portal'
import { openFollower } from '../../../support/sources'

const paragraphs = [
  'Sáng mồng sáu, trưởng thôn Khuổi Slưa mở van cấp nước đầu tiên trước sự chứng kiến của đông đủ bà con trong thôn.',
  'Toàn tuyến ống dài hai cây số rưỡi, lấy nước từ khe Slưa, đi qua ba ngọn đồi và một khu ruộng bậc thang của xã.',
]
const article = (title: string): string =>
  `<html><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</body></html>`
const whole = paragraphs.map((text) => `<p>${text}</p>`).join('')
const date = '<pubDate>Wed, 06 Aug 2025 14:05:00 +0700</pubDate>'
const feedOf = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tin xã</title><link>/</link>${items}</channel></rss>`

async function portalOf(pages: Record<string, PortalPage>): Promise<Portal> {
  const portal = await startPortal(pages)
  onTestFinished(() => portal.stop())
  return portal
}

describe('a refresh of a feed whose entries are no normal pages', () => {
  it.each([
    ['content:encoded', `<description>tóm tắt</description><content:encoded><![CDATA[${whole}]]></content:encoded>`],
    ['a whole description', `<description><![CDATA[${whole}]]></description>`],
    ['an escaped description', `<description>${whole.replaceAll('<', '&lt;')}</description>`],
  ])('a refresh stores the text in %s of a feed if the page no longer exists', async (_name, fields) => {
    const item = `<item><title>Bể nước thôn Khuổi Slưa</title><link>/chet/1</link>${date}${fields}</item>`
    const other = `<item><title>Hội xuân</title><link>/song/2</link></item>`
    const portal = await portalOf({
      '/rss.xml': { body: feedOf(item + other), type: 'application/rss+xml' },
      '/song/2': { body: article('Hội xuân') },
    })
    const follower = await openFollower()
    await follower.follow(`${portal.origin}/rss.xml`)
    const refresh = await follower.refresh(null)
    expect(refresh.total).toMatchObject({ added: 2, failed: 0 })
    const { items } = await follower.call<Output<'listBulletins'>>('listBulletins', { filter: {}, offset: 0, limit: 9 })
    const id = items.find(({ title }) => title === 'Bể nước thôn Khuổi Slưa')?.id
    const bulletin = await follower.call<Output<'getBulletin'>>('getBulletin', { id })
    expect(bulletin.bodyText).toBe(paragraphs.join('\n\n'))
    expect(bulletin).toMatchObject({
      publishedAt: '2025-08-06T14:05:00+07:00',
      url: `${portal.origin.replace('http:', 'https:')}/chet/1`,
    })
  })

  it('if a page no longer exists and the feed has only a summary, a refresh lists the page as failed', async () => {
    const item = '<item><title>Bể nước</title><link>/chet/1</link><description>tóm tắt</description></item>'
    const portal = await portalOf({ '/rss.xml': { body: feedOf(item), type: 'application/rss+xml' } })
    const follower = await openFollower()
    await follower.follow(`${portal.origin}/rss.xml`)
    expect((await follower.refresh(null)).total).toMatchObject({ added: 0, failed: 1 })
  })

  it('a refresh stores a document file as a bulletin that contains this file, and stores it only once', async () => {
    const item = `<item><title>Quyết định 12/2025/QĐ-UBND về giá nước</title><link>/tep/qd12.pdf</link>${date}</item>`
    const portal = await portalOf({
      '/rss.xml': { body: feedOf(item), type: 'application/rss+xml' },
      '/tep/qd12.pdf': { body: pdf, type: 'application/pdf' },
    })
    const follower = await openFollower()
    await follower.follow(`${portal.origin}/rss.xml`)
    expect((await follower.refresh(null)).total).toMatchObject({ added: 1, failed: 0 })
    const { items } = await follower.call<Output<'listBulletins'>>('listBulletins', { filter: {}, offset: 0, limit: 9 })
    const bulletin = await follower.call<Output<'getBulletin'>>('getBulletin', { id: items[0]?.id })
    expect(bulletin).toMatchObject({
      title: 'Quyết định 12/2025/QĐ-UBND về giá nước',
      publishedAt: '2025-08-06T14:05:00+07:00',
      url: `${portal.origin.replace('http:', 'https:')}/tep/qd12.pdf`,
      attachments: [{ name: 'qd12.pdf', type: 'application/pdf' }],
      missing: [],
    })
    expect((await follower.refresh(null)).total).toMatchObject({ added: 0, revised: 0, failed: 0 })
  })
})

describe("the texts of a feed's entries", () => {
  it('readFeedTexts returns the text of an Atom entry, and nothing for an entry with only a summary', () => {
    const entry = `<entry><id>1</id><link href="/a/1"/><content type="html">${whole.replaceAll('<', '&lt;')}</content></entry>`
    const short = '<entry><link href="/a/2"/><summary>tóm tắt</summary></entry>'
    const texts = readFeedTexts(
      `<feed xmlns="http://www.w3.org/2005/Atom">${entry}${short}</feed>`,
      'https://x.example.vn/',
    )
    expect([...texts]).toEqual([['https://x.example.vn/a/1', whole]])
  })
})

describe('adding the address of a page', () => {
  const card = (n: number): string =>
    `<div class="item"><h3><a href="/tin/${n}.html">Xã Nam Mẫu họp bàn việc sửa kênh mương đợt ${n}</a></h3><span>0${n}/08/2025</span><p>Buổi họp có đại diện các thôn và hai hợp tác xã, kết luận sẽ gửi trong tuần.</p></div>`
  const list = `<html><head><meta charset="utf-8"><title>Trang chủ</title></head><body><div class="ds">${[1, 2, 3, 4, 5, 6].map(card).join('')}</div></body></html>`
  const related = `<ul>${[1, 2, 3, 4, 5, 6].map((n) => `<li><a href="/tin/${n}.html">Xã Nam Mẫu họp bàn việc sửa kênh mương đợt ${n}</a> <i>0${n}/08/2025</i></li>`).join('')}</ul>`

  it.each([
    ['the front page', '/', list, 'page-of-links'],
    ['a named front page', '/index.html', list, 'page-of-links'],
    ['a section', '/tin-tuc', list, 'page-of-links'],
    ['an article', '/tin/1.html', article('Bể nước thôn Khuổi Slưa'), null],
    [
      'an article above a list of others',
      '/tin/2.html',
      article('Bể nước thôn Khuổi Slưa').replace('</body>', `<h3>Tin khác</h3>${related}</body>`),
      null,
    ],
  ])(
    'adding an address that leads to a page of links only fails with page-of-links: %s',
    async (_name, path, body, code) => {
      const portal = await portalOf({ [path]: { body } })
      const follower = await openFollower()
      const { added, failed } = await follower.job<AddResult>('startAdd', { urls: [`${portal.origin}${path}`] })
      expect(failed.map((each) => each.code)).toEqual(code === null ? [] : [code])
      expect(added).toHaveLength(code === null ? 1 : 0)
    },
  )
})
