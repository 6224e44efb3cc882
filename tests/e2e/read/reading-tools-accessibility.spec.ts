import type { FrameLocator, Page } from '@playwright/test'
import { expectAccessible } from '../support/axe'
import { expect, test } from '../support/fixtures'
import { dropPage, selectWords, versions } from '../support/page-versions'

async function openChanged(page: Page, article: FrameLocator): Promise<void> {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  for (const [at, html] of versions.entries()) {
    await dropPage(page, `lich-${at}.html`, html)
    await expect(article.locator('.body')).toContainText(at === 0 ? 'ngày 5 hằng tháng' : 'ngày 7 hằng tháng')
  }
}

async function openMarks(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Việc khác' }).click()
  await page.getByRole('menuitem', { name: 'Ghi chú và chỗ tô màu' }).click()
  await expect(page.getByRole('complementary')).toBeVisible()
}

test('axe finds nothing in notes, listening, versions and the script', async ({ host, page, article }) => {
  test.slow()
  await openChanged(page, article)
  await selectWords(article, 'theo dõi và xử lý')
  await page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('Xem lại.')
  await expectAccessible(host, 'note')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await openMarks(page)
  await selectWords(article, 'Các cơ quan')
  await expect(page.getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })).toBeVisible()
  await page.getByRole('button', { name: 'Nghe đọc' }).click()
  await expect(page.getByRole('region', { name: 'Nghe đọc bản tin' })).toContainText('chưa có giọng đọc')
  await expectAccessible(host, 'bar, list, listening')
  await page.getByRole('button', { name: 'Bản đọc truyền thanh' }).click()
  await expect(page.getByRole('dialog')).toContainText('phút')
  await expectAccessible(host, 'script')
  await page.keyboard.press('Escape')
  await article.getByRole('button', { name: 'Xem chỗ đã sửa' }).click()
  await expect(page.getByRole('dialog').locator('ins').first()).toBeVisible()
  await expectAccessible(host, 'versions')
  await page.getByRole('radio', { name: 'Hai cột' }).click()
  await expectAccessible(host, 'two columns')
})

test('axe finds nothing in them on a phone', async ({ host, page, article }) => {
  test.slow()
  await openChanged(page, article)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Nghe', exact: true }).click()
  await openMarks(page)
  await expectAccessible(host, 'list and listening')
  await page.getByRole('complementary').getByRole('button', { name: 'Đóng' }).click()
  await article.getByRole('button', { name: 'Xem chỗ đã sửa' }).click()
  await page.getByRole('button', { name: 'Đọc bản này' }).click()
  await expect(page.getByText(/^Đang đọc bản lưu số 1/)).toBeVisible()
  await expectAccessible(host, 'an older version')
})
