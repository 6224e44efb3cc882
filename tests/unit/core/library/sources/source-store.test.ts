import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callMethod } from '../../../../../src/core/call-method'
import { createSource, moveSource } from '../../../../../src/core/follow/create-source'
import { waitForJob } from '../../../../../src/core/wait-for-job'
import type { Refresh } from '../../../../../src/shared/refresh'
import { emptyCounts } from '../../../../../src/shared/refresh-counts'
import type { Source } from '../../../../../src/shared/source'
import type { Output } from '../../../../../src/shared/contract/api'
import { quietRun } from '../../../support/import'
import { openFollower } from '../../../support/sources'
import { openTestLibrary, temporaryFolder } from '../../../support/library'

const sourceOf = (url: string): Source =>
  createSource(
    { url, name: 'Cổng Bắc Kạn', kind: 'feed', channels: [{ url, kind: 'feed' }], everyMinutes: 360 },
    { now: new Date('2026-11-24T00:00:00Z'), isTyped: true },
  )
const source = sourceOf('https://backan.gov.vn/rss')

const refreshOf = (id: string, endedAt: string | null): Refresh => ({
  id,
  reason: 'reader',
  state: endedAt === null ? 'paused' : 'done',
  startedAt: '2026-11-24T00:00:00.000Z',
  endedAt,
  since: null,
  max: null,
  month: null,
  total: emptyCounts,
  sources: [],
})

describe('the sources of a library', () => {
  it('a source is read back as it was written, with the fields of a newer version', async () => {
    const root = await temporaryFolder()
    const { sourceStore } = await openTestLibrary(root)
    await sourceStore.putSource({ ...source, colour: 'blue' })
    await sourceStore.changeSource(source.id, (now) => ({ ...now, name: 'Cổng Thái Nguyên' }))
    expect(await sourceStore.readSource(source.id)).toEqual({ ...source, colour: 'blue', name: 'Cổng Thái Nguyên' })
  })

  it('a damaged source is listed as damaged, and is set aside at the next write', async () => {
    const root = await temporaryFolder()
    const library = await openTestLibrary(root)
    await mkdir(join(root, 'sources'), { recursive: true })
    await writeFile(join(root, 'sources', `${source.id}.json`), '{ "id": ')
    expect(await library.sourceStore.listSources()).toEqual({ sources: [], damaged: [`sources/${source.id}.json`] })
    await expect(library.sourceStore.readSource(source.id)).rejects.toMatchObject({ code: 'source-damaged' })
    expect((await library.verify({})).damaged).toContainEqual({
      id: null,
      file: `sources/${source.id}.json`,
      problem: 'unreadable',
    })
    await library.sourceStore.putSource(source)
    expect(await library.sourceStore.readSource(source.id)).toEqual(source)
    const [aside = ''] = await readdir(join(root, 'damaged'))
    expect(await readFile(join(root, 'damaged', aside), 'utf8')).toBe('{ "id": ')
  })

  it('sources are restored from a backup together with their crawl states', async () => {
    const [from, to] = [await openFollower(), await openFollower()]
    await from.call('addSource', { url: source.url, kind: 'feed', channels: source.channels })
    await mkdir(join(from.root, 'refreshes', 'known'), { recursive: true })
    const known = { pages: {}, entries: {}, isWhole: true }
    await writeFile(join(from.root, 'refreshes', 'known', `${source.id}.json`), JSON.stringify(known))
    const file = join(from.root, '..', `${source.id}-${process.pid}.bantin`)
    const backup = await callMethod(from.app, 'startBackupTo', { file })
    await waitForJob(from.app, backup.jobId, quietRun)
    const restore = await callMethod(to.app, 'startRestoreBackup', { file, withDeleted: false })
    await waitForJob(to.app, restore.jobId, quietRun)
    const { sources } = await to.call<Output<'listSources'>>('listSources', {})
    expect(sources.map((each) => each.source.id)).toEqual([source.id])
    expect(await to.call('getRescueGrid', { id: source.id })).toMatchObject({ isWhole: true })
  })

  it('a library that is opened for reading refuses to write a source', async () => {
    const root = await temporaryFolder()
    await (await openTestLibrary(root)).close()
    const { sourceStore } = await openTestLibrary(root, { access: 'read' })
    await expect(sourceStore.putSource(source)).rejects.toMatchObject({ code: 'library-read-only' })
  })

  it('a source that is added twice is stored once, and the removal of an unknown source fails', async () => {
    const { call, app } = await openFollower()
    const given = { url: source.url, kind: 'feed', channels: source.channels }
    expect(await call('addSource', given)).toMatchObject({ isNew: true })
    expect(await call('addSource', { ...given, name: 'Khác' })).toMatchObject({ isNew: false })
    expect(await app.call('removeSource', { id: sourceOf('https://khac.gov.vn/').id })).toMatchObject({
      ok: false,
      error: { code: 'source-not-found' },
    })
  })
})

describe('the refreshes of a library', () => {
  it('ended refreshes above the maximum number are deleted, and a paused refresh is kept', async () => {
    const { sourceStore } = await openTestLibrary(await temporaryFolder())
    const at = (number: number): string => `20261124t0${String(number).padStart(5, '0')}z-0000000a`
    const paused = refreshOf(at(0), null)
    await sourceStore.writeRefresh(paused)
    for (let number = 1; number <= 202; number += 1)
      await sourceStore.writeRefresh(refreshOf(at(number), '2026-11-24T01:00:00.000Z'))
    expect((await sourceStore.listRefreshes(2)).map(({ id }) => id)).toEqual([at(202), at(201), at(0)])
    expect((await sourceStore.listRefreshes(300)).map(({ id }) => id).slice(-2)).toEqual([at(3), at(0)])
    // Control: when the paused refresh has ended, it is deleted like the other refreshes.
    await sourceStore.writeRefresh({ ...paused, state: 'cancelled', endedAt: '2026-11-24T02:00:00.000Z' })
    await sourceStore.writeRefresh(refreshOf(at(203), '2026-11-24T01:00:00.000Z'))
    expect((await sourceStore.listRefreshes(300)).map(({ id }) => id).at(-1)).toBe(at(4))
  })
})

