import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { cli, expect, root, test } from './fixtures'

test('eight tabs all hear of a change, and calls go through', async ({ host, page }) => {
  const tabs = [page]
  for (let count = 1; count < 8; count++) {
    const tab = await host.openAnother()
    await tab.setViewportSize({ width: 1366, height: 768 })
    tabs.push(tab)
  }
  for (const tab of tabs) await expect(tab.getByRole('button', { name: 'Gắn sao', exact: true })).toBeVisible()
  await tabs[7]?.getByRole('button', { name: 'Gắn sao', exact: true }).click()
  for (const [at, tab] of tabs.entries())
    await expect(tab.getByRole('button', { name: 'Bỏ gắn sao' }), `tab ${at + 1}`).toBeVisible()
  // The tab that holds the stream goes: another takes it over.
  await tabs[0]?.close()
  await tabs[3]?.getByRole('button', { name: 'Bỏ gắn sao' }).click()
  for (const [at, tab] of tabs.slice(1).entries())
    await expect(
      tab.getByRole('button', { name: 'Gắn sao', exact: true }),
      `tab ${at + 2} after the first closed`,
    ).toBeVisible()
})

test('a command that writes is done by the running host, and every tab shows it', async ({ host, page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  const file = join(root, 'tests', 'fixtures', 'bulletins', 'khai-giang.txt')
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

test('says so when the host is gone', async ({ host, page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await host.stopServer?.()
  await expect(page.locator('.banner')).toContainText('Không liên lạc được với chương trình.')
})
