import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { cli, bulletinFixtures } from '../support/paths'
import { expect, test } from '../support/fixtures'
import { setLaptopSize } from '../support/interface'

test('eight open tabs all receive the event of a change, and each of them can call the host', async ({
  host,
  page,
}) => {
  const tabs = [page]
  for (let count = 1; count < 8; count++) {
    const tab = await host.openAnother()
    await setLaptopSize(tab)
    tabs.push(tab)
  }
  for (const tab of tabs) await expect(tab.getByRole('button', { name: 'Gắn sao', exact: true })).toBeVisible()
  await tabs[7]?.getByRole('button', { name: 'Gắn sao', exact: true }).click()
  for (const [at, tab] of tabs.entries())
    await expect(tab.getByRole('button', { name: 'Bỏ gắn sao' }), `tab ${at + 1}`).toBeVisible()
  // Another tab takes over the event stream of the closed tab.
  await tabs[0]?.close()
  await tabs[3]?.getByRole('button', { name: 'Bỏ gắn sao' }).click()
  for (const [at, tab] of tabs.slice(1).entries())
    await expect(
      tab.getByRole('button', { name: 'Gắn sao', exact: true }),
      `tab ${at + 2} after the first closed`,
    ).toBeVisible()
})

test('a page loads its data only once, with its own event stream or with events from another tab', async ({
  host,
  page,
}) => {
  const called: string[] = []
  page.context().on('request', (request) => {
    if (request.url().endsWith('/api/call')) called.push((request.postDataJSON() as { method: string }).method)
  })
  const methods = ['getSettings', 'getHost', 'listSources', 'listRefreshes']
  const openAndCount = async (): Promise<{ tab: Page; calls: string[] }> => {
    called.length = 0
    const tab = await host.openAnother()
    await expect(tab.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeVisible()
    // The test waits longer than half a second. The event stream opens within this time, and a second load of the data,
    // if the page made one, would follow.
    await tab.waitForTimeout(700)
    return { tab, calls: called.filter((method) => methods.includes(method)).sort() }
  }
  await expect(page.locator('.list .row')).toHaveCount(1)
  const beside = await openAndCount()
  expect(beside.calls).toEqual(methods.toSorted())
  await page.close()
  await beside.tab.close()
  await sleep(300) // the browser needs this time to release the lock of the closed tabs
  expect((await openAndCount()).calls).toEqual(methods.toSorted())
})

test('the running host carries out changes from the command line, and its tab shows these changes', async ({
  host,
  page,
}) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  const file = join(bulletinFixtures, 'khai-giang.txt')
  const run = (...words: string[]): string =>
    execFileSync(process.execPath, [cli, ...words, '--library', host.libraryFolder, '--json'], {
      stdio: 'pipe',
      encoding: 'utf8',
    })
  const { added } = JSON.parse(run('import', file)) as { added: { id: string; path: string }[] }
  expect(added.map(({ path }) => path)).toEqual([file])
  await expect(page.locator('.list .row')).toHaveCount(2)
  run('trash', added[0]?.id ?? '')
  await expect(page.locator('.list .row')).toHaveCount(1)
})

test('a tab shows a message when the host has ended', async ({ host, page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await host.stopServer?.()
  await expect(page.locator('.banner')).toContainText('Không liên lạc được với chương trình.')
})
