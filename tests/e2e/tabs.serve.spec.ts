import { execFileSync } from 'node:child_process'
import { cli, expect, test } from './fixtures'

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

test('a second writer is told who holds the library, with exit code 3', ({ host }) => {
  const run = (): string =>
    execFileSync(process.execPath, [cli, 'mark', '0000000000000000', '--read', '--library', host.libraryFolder], {
      stdio: 'pipe',
      encoding: 'utf8',
    })
  let failure: { status?: number; stderr?: string } = {}
  try {
    run()
  } catch (thrown) {
    failure = thrown as { status: number; stderr: string }
  }
  expect(failure.status).toBe(3)
  expect(failure.stderr).toContain('đang được bantin serve dùng')
})

test('says so when the host is gone', async ({ host, page }) => {
  await expect(page.getByRole('option')).toHaveCount(1)
  await host.stopServer?.()
  await expect(page.getByRole('alert')).toContainText('Không liên lạc được với chương trình.')
})
