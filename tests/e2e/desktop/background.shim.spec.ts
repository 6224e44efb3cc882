import { once } from 'node:events'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Portal, startPortal } from '../../portal/portal'
import { addSource, valueOf } from '../support/contract-calls'
import { callsOf, expect, test as base } from '../support/desktop-test'
import { root } from '../support/paths'

const test = base.extend<{ portal: Portal }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find what a fixture needs.
  portal: async ({}, use) => {
    const portal = await startPortal({ family: 'liferay', count: 2 })
    await use(portal)
    await portal.stop()
  },
})

/** Follows the portal, refreshes it once, and waits until the refresh has ended. Returns the id of the source. */
async function refreshPortal(page: Page, portal: Portal, settings: (id: string) => object): Promise<void> {
  const id = await addSource(page, portal.origin, 'Cổng thử', 'portal')
  await valueOf(page, 'changeSettings', settings(id))
  await valueOf(page, 'startRefresh', { sources: [id] })
  const isOver = async (): Promise<boolean> =>
    (await valueOf(page, 'listRefreshes', { limit: 10 })).refreshes.some(({ endedAt }) => endedAt !== null)
  await expect.poll(isOver, { timeout: 40_000 }).toBe(true)
}

test.describe('notifications', () => {
  test('a notification announces new bulletins of a chosen source, and a click on the notification shows the window', async ({
    start,
    portal,
  }) => {
    const shim = await start({ env: { SHIM_FOCUS: 'none' } })
    await refreshPortal(await shim.window(0), portal, (id) => ({ notifiedSources: [id] }))
    const shown = async (): Promise<unknown[]> => await callsOf(shim, 'notification.show')
    await expect.poll(shown).toEqual([[{ title: 'Có tin mới', body: 'Cổng thử: 2 bản tin mới' }]])
    const before = (await callsOf(shim, 'window.show')).length
    shim.send({ notification: 'click' })
    await expect.poll(async () => (await callsOf(shim, 'window.show')).length).toBe(before + 1)
  })

  test('no notification announces bulletins of a source that the user has not chosen', async ({ start, portal }) => {
    const shim = await start({ env: { SHIM_FOCUS: 'none' } })
    await refreshPortal(await shim.window(0), portal, () => ({ notifiedSources: [] }))
    expect(await callsOf(shim, 'notification.show')).toEqual([])
  })
})

test.describe('the program without a window', () => {
  test('the program ends with its last window if the user has not changed the setting', async ({ start }) => {
    const shim = await start()
    const page = await shim.window(0)
    const ended = once(shim.process, 'exit')
    // The browser of the shim ends with its last page, so the test opens another page first.
    await page.context().newPage()
    await page.close()
    expect((await ended)[0]).toBe(0)
    expect(await callsOf(shim, 'tray.new')).toEqual([])
  })

  test('the program keeps running in the notification area if the user has chosen so, and opens a window from there', async ({
    start,
  }) => {
    const shim = await start()
    const page = await shim.window(0)
    await valueOf(page, 'changeSettings', { keepsRunning: true })
    await expect.poll(async () => (await callsOf(shim, 'tray.new')).length).toBe(1)
    // The browser of the shim ends with its last page, so the test opens another page first.
    await page.context().newPage()
    await page.close()
    await expect.poll(async () => (await callsOf(shim, 'window.closed')).length).toBe(1)
    shim.send({ tray: 'Mở Bản Tin' })
    await expect((await shim.window(0)).locator('.list .row')).toHaveCount(1)
    const ended = once(shim.process, 'exit')
    shim.send({ tray: 'Thoát' })
    expect((await ended)[0]).toBe(0)
  })

  test('when the system starts the program at login, the program opens no window, and a click on its icon opens one', async ({
    start,
  }) => {
    const first = await start()
    await valueOf(await first.window(0), 'changeSettings', { keepsRunning: true })
    await first.stop()
    const shownBefore = (await callsOf(first, 'window.show')).length
    const login = await start({ words: ['.', '--background'] })
    await expect.poll(async () => (await callsOf(login, 'tray.new')).length).toBe(2)
    login.send({ tray: 'Mở Bản Tin' })
    await expect((await login.window(0)).locator('.list .row')).toHaveCount(1)
    // The number of calls shows that no window opened at login. Such a window would have been shown twice: at its start
    // and by the icon.
    expect((await callsOf(login, 'window.show')).length).toBe(shownBefore + 1)
  })

  test('the program keeps running on macOS, and its dock icon opens a new window', async ({ start }) => {
    const shim = await start({ env: { SHIM_PLATFORM: 'darwin' } })
    const page = await shim.window(0)
    const [menu] = (await callsOf(shim, 'menu.set')).at(-1) as [{ label?: string; role?: string }[]]
    expect(menu[0]?.label).toBe('bantin')
    expect(menu.map(({ role }) => role)).toContain('window')
    await page.context().newPage()
    await page.close()
    await expect.poll(async () => (await callsOf(shim, 'window.closed')).length).toBe(1)
    shim.send({ app: 'activate' })
    await expect((await shim.window(0)).locator('.list .row')).toHaveCount(1)
  })
})

