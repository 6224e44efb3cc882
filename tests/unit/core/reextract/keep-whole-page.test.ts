import { describe, expect, it } from 'vitest'
import { createApp } from '../../../../src/core/app'
import type { App } from '../../../../src/core/app-interface'
import { callMethod } from '../../../../src/core/call-method'
import type { Bulletin } from '../../../../src/shared/bulletin'
import { toGuestBulletin } from '../../../../src/core/guests/guest-view'
import { testPorts } from '../../support/app'
import { importItems } from '../../support/import'
import { temporaryFolder } from '../../support/library'

const paragraph = (topic: string): string =>
  `<p>Ủy ban nhân dân xã thông báo về ${topic} cho nhân dân các thôn, đề nghị trưởng thôn phổ biến đến từng hộ và báo lại kết quả trước ngày hai mươi hằng tháng.</p>`
const cards = ['đường thôn', 'nhà văn hóa', 'giống lúa', 'tiêm phòng'].map(
  (topic) =>
    `<div class="card"><a href="/tin-${encodeURIComponent(topic)}.html"><img src="/a.jpg" alt=""></a><h3><a href="/tin-${encodeURIComponent(topic)}.html">Tin về ${topic}</a></h3>${paragraph(topic)}</div>`,
)
const page = `<!doctype html><html lang="vi"><head><title>Lịch cắt điện tháng chín</title></head><body>
<header><nav><a href="/">Trang chủ</a></nav></header>
<main><article><h1>Lịch cắt điện tháng chín</h1>${paragraph('lịch cắt điện')}${paragraph('việc sửa trạm biến áp')}${paragraph('số điện thoại trực')}</article></main>
<aside class="sidebar tin-lien-quan"><h2>Tin liên quan</h2>${cards.join('')}</aside>
<footer>Bản quyền của xã</footer></body></html>`

async function importPage(html: string): Promise<{ app: App; bulletin: Bulletin }> {
  const app = createApp(testPorts(await temporaryFolder()), { access: 'write', offerSample: false, workers: null })
  const opened = await app
  const result = await importItems(opened, [{ path: 'tin.html', read: () => Promise.resolve(Buffer.from(html)) }])
  return { app: opened, bulletin: await callMethod(opened, 'getBulletin', { id: result.added[0]?.id ?? '' }) }
}

describe('the parts of a page that extraction leaves out', () => {
  it('a bulletin lists the removed parts of its page if they hold a fifth of the prose', async () => {
    const { bulletin } = await importPage(page)
    expect(bulletin.bodyText).not.toContain('giống lúa')
    expect(bulletin.leftOut?.map(({ text }) => text).join(' ')).toContain('Tin liên quan Tin về đường thôn Ủy ban')
  })

  it('a guest also sees which parts were removed', async () => {
    const { bulletin } = await importPage(page)
    expect(toGuestBulletin(bulletin).leftOut).toEqual(bulletin.leftOut)
    expect(bulletin.leftOut).toHaveLength(1)
  })

  it('the bulletin of a page with nothing beside the article lists no removed parts', async () => {
    const { bulletin } = await importPage(page.replace(/<aside.*<\/aside>/s, ''))
    expect(bulletin.leftOut).toBeUndefined()
  })

  it('the user can bring the removed parts back in a new revision, and later revisions keep these parts', async () => {
    const { app, bulletin } = await importPage(page)
    const { revision } = await callMethod(app, 'reextractBulletin', { id: bulletin.id, keepsAll: true })
    const whole = await callMethod(app, 'getBulletin', { id: bulletin.id })
    expect(revision).toBe(bulletin.revision.number + 1)
    expect(whole.bodyText).toContain('giống lúa')
    expect(whole.bodyText).toContain('số điện thoại trực')
    expect(whole).toMatchObject({ keepsAll: true, revision: { cause: 're-extracted' } })
    await callMethod(app, 'reextractBulletin', { id: bulletin.id })
    expect((await callMethod(app, 'getBulletin', { id: bulletin.id })).bodyText).toContain('giống lúa')
  })

  it('the user can go back from the whole page to the article alone', async () => {
    const { app, bulletin } = await importPage(page)
    await callMethod(app, 'reextractBulletin', { id: bulletin.id, keepsAll: true })
    await callMethod(app, 'reextractBulletin', { id: bulletin.id, keepsAll: false })
    const again = await callMethod(app, 'getBulletin', { id: bulletin.id })
    expect(again.bodyText).toBe(bulletin.bodyText)
    expect(again.keepsAll).toBeUndefined()
  })
})
