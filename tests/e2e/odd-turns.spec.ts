import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { call, expect, root, test } from './fixtures'
import { selectWords } from './reading-closely'

const fixtures = join(root, 'tests', 'fixtures', 'bulletins')
const names = ['canh-bao-mua-lu.txt', 'khai-giang.txt', 'tuyen-quan.txt']

const list = (page: Page): Locator => page.getByRole('listbox', { name: 'Danh sách bản tin' })
const rows = (page: Page): Locator => list(page).getByRole('option')
const titleOf = async (page: Page, at: number): Promise<string> =>
  (await rows(page).nth(at).locator('.title').textContent()) ?? ''

/** The sample and three bulletins of our own, none of them open but the last. */
async function importAll(page: Page): Promise<void> {
  await expect(rows(page)).toHaveCount(1)
  await page.locator('input[type=file]').setInputFiles(names.map((name) => join(fixtures, name)))
  await expect(rows(page)).toHaveCount(4)
}

test('what was read to its end is not begun when the next is opened', async ({ page, article }) => {
  await importAll(page)
  const heading = article.getByRole('heading', { level: 1 })
  const sample = rows(page).filter({ hasText: 'Đẩy mạnh phong trào' })
  await sample.click()
  await expect(heading).toContainText('Đẩy mạnh')
  const scroll = (share: number): Promise<void> =>
    article.locator('html').evaluate((page_, part) => {
      page_.scrollTop = page_.scrollHeight * part
    }, share)
  const started = page.getByRole('button', { name: /^Đang đọc dở/ })
  // Control: half read it is.
  await scroll(0.4)
  await expect(started).toHaveAccessibleName(/1$/)
  await scroll(1)
  await expect(page.getByText('đã đọc hết')).toBeVisible()
  await rows(page).filter({ hasNotText: 'Đẩy mạnh phong trào' }).first().click()
  await expect(heading).not.toContainText('Đẩy mạnh')
  await page.waitForTimeout(800)
  await expect(started).toHaveAccessibleName(/0$/)
})