test.describe('the start at login', () => {
  test('the start at login is changed only when the user changes the setting', async ({ start }) => {
    const shim = await start({ env: { SHIM_PLATFORM: 'darwin' } })
    const page = await shim.window(0)
    const calls = (): Promise<unknown[][]> => callsOf(shim, 'app.setLoginItemSettings')
    expect(await calls()).toEqual([])
    await valueOf(page, 'changeSettings', { startsAtLogin: true })
    await expect.poll(calls).toEqual([[{ openAtLogin: true }]])
    await valueOf(page, 'changeSettings', { theme: 'night' })
    await valueOf(page, 'changeSettings', { startsAtLogin: false })
    await expect.poll(calls).toEqual([[{ openAtLogin: true }], [{ openAtLogin: false }]])
  })

  test('the start at login opens no window on Windows', async ({ start }) => {
    const shim = await start({ env: { SHIM_PLATFORM: 'win32' } })
    await valueOf(await shim.window(0), 'changeSettings', { startsAtLogin: true })
    await expect
      .poll(() => callsOf(shim, 'app.setLoginItemSettings'))
      .toEqual([[{ openAtLogin: true, args: ['--background'] }]])
  })
})

test.describe('the icon of the program', () => {
  test('the icon of the program shows the number of new bulletins until the user returns to a window', async ({
    start,
    portal,
  }) => {
    const shim = await start({ env: { SHIM_FOCUS: 'none' } })
    const badges = (): Promise<unknown[][]> => callsOf(shim, 'app.setBadgeCount')
    await refreshPortal(await shim.window(0), portal, (id) => ({ notifiedSources: [id] }))
    await expect.poll(badges).toEqual([[2]])
    shim.send({ app: 'focus' })
    await expect.poll(badges).toEqual([[2], [0]])
  })

  test('the icon of the program has a menu in the dock of macOS that opens a window', async ({ start }) => {
    const shim = await start({ env: { SHIM_PLATFORM: 'darwin' } })
    await shim.window(0)
    const [menu] = (await callsOf(shim, 'dock.menu')).at(-1) as [{ label: string }[]]
    expect(menu.map(({ label }) => label)).toEqual(['Cửa sổ mới', 'Cập nhật mọi nguồn'])
    shim.send({ dock: 'Cửa sổ mới' })
    await expect((await shim.window(1)).locator('.list .row')).toHaveCount(1)
  })

  test('the jump list of Windows opens a window, also in a running program', async ({ folder, start }) => {
    const resources = join(root, 'resources')
    const env = {
      SHIM_PLATFORM: 'win32',
      SHIM_RESOURCES: dirname(resources),
      SHIM_SECOND_INSTANCE: JSON.stringify({ argv: ['bantin.exe', '--new-window'], folder }),
    }
    const shim = await start({ env })
    await expect((await shim.window(1)).locator('.list .row')).toHaveCount(1)
    const [tasks] = (await callsOf(shim, 'app.setUserTasks')).at(-1) as [{ title: string; arguments: string }[]]
    expect(tasks.map(({ title, arguments: words }) => [title, words])).toEqual([
      ['Cửa sổ mới', '--new-window'],
      ['Cập nhật mọi nguồn', '--refresh-all'],
    ])
  })

  test('the program sets no jump list if it runs from a checkout', async ({ start }) => {
    const shim = await start({ env: { SHIM_PLATFORM: 'win32' } })
    await shim.window(0)
    expect(await callsOf(shim, 'app.setUserTasks')).toEqual([])
  })
})
