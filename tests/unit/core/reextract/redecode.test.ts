import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../../src/core/app'
import type { App } from '../../../../src/core/app-interface'
import type { Job } from '../../../../src/shared/contract/api'
import type { Bulletin } from '../../../../src/shared/bulletin'
import type { Encoding } from '../../../../src/shared/text/encodings'
import { testPorts } from '../../support/app'
import { importItems, verifyAll } from '../../support/import'
import { encodeLegacy } from '../../support/legacy-text'
import { temporaryFolder } from '../../support/library'

const title = 'Thông báo về việc tiêm phòng cho gia súc'
const body = 'ủy ban nhân dân xã tổ chức tiêm phòng cho trâu, bò trong tháng chín năm nay.'
const text = `${title}\n\n${body}\n\nĐề nghị các hộ chăn nuôi nhốt gia súc và có mặt đúng giờ.`

async function opened(): Promise<App> {
  return createApp(testPorts(await temporaryFolder()), { access: 'write', offerSample: false, workers: null })
}

async function stored(
  app: App,
  bytes: Uint8Array,
  given: { name?: string; encoding?: Encoding } = {},
): Promise<Bulletin> {
  const item = { path: given.name ?? 'a.txt', read: () => Promise.resolve(bytes) }
  const result = await importItems(app, [item], given.encoding ?? 'auto')
  expect(result.failed).toEqual([])
  return get(app, [...result.added, ...result.revised, ...result.unchanged][0]?.id ?? '')
}

async function valueOf<T>(app: App, method: string, input: unknown): Promise<T> {
  const answer = await app.call(method, input)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value as T
}

const get = (app: App, id: string): Promise<Bulletin> => valueOf(app, 'getBulletin', { id })

async function reread(app: App, id: string, encoding: Encoding): Promise<Job> {
  const { jobId } = await valueOf<{ jobId: string }>(app, 'startReread', { id, encoding })
  for (;;) {
    const job = await valueOf<Job>(app, 'getJob', { jobId })
    if (job.state !== 'running') return job
    await sleep(5)
  }
}

describe('a page in a legacy encoding', () => {
  it('a page in a legacy encoding is decoded, and each field of the bulletin lists its repairs', async () => {
    const app = await opened()
    const bulletin = await stored(app, encodeLegacy(text, 'tcvn3'))
    expect(bulletin.title).toBe(title)
    expect(bulletin.bodyText).toContain(body)
    expect(bulletin.decoding).toEqual({ charset: 'tcvn3', chosen: null, lost: 0 })
    const marked = (part: string): number => part.match(/[^\u0000-\u007f]/g)?.length ?? 0
    expect(bulletin.repairs).toEqual([
      { kind: 'tcvn3', rule: 'content', ruleVersion: 1, field: 'title', count: marked(title), undone: false },
      {
        kind: 'tcvn3',
        rule: 'content',
        ruleVersion: 1,
        field: 'body',
        count: marked(bulletin.bodyText),
        undone: false,
      },
    ])
    await app.close()
  })

  it('the user can undo and apply each repair of a page in a legacy encoding', async () => {
    const app = await opened()
    const { id, bodyText, bodyHtml } = await stored(app, encodeLegacy(text, 'tcvn3'))
    const repair = { kind: 'tcvn3', rule: 'content', field: 'body' }
    await valueOf(app, 'setRepair', { id, repair, undone: true })
    const undone = await get(app, id)
    expect(undone.title).toBe(title)
    expect(undone.bodyText).toContain('ñy ban nh©n d©n x· tæ chøc tiªm phßng')
    expect(undone.bodyHtml).toContain('ñy ban nh©n d©n x· tæ chøc tiªm phßng')
    expect(undone.repairs.map(({ field, undone: isUndone }) => [field, isUndone])).toEqual([
      ['title', false],
      ['body', true],
    ])
    await valueOf(app, 'setRepair', { id, repair, undone: false })
    expect(await get(app, id)).toMatchObject({ bodyText, bodyHtml, revision: { number: 3 } })
    await app.close()
  })

  it('undoing a repair keeps the HTML tags of the page, and puts the received letters between the tags', async () => {
    const app = await opened()
    const line = (part: string): Buffer => Buffer.from(encodeLegacy(part, 'vni'))
    const bytes = Buffer.concat([
      Buffer.from('<html><head><meta charset="windows-1252"></head><body><h1><font face="VNI-Times">'),
      line(title),
      Buffer.from('</font></h1><p style="font-family: VNI-Times">'),
      line('Ủy ban nhân dân '),
      Buffer.from('<b>'),
      line('xã Na Rì'),
      Buffer.from('</b>'),
      line(' tổ chức tiêm phòng cho trâu, bò & lợn của các hộ chăn nuôi trong tháng chín năm nay.'),
      Buffer.from('</p><p>Xem th&ecirc;m: <a href="https://a.gov.vn/">a.gov.vn</a></p></body></html>'),
    ])
    const { id, bodyHtml } = await stored(app, bytes, { name: 'a.html' })
    expect(bodyHtml).toContain('Ủy ban nhân dân <b>xã Na Rì</b> tổ chức tiêm phòng cho trâu, bò &amp; lợn')
    expect(bodyHtml).toContain('Xem thêm:')
    await valueOf(app, 'setRepair', { id, repair: { kind: 'vni', rule: 'font', field: 'body' }, undone: true })
    const undone = await get(app, id)
    expect(undone.bodyHtml).toContain('UÛy ban nhaân daân <b>xaõ Na Rì</b> toå chöùc')
    expect(undone.bodyHtml).toContain('Xem thêm:')
    expect(undone.title).toBe(title)
    await app.close()
  })

  it('a page can be imported in an encoding that the user chooses, and the bulletin records the encoding', async () => {
    const app = await opened()
    const bulletin = await stored(app, encodeLegacy(text, 'vps'), { encoding: 'vps' })
    expect(bulletin.title).toBe(title)
    expect(bulletin.decoding).toEqual({ charset: 'vps', chosen: 'vps', lost: 0 })
    await app.close()
  })
})

