import { readFile, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { App } from '../../../../src/core/app-interface'
import { openOrJoin } from '../../../../src/core/shared-access/open-or-join'
import { holderSchema } from '../../../../src/core/library/lock/lock'
import type { NumberedEvent } from '../../../../src/shared/contract/api'
import { importPaths } from '../../../../src/core/import/import-paths'
import { folderOf, importItems, quietRun, verifyAll } from '../../support/import'
import { testPorts } from '../../support/app'
import { temporaryFolder } from '../../support/library'
import { png } from '../../support/portal'

async function open(root: string, program = 'test'): Promise<App> {
  const app = await openOrJoin(testPorts(root, { program }), {
    access: 'write',
    offerSample: false,
    workers: null,
  })
  onTestFinished(() => app.close())
  return app
}

const file = (path: string, text: string) => ({ path, read: () => Promise.resolve(Buffer.from(text)) })
const listed = async (app: App): Promise<string[]> => {
  const answer = await app.call('listBulletins', { filter: {}, offset: 0, limit: 100 })
  if (!answer.ok) throw new Error(answer.error.message)
  return (answer.value as { items: { title: string }[] }).items.map(({ title }) => title).sort()
}
const text = (title: string): string => `08/09/2020\n${title}\n\nĐoạn một của ${title}.\n\nĐoạn hai.`

describe('a second writer', () => {
  it('a second writer sends its work to the first writer, and both writers see the result', async () => {
    const root = await temporaryFolder()
    const first = await open(root)
    const second = await open(root)
    const folder = await folderOf({ 'thu/mot.txt': text('Tin một'), 'rong.txt': '', 'hai.txt': text('Tin hai') })
    const relativePath = (path: string): string => relative('.', join(folder, path))
    const imported = await importPaths(second, ['thu', 'rong.txt', 'hai.txt'].map(relativePath), quietRun)
    expect(imported.added.map(({ path, title }) => [path, title])).toEqual([
      [relativePath('thu/mot.txt'), 'Tin một'],
      [relativePath('hai.txt'), 'Tin hai'],
    ])
    expect(imported.failed).toMatchObject([{ path: relativePath('rong.txt'), code: 'empty-file' }])
    expect(await listed(first)).toEqual(['Tin hai', 'Tin một'])
    expect(await listed(second)).toEqual(['Tin hai', 'Tin một'])
    const id = imported.added[0]?.id
    expect(await second.call('markBulletins', { ids: [id], starred: true })).toEqual({
      ok: true,
      value: { changed: [id] },
    })
    expect(await first.call('listBulletins', { filter: { starred: true }, offset: 0, limit: 9 })).toMatchObject({
      value: { total: 1 },
    })
    expect(await (await second.page(`/print/${id}`))?.text()).toContain('Đoạn một của Tin một.')
    expect((await verifyAll(second)).damaged).toEqual([])
  })

  it('a second writer imports the pictures saved with a page, even if the caller gives a relative path to the page', async () => {
    const root = await temporaryFolder()
    await open(root)
    const second = await open(root)
    const folder = await folderOf({
      'tin.html': `<h1>Tin có ảnh</h1><p>${'Nội dung của tin. '.repeat(9)}</p><img src="tin_files/a.png">`,
      'tin_files/a.png': png,
    })
    const path = relative('.', join(folder, 'tin.html'))
    const { added, failed } = await importPaths(second, [path], quietRun)
    expect(failed).toEqual([])
    expect(added).toMatchObject([{ path }])
    expect(await second.call('getBulletin', { id: added[0]?.id })).toMatchObject({
      value: { missing: [], bodyHtml: expect.stringContaining('<img src="files/') as string },
    })
  })

  it('a second writer receives the events and the errors of the first writer', async () => {
    const root = await temporaryFolder()
    const first = await open(root)
    const second = await open(root)
    const events: NumberedEvent[] = []
    second.on((event) => events.push(event))
    // The event stream may not be open yet, so the test changes the settings until an event arrives.
    await expect
      .poll(async () => {
        await first.call('changeSettings', { theme: 'night' })
        return events.some(({ event }) => event.type === 'settings-changed')
      })
      .toBe(true)
    expect(await second.call('getBulletin', { id: '0123456789abcdef' })).toMatchObject({
      ok: false,
      error: { code: 'bulletin-not-found', details: { id: '0123456789abcdef' } },
    })
    expect(await second.call('nonsense', {})).toMatchObject({ ok: false, error: { code: 'unknown-method' } })
    expect(await second.call('openExternal', { url: 'file:///etc/passwd' })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    })
    expect(await second.page('/print/0123456789abcdef')).toBeNull()
    expect(await second.page('/media/0123456789abcdef/x.png')).toBeNull()
  })

  it('a second writer takes over the library when the first writer ends, and loses no update', async () => {
    const root = await temporaryFolder()
    const first = await open(root)
    const second = await open(root)
    await importItems(first, [file('mot.txt', text('Tin một'))])
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${at}.txt`, text(`Tin số ${at}`)]))
    const [imported] = await Promise.all([importPaths(second, [await folderOf(files)], quietRun), first.close()])
    expect(imported.failed).toEqual([])
    expect(await listed(second)).toHaveLength(51)
    const lock = holderSchema.parse(JSON.parse(await readFile(join(root, 'library.lock'), 'utf8')))
    expect(lock.socket).not.toBeNull()
  })

  it('a second writer gets the name of the program that holds the library if that program cannot be reached', async () => {
    const root = await temporaryFolder()
    const holder = {
      pid: process.pid,
      processStarted: null,
      since: '2026-11-24T03:15:00.000Z',
      host: 'may-khac',
      program: 'Bản Tin',
      socket: null,
      token: 'x',
    }
    await writeFile(join(root, 'library.lock'), JSON.stringify(holder))
    await expect(open(root)).rejects.toMatchObject({
      code: 'library-locked',
      details: { program: 'Bản Tin', host: 'may-khac' },
    })
  })
})

describe('the socket of the process that holds the library', () => {
  it('the socket refuses a request without the token', async () => {
    const root = await temporaryFolder()
    await open(root)
    const lock = holderSchema.parse(JSON.parse(await readFile(join(root, 'library.lock'), 'utf8')))
    const statusOf = (token: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = request(
          {
            socketPath: lock.socket ?? '',
            path: '/call',
            method: 'POST',
            headers: { authorization: `Bearer ${token}` },
          },
          (response) => {
            response.resume()
            resolve(response.statusCode)
          },
        )
        sent.once('error', reject)
        sent.end(JSON.stringify({ method: 'countBulletins', input: {} }))
      })
    expect(await statusOf('')).toBe(403)
    expect(await statusOf(`${lock.token}x`)).toBe(403)
    expect(await statusOf(lock.token)).toBe(200)
  })
})

describe('an import of paths', () => {
  it('an import of paths ends when another program cancels its job, and does not start again', async () => {
    const app = await open(await temporaryFolder())
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${at}.txt`, text(`Tin số ${at}`)]))
    const started = new Set<string>()
    app.on(({ event }) => {
      if (event.type !== 'job-changed' || event.job.kind !== 'import' || started.has(event.job.id)) return
      started.add(event.job.id)
      void app.call('cancelJob', { jobId: event.job.id })
    })
    const { failed } = await importPaths(app, [await folderOf(files)], quietRun)
    expect(started.size).toBe(1)
    expect(failed.at(-1)).toMatchObject({ code: 'cancelled' })
  })
})
