import { basename, join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createApp } from '../../../../src/core/app'
import type { App } from '../../../../src/core/app-interface'
import { politeLimits } from '../../../../src/core/fetch/politeness/polite-limits'
import type { DiscoveredSource, Refresh } from '../../../../src/shared/refresh'
import { startPortal } from '../../../portal/portal'
import { testPorts } from '../../support/app'
import { buildWorkers } from '../../support/built-worker'
import { folderOf, html, importAll, quietRun, valueOf } from '../../support/import'
import { waitForJob } from '../../../../src/core/wait-for-job'
import { temporaryFolder } from '../../support/library'

// In the main thread of these tests, every parser of text from outside throws. Only the built script of the threads has
// the real parsers. The sanitizer still works in the main thread, because a library sanitises each stored body again
// when it reads the body.
vi.mock('htmlparser2', () => ({ Parser: refuse }))
vi.mock('linkedom', () => ({ parseHTML: refuse }))

function refuse(): never {
  throw new Error('parsed in the main thread')
}

const workers = await buildWorkers({
  parsing: 'src/core/parsing/parsing-worker.ts',
  index: 'src/core/library/search/index-worker.ts',
})

async function openApp(withThreads: boolean): Promise<App> {
  const app = await createApp(testPorts(await temporaryFolder(), { clock: () => new Date() }), {
    access: 'write',
    offerSample: false,
    workers: withThreads ? workers : null,
    polite: { ...politeLimits, delayMs: 0 },
  })
  onTestFinished(() => app.close())
  return app
}

async function jobResult<T>(app: App, method: string, input: unknown): Promise<T> {
  const { jobId } = await valueOf<{ jobId: string }>(app.call(method, input))
  // The cast is safe, because the caller gives the result type of the job that it starts.
  return (await waitForJob(app, jobId, quietRun)).result as T
}

const mhtml = [
  'Snapshot-Content-Location: https://cong.example.vn/tin/hop?id=2',
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; boundary="b"',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  html('<img src="hop.gif">'),
  '--b',
  'Content-Type: image/gif',
  'Content-Transfer-Encoding: base64',
  'Content-Location: https://cong.example.vn/tin/hop.gif',
  '',
  'R0lGODlhAQABAAAAACwAAAAAAQABAAAC',
  '--b--',
].join('\r\n')
const files = {
  'a.html': html('<p>Trang thứ nhất có một đoạn văn riêng, dài hơn bốn mươi chữ cái.</p>'),
  'b.mhtml': mhtml,
  'c.json': JSON.stringify([
    { title: 'Tin thứ ba', bodyText: 'Một đoạn văn của tin thứ ba.', url: 'https://a.example.vn/3' },
  ]),
  'd.txt': 'Tin thứ tư\nMột đoạn văn của tin thứ tư, dài hơn bốn mươi chữ cái.\n',
}
const opml = '<opml version="2.0"><body><outline text="Nguồn" xmlUrl="https://a.example.vn/rss"/></body></opml>'

describe('the parsing threads', () => {
  it('the threads parse the pages, web archives, JSON files and text files of an import', async () => {
    const app = await openApp(true)
    const { added, failed } = await importAll(app, [await folderOf(files)])
    expect(failed).toEqual([])
    expect(added.map(({ path }) => basename(path)).sort()).toEqual(Object.keys(files))
    const archive = added.find(({ path }) => path.endsWith('b.mhtml'))
    expect(
      (await valueOf<{ pictures: unknown[] }>(app.call('getBulletin', { id: archive?.id }))).pictures,
    ).toHaveLength(1)
  })

  it('the threads parse the pages, feeds and listings of a source, and the pages that a refresh downloads', async () => {
    const portal = await startPortal({ family: 'nukeviet', count: 6 })
    onTestFinished(() => portal.stop())
    const app = await openApp(true)
    const found = await jobResult<DiscoveredSource>(app, 'startDiscover', { url: portal.origin })
    const channels = found.channels.map(({ url, kind }) => ({ url, kind }))
    expect(new Set(channels.map(({ kind }) => kind))).toEqual(new Set(['feed', 'listing', 'sitemap']))
    await valueOf(app.call('addSource', { url: portal.origin, kind: 'portal', channels }))
    const { sources } = await jobResult<Refresh>(app, 'startRefresh', { sources: null })
    expect(sources[0]).toMatchObject({ state: 'done', error: null, done: 6 })
  })

  it('the threads parse a list of sources (OPML)', async () => {
    const app = await openApp(true)
    expect(await valueOf(app.call('importSources', { text: opml }))).toMatchObject({
      known: 0,
      unreadable: [],
      added: [{ name: 'Nguồn' }],
    })
  })

  it('the threads sanitise a large body before it is stored and when it is read', async () => {
    const app = await openApp(true)
    const large = html('<p onclick="x()">Một đoạn văn dài của bản tin.</p>'.repeat(4_000))
    const { added, failed } = await importAll(app, [join(await folderOf({ 'lớn.html': large }), 'lớn.html')])
    expect(failed).toEqual([])
    const { bodyHtml } = await valueOf<{ bodyHtml: string }>(app.call('getBulletin', { id: added[0]?.id }))
    expect(bodyHtml.length).toBeGreaterThan(100_000)
    expect(bodyHtml).not.toContain('onclick')
  })

  it('control: the main thread has no parser that works', async () => {
    const app = await openApp(false)
    const { failed } = await importAll(app, [join(await folderOf(files), 'a.html')])
    expect(failed).toMatchObject([{ message: expect.stringContaining('parsed in the main thread') as string }])
    expect(await app.call('importSources', { text: opml })).toMatchObject({ ok: false })
  })
})
