import { describe, expect, it } from 'vitest'

import { createApp } from '../../../../src/core/app'
import type { App } from '../../../../src/core/app-interface'
import type { Bulletin, RepairName } from '../../../../src/shared/bulletin'
import { testPorts } from '../../support/app'
import { importItems, verifyAll } from '../../support/import'
import { temporaryFolder } from '../../support/library'

const options = { access: 'write', offerSample: false, workers: null } as const

/** Returns a page whose body has Eth instead of Đ, and a letter with a separate combining mark. */
const page = (more = ''): string => `08/09/2020
Thông báo của xã Na Rì

Ðoàn xã và nhân dân cùng tham gia. Ðến nay mọi việc đã xong.${more}

Chị Hoa\u0300ng chủ trì cuộc họp của cả xã.`

async function opened(root: string): Promise<App> {
  return createApp(testPorts(root, {}), options)
}

async function stored(app: App, text: string): Promise<Bulletin> {
  const result = await importItems(app, [{ path: 'a.txt', read: () => Promise.resolve(Buffer.from(text)) }])
  return get(app, [...result.added, ...result.revised, ...result.unchanged][0]?.id ?? '')
}

async function get(app: App, id: string): Promise<Bulletin> {
  const answer = await app.call('getBulletin', { id })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value as Bulletin
}

async function set(app: App, id: string, repair: RepairName, undone: boolean): Promise<unknown> {
  return app.call('setRepair', { id, repair, undone })
}

const eth: RepairName = { kind: 'eth', rule: 'eth-in-vietnamese-word', field: 'body' }

describe('a repair', () => {
  it('when the user undoes a repair, the text and the page are as received', async () => {
    const app = await opened(await temporaryFolder())
    const { id, bodyText } = await stored(app, page())
    expect(bodyText).toContain('Đoàn xã')
    expect(await set(app, id, eth, true)).toEqual({ ok: true, value: { revision: 2 } })
    const undone = await get(app, id)
    expect(undone.bodyText).toContain('Ðoàn xã và nhân dân cùng tham gia. Ðến nay')
    expect(undone.bodyHtml).toContain('Ðoàn xã')
    // The other repair is still applied.
    expect(undone.bodyText).toContain('Chị Hoàng')
    expect(undone.revision.cause).toBe('repair-undone')
    expect(undone.repairs.map(({ kind, undone: isUndone }) => [kind, isUndone])).toEqual([
      ['eth', true],
      ['nfc', false],
    ])
    await app.close()
  })

  it('the user can apply an undone repair again, and every step creates a revision', async () => {
    const app = await opened(await temporaryFolder())
    const { id, bodyText } = await stored(app, page())
    await set(app, id, eth, true)
    await set(app, id, eth, false)
    expect((await get(app, id)).bodyText).toBe(bodyText)
    const revisions = await app.call('listRevisions', { id })
    expect(revisions).toMatchObject({
      ok: true,
      value: [{ cause: 'first-capture' }, { cause: 'repair-undone' }, { cause: 're-extracted' }],
    })
    expect(await verifyAll(app)).toMatchObject({ damaged: [] })
    await app.close()
  })

  it('a repair stays undone when the page is received again with another text', async () => {
    const root = await temporaryFolder()
    const app = await opened(root)
    const address = '<link rel="canonical" href="https://a.gov.vn/1">'
    const html = (text: string): string =>
      `<html><head>${address}<title>Thông báo của xã</title></head><body><h1>Thông báo của xã Na Rì</h1><p>${text}</p><p>Nhân dân cả xã cùng tham gia việc chung.</p></body></html>`
    const importOne = async (text: string): Promise<string> => {
      const result = await importItems(app, [{ path: 'a.html', read: () => Promise.resolve(Buffer.from(html(text))) }])
      return [...result.added, ...result.revised][0]?.id ?? ''
    }
    const id = await importOne('Ðoàn xã họp ngày 5 tại trụ sở, mọi nhà cùng đến dự.')
    await set(app, id, eth, true)
    expect(await importOne('Ðoàn xã họp ngày 7 tại trụ sở, mọi nhà cùng đến dự.')).toBe(id)
    const received = await get(app, id)
    expect(received.bodyText).toContain('Ðoàn xã họp ngày 7')
    expect(received.repairs.find(({ kind }) => kind === 'eth')?.undone).toBe(true)
    await app.close()
  })

  it('a repair that already has the requested state does not change, and an unknown repair fails', async () => {
    const root = await temporaryFolder()
    const app = await opened(root)
    const { id } = await stored(app, page())
    expect(await set(app, id, eth, false)).toEqual({ ok: true, value: { revision: 1 } })
    expect(await set(app, id, { ...eth, field: 'title' }, true)).toMatchObject({
      ok: false,
      error: { code: 'repair-not-found' },
    })
    expect(await set(app, 'x'.repeat(16), eth, true)).toMatchObject({
      ok: false,
      error: { code: 'bulletin-not-found' },
    })
    await app.close()
  })
})