describe('another encoding', () => {
  it('the user can preview another encoding with a sample, and the preview stores nothing', async () => {
    const app = await opened()
    const { id } = await stored(app, encodeLegacy(text, 'vni'))
    const right = await valueOf(app, 'sampleEncoding', { id, encoding: 'vni' })
    expect(right).toMatchObject({ title, lost: 0 })
    const wrong = await valueOf<{ title: string }>(app, 'sampleEncoding', { id, encoding: 'viscii' })
    expect(wrong.title).not.toBe(title)
    expect((await get(app, id)).revision.number).toBe(1)
    await app.close()
  })

  it('another encoding creates a revision, and a change back to the automatic encoding creates another revision', async () => {
    const app = await opened()
    const { id } = await stored(app, encodeLegacy(text, 'vni'))
    const job = await reread(app, id, 'viscii')
    expect(job).toMatchObject({ kind: 'reread', state: 'done', result: { id, revision: 2, changed: true } })
    expect(await get(app, id)).toMatchObject({ decoding: { chosen: 'viscii' }, revision: { cause: 're-decoded' } })
    await reread(app, id, 'auto')
    expect(await get(app, id)).toMatchObject({ title, decoding: { chosen: null }, revision: { number: 3 } })
    expect(await reread(app, id, 'auto')).toMatchObject({ result: { revision: 3, changed: false } })
    expect(await verifyAll(app)).toMatchObject({ damaged: [] })
    await app.close()
  })

  it('a chosen encoding stays chosen when a repair is undone', async () => {
    const app = await opened()
    const { id } = await stored(app, encodeLegacy(text, 'vps'), { encoding: 'vps' })
    await valueOf(app, 'setRepair', { id, repair: { kind: 'vps', rule: 'chosen', field: 'title' }, undone: true })
    const undone = await get(app, id)
    expect(undone.title).not.toBe(title)
    expect(undone.bodyText).toContain(body)
    expect(undone.decoding?.chosen).toBe('vps')
    await app.close()
  })

  it('a chosen encoding stays chosen when the page is received with another text', async () => {
    const app = await opened()
    const page = (day: string): Uint8Array =>
      Buffer.concat([
        Buffer.from('<html><head><link rel="canonical" href="https://a.gov.vn/1"></head><body><h1>'),
        encodeLegacy(title, 'vps'),
        Buffer.from('</h1><p>'),
        encodeLegacy(`${body} Ngày ${day}, mọi hộ đều có mặt.`, 'vps'),
        Buffer.from('</p></body></html>'),
      ])
    const { id } = await stored(app, page('năm'), { name: 'a.html', encoding: 'vps' })
    const again = await stored(app, page('bảy'), { name: 'a.html' })
    expect(again).toMatchObject({ id, decoding: { chosen: 'vps' }, revision: { number: 2, cause: 'source-changed' } })
    expect(again.bodyText).toContain('Ngày bảy')
    await app.close()
  })

  it('decoding in another encoding fails for an unknown bulletin and for an unknown encoding', async () => {
    const app = await opened()
    expect(await reread(app, 'x'.repeat(16), 'vni')).toMatchObject({
      state: 'failed',
      error: { code: 'bulletin-not-found' },
    })
    expect(await app.call('startReread', { id: 'x'.repeat(16), encoding: 'klingon' })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    })
    await app.close()
  })
})

describe('a page that lost letters', () => {
  it.each<[string, string, number]>([
    ['counts U+FFFD', 'Bắc K\ufffdn đẩy mạnh phong trào thi đua yêu nước trên các lĩnh v\ufffdc.', 2],
    [
      'counts question marks inside words',
      'B?c K?n ??y m?nh phong trào thi đua yêu n??c trên các l?nh v?c c?a t?nh',
      9,
    ],
    [
      'does not count question marks of questions and addresses',
      'Ai đi? Ai ở? Xem https://a.gov.vn/?id=7 và hỏi lại lần nữa?',
      0,
    ],
  ])('the bulletin of a page that lost letters %s', async (_what, line, lost) => {
    const app = await opened()
    const bulletin = await stored(app, Buffer.from(`Thông báo của xã\n\n${line}`))
    expect(bulletin.decoding?.lost).toBe(lost)
    await app.close()
  })
})