describe('adding a source again under another address', () => {
  const first = 'https://www.backan.gov.vn/tin-tuc'
  const channels = [
    { url: 'https://backan.gov.vn/rss/tin.xml', kind: 'feed' },
    { url: 'https://backan.gov.vn/rss/thong-bao.xml', kind: 'feed' },
  ]
  it.each<[string, string, object[] | undefined, boolean]>([
    ['with a slash at the end', 'https://www.backan.gov.vn/tin-tuc/', undefined, false],
    ['without www', 'https://backan.gov.vn/tin-tuc', undefined, false],
    ['over http', 'http://www.backan.gov.vn/tin-tuc', undefined, false],
    ['with all of these and a campaign parameter', 'http://backan.gov.vn/tin-tuc/?utm_source=zalo', undefined, false],
    [
      'another page that names the same feeds in other spellings',
      'https://backan.gov.vn/trang-chu',
      [
        { url: 'http://www.backan.gov.vn/rss/thong-bao.xml', kind: 'feed' },
        { url: 'https://backan.gov.vn/rss/tin.xml/', kind: 'feed' },
      ],
      false,
    ],
    ['another section is another source', 'https://backan.gov.vn/thong-bao', undefined, true],
    ['another host is another source', 'https://thainguyen.gov.vn/tin-tuc', undefined, true],
    ['one of two feeds is another source', 'https://backan.gov.vn/rss/tin.xml', channels.slice(0, 1), true],
  ])(
    'the second address is recognised as the same source or as another source: %s',
    async (_name, url, others, isNew) => {
      const { call } = await openFollower()
      const { source: known } = await call<Output<'addSource'>>('addSource', { url: first, kind: 'portal', channels })
      const again = await call<Output<'addSource'>>('addSource', {
        url,
        kind: 'portal',
        ...(others === undefined ? {} : { channels: others }),
      })
      expect(again.isNew).toBe(isNew)
      expect(again.source.id === known.id).toBe(!isNew)
      const { sources } = await call<Output<'listSources'>>('listSources', {})
      expect(sources).toHaveLength(isNew ? 2 : 1)
    },
  )

  it('a source has each feed only once, even if several addresses lead to the feed', async () => {
    const { call } = await openFollower()
    const { source: added } = await call<Output<'addSource'>>('addSource', {
      url: first,
      kind: 'portal',
      channels: [...channels, { url: 'http://www.backan.gov.vn/rss/tin.xml', kind: 'feed' }],
    })
    expect(added.channels).toEqual(channels)
  })
})

describe('the import of an OPML file', () => {
  it('an OPML file restores the sources that were exported to it', async () => {
    const [from, to] = [await openFollower(), await openFollower()]
    await from.call('addSource', {
      url: source.url,
      kind: 'feed',
      channels: source.channels,
      name: 'Bản tin & Văn bản',
    })
    await from.call('addSource', { url: 'https://sonkhe.gov.vn/', kind: 'portal', name: 'Sơn Khê' })
    const { text } = await from.call<Output<'exportSources'>>('exportSources', {})
    const imported = await to.call<Output<'importSources'>>('importSources', { text })
    expect(imported).toMatchObject({ known: 0, unreadable: [] })
    expect(imported.added.map(({ name, url, kind }) => [name, url, kind])).toEqual([
      ['Bản tin & Văn bản', source.url, 'feed'],
      ['Sơn Khê', 'https://sonkhe.gov.vn/', 'portal'],
    ])
    expect(await to.call('importSources', { text })).toMatchObject({ added: [], known: 2 })
  })

  it('a source from an OPML file gets no permission for a private address', async () => {
    const { call, job } = await openFollower()
    const text = '<opml version="2.0"><body><outline text="x" xmlUrl="http://127.0.0.1:9/rss"/></body></opml>'
    await call('importSources', { text })
    expect(await job('startRefresh', { sources: null })).toMatchObject({
      sources: [{ state: 'failed', error: { code: 'private-address' } }],
    })
  })

  it('a text that is not OPML is refused with not-opml', async () => {
    const { app } = await openFollower()
    expect(await app.call('importSources', { text: 'xin chào' })).toMatchObject({
      ok: false,
      error: { code: 'not-opml' },
    })
  })
})

describe('a source whose portal moves to another address', () => {
  const at = new Date('2026-11-24T18:00:00Z')
  it('a source that moves to another host keeps its id, records both hosts with the day in Vietnam, and loses its channels', () => {
    const moved = moveSource(source, 'thainguyen.gov.vn', at)
    expect(moved).toMatchObject({
      id: source.id,
      channels: [],
      hosts: [
        { host: 'backan.gov.vn', from: null, until: '2026-11-25' },
        { host: 'thainguyen.gov.vn', from: '2026-11-25', until: null },
      ],
    })
    expect(moved.url).toContain('//thainguyen.gov.vn/')
  })

  it('a source that moves within its host records no new host, and an invalid address throws an error', () => {
    expect(moveSource(source, 'https://backan.gov.vn/tin', at).hosts).toEqual(source.hosts)
    expect(moveSource(source, source.url, at)).toBe(source)
    expect(() => moveSource(source, 'javascript:alert(1)', at)).toThrow()
  })
})
