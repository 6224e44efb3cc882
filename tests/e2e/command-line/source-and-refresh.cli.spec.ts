import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type Portal, startPortal } from '../../portal/portal'
import { jsonOf, type Run, runCliBeside } from '../support/run-cli'

let folder = ''
let portal: Portal

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bantin-following-'))
  portal = await startPortal({ family: 'liferay', count: 6 })
})
test.afterEach(async () => {
  await portal.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** Runs the built command line. The run does not block this process, because the portal runs in this process. */
const bantin = (words: string[], interruptWhen?: () => boolean): Promise<Run> =>
  runCliBeside(folder, words, interruptWhen === undefined ? {} : { interruptWhen })
const json = async (...words: string[]): Promise<unknown> => jsonOf(await bantin([...words, '--json']))

test('`bantin source` and `bantin refresh` follow, refresh, list and remove a portal', async () => {
  test.slow()
  const { kind, entries } = (await json('source', 'check', portal.origin)) as { kind: string; entries: unknown[] }
  expect(kind).toBe('portal')
  expect(entries).toHaveLength(6)
  expect(entries[0]).toMatchObject({ url: expect.any(String), title: expect.any(String) })
  const { source } = (await json('source', 'add', portal.origin, '--name', 'Sơn Khê', '--every', '6h')) as {
    source: { id: string }
  }
  expect(source).toMatchObject({ name: 'Sơn Khê', schedule: { everyMinutes: 360 }, kind: 'portal' })
  expect(await json('source', 'list')).toMatchObject([{ id: source.id, name: 'Sơn Khê' }])
  const refreshed = (await json('refresh', 'Sơn Khê', '--max', '2')) as { sources: object[] }
  expect(refreshed.sources).toMatchObject([{ id: source.id, found: 6, added: 2, revised: 0, unchanged: 0, failed: [] }])
  expect(await json('list', '--source', source.id)).toMatchObject({ total: 2 })
  expect((await bantin(['source', 'remove', source.id])).exit).toBe(0)
  expect(await json('source', 'list')).toEqual([])
  expect(await json('list')).toMatchObject({ total: 2 })
})

test('each kind of failure of `bantin source` and `bantin refresh` has a different exit code', async () => {
  for (const [words, exit] of [
    [['source'], 2],
    [['source', 'add', portal.origin, '--every', 'sometimes'], 2],
    [['refresh', '--since', 'hôm qua'], 2],
    [['refresh', '--max', '0'], 2],
    [['refresh', 'không có'], 4],
    [['source', 'remove', '7k3m9x2a7k3m9x2a'], 4],
    [['source', 'add', `${portal.origin}${portal.articlePath(1)}`], 1],
    [['refresh'], 0],
  ] as const)
    expect((await bantin([...words])).exit, words.join(' ')).toBe(exit)
})

test('an interrupted `bantin refresh` pauses the refresh and releases the lock, and the next command continues the refresh', async () => {
  test.slow()
  await bantin(['source', 'add', portal.origin])
  const before = portal.requests.length
  const { exit, out } = await bantin(['refresh'], () => portal.requests.length > before + 2)
  expect(exit).toBe(1)
  expect(out).toContain('tạm dừng')
  expect(await json('refresh')).toMatchObject({ sources: [{ failed: [], state: 'done' }] })
  expect(await json('list')).toMatchObject({ total: 6 })
})

test('`bantin source import` and `bantin source export` read and write an OPML file', async () => {
  const file = join(folder, 'nguon.opml')
  const text = '<opml version="2.0"><body><outline text="Bản tin" xmlUrl="https://backan.gov.vn/rss"/></body></opml>'
  writeFileSync(file, text)
  expect(await json('source', 'import', file)).toMatchObject({ added: [{ name: 'Bản tin' }], known: 0, unreadable: [] })
  const out = join(folder, 'ra.opml')
  expect((await bantin(['source', 'export', out])).exit).toBe(0)
  expect(readFileSync(out, 'utf8')).toContain('xmlUrl="https://backan.gov.vn/rss"')
  // The command does not overwrite an existing file.
  expect((await bantin(['source', 'export', out])).exit).toBe(2)
})

test('`bantin source add --since` follows a source from a given day on, and rejects an invalid day', async () => {
  test.slow()
  for (const invalidDay of ['hôm qua', '2026-02-30', '2026-13-01'])
    expect(await bantin(['source', 'add', portal.origin, '--since', invalidDay])).toMatchObject({ exit: 2 })
  const since = portal.bulletins[2]?.date ?? ''
  expect(await json('source', 'add', portal.origin, '--since', since)).toMatchObject({ source: { since } })
  expect(await json('refresh')).toMatchObject({
    sources: [{ added: portal.bulletins.filter(({ date }) => date >= since).length, failed: [] }],
  })
  expect(await json('source', 'list')).toMatchObject([{ since, missing: 0 }])
  expect(await json('source', 'add', `${portal.origin}/`)).toMatchObject({ source: { since } })
})
