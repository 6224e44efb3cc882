import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { type LongListCall, bulletinIdOf, simulateLongList } from '../support/long-list'

const rowHeight = 112

async function scrollToRow(page: Page, at: number): Promise<void> {
  await page.getByRole('listbox').evaluate((list, top) => list.scrollTo({ top }), at * rowHeight)
  await expect(page.locator(`#row-${at}`)).toContainText(`Thông báo số ${at} `)
}

test('a list that the user scrolls requests each page of rows once, and requests nothing after scrolling has stopped', async ({
  page,
}) => {
  const calls: LongListCall[] = []
  await simulateLongList(page, calls)
  await page.reload()
  await expect(page.locator('#row-0')).toBeVisible()
  calls.length = 0
  // The test loads more pages than the list keeps in memory.
  for (let at = 100; at <= 1800; at += 100) await scrollToRow(page, at)
  const offsets = calls.filter(({ method }) => method === 'listBulletins').map(({ input }) => input.offset)
  expect(offsets.length).toBeGreaterThanOrEqual(18)
  expect(offsets).toEqual([...new Set(offsets)])
  calls.length = 0
  await page.waitForTimeout(500)
  expect(calls).toEqual([])
  // The list loads this page again, because the page was removed from memory.
  await scrollToRow(page, 0)
  expect(calls.map(({ input }) => input.offset)).toContain(0)
})

test('the user can open and select bulletins whose rows are not loaded', async ({ page }) => {
  const calls: LongListCall[] = []
  await simulateLongList(page, calls)
  await page.reload()
  await scrollToRow(page, 3)
  await page.locator('#row-3').click()
  await expect.poll(() => calls.some(({ input }) => input.id === bulletinIdOf(3))).toBe(true)
  for (const at of [500, 1000, 1500, 2000, 3000]) await scrollToRow(page, at)
  for (let at = 3100; at <= 4400; at += 100) await scrollToRow(page, at)
  // The key "j" opens the bulletin below the open one, wherever the list is scrolled.
  calls.length = 0
  await page.keyboard.press('j')
  await expect.poll(() => calls.find(({ method }) => method === 'getBulletin')?.input.id).toBe(bulletinIdOf(4))
  await scrollToRow(page, 10)
  await page.locator('#row-10').click({ modifiers: ['Control'] })
  await scrollToRow(page, 2510)
  await page.locator('#row-2510').click({ modifiers: ['Shift'] })
  await expect(page.locator('.list')).toContainText('2.501')
  // The dialog shows the titles of the selected bulletins without loading each bulletin.
  calls.length = 0
  await page
    .getByRole('toolbar', { name: 'Việc với các bản tin đã chọn' })
    .getByRole('button', { name: 'Xuất ra tệp…' })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Xuất ra tệp' })
  await expect(dialog).toContainText('2.501')
  expect(calls.filter(({ method }) => method === 'getBulletin')).toEqual([])
})
