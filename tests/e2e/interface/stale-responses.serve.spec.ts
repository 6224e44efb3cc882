import { readdirSync } from 'node:fs'
import { call, valueOf } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'
import { bulletinFixtures } from '../support/paths'
import { bulletinRows, importFixtures } from '../support/interface'

test('a late response never replaces a newer response', async ({ page }) => {
  await importFixtures(page, readdirSync(bulletinFixtures))
  const rows = bulletinRows(page)
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
  let heldCount = 0
  await page.route('**/api/call', async (route) => {
    if (route.request().postData()?.includes('"query":"nam 2026"') === true) {
      heldCount += 1
      await released
    }
    await route.continue()
  })
  const field = page.getByRole('searchbox')
  await field.fill('nam 2026')
  await expect.poll(() => heldCount).toBeGreaterThan(0)
  await field.fill('bac kan')
  await expect(rows).toHaveCount(1)
  const late = page.waitForResponse(
    (response) => response.request().postData()?.includes('"query":"nam 2026"') === true,
  )
  release(undefined)
  const { total } = ((await (await late).json()) as { value: { total: number } }).value
  // Control: the late response has a different result.
  expect(total).toBeGreaterThan(1)
  await expect(rows).toHaveCount(1)
  await expect(rows.first()).toContainText('Bắc Kạn')
})

test('an outdated settings event never undoes a change in the interface, not even for a moment', async ({ page }) => {
  const themes = await page.evaluateHandle(() => {
    const seen: string[] = []
    const look = (): unknown => seen.push(document.documentElement.dataset['theme'] ?? '')
    new MutationObserver(look).observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return seen
  })
  /** Sends an event in the same way as the tab that holds the event stream. */
  const sendEvent = (settings: unknown): Promise<void> =>
    page.evaluate((value) => {
      const event = { number: 0, event: { type: 'settings-changed', settings: value } }
      new BroadcastChannel('bantin-events').postMessage({ kind: 'event', event })
    }, settings)
  const before = await valueOf(page, 'getSettings', {})
  await page.getByRole('button', { name: 'Kiểu chữ' }).click()
  await page.getByRole('radio', { name: 'Nền tối' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
  const reloaded = page.waitForResponse((response) => response.request().postData()?.includes('getSettings') === true)
  await sendEvent(before)
  await reloaded
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
  expect(await themes.jsonValue()).toEqual(['night'])
  // Control: the page shows a change that another window makes.
  await call(page, 'changeSettings', { theme: 'white' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'white')
})
