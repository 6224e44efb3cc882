import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/axe'
import { expect, test } from '../support/fixtures'
import { selectText } from '../support/article-text'
import { openBothVersions } from '../support/page-versions'
import { chooseInMenu } from '../support/interface'

async function openAnnotations(page: Page): Promise<void> {
  await chooseInMenu(page, 'Ghi chú và chỗ tô màu')
  await expect(page.getByRole('complementary')).toBeVisible()
}

test('notes, reading aloud, revisions and the loudspeaker script have no accessibility violations', async ({
  host,
  page,
  article,
}) => {
  test.slow()
  await openBothVersions(page, article)
  await selectText(article, 'theo dõi và xử lý')
  await page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('Xem lại.')
  await expectAccessible(host, 'note')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await openAnnotations(page)
  await selectText(article, 'Các cơ quan')
  await expect(page.getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })).toBeVisible()
  await page.getByRole('button', { name: 'Nghe đọc' }).click()
  await expect(page.getByRole('region', { name: 'Nghe đọc bản tin' })).toContainText('chưa có giọng đọc')
  await expectAccessible(host, 'toolbar, annotations, reading aloud')
  await page.getByRole('button', { name: 'Bản đọc truyền thanh' }).click()
  await expect(page.getByRole('dialog')).toContainText('phút')
  await expectAccessible(host, 'script')
  await page.keyboard.press('Escape')
  await article.getByRole('button', { name: 'Xem chỗ đã sửa' }).click()
  await expect(page.getByRole('dialog').locator('ins').first()).toBeVisible()
  await expectAccessible(host, 'revisions')
  await page.getByRole('radio', { name: 'Hai cột' }).click()
  await expectAccessible(host, 'two columns')
})

test('notes, reading aloud and revisions have no accessibility violations on a phone', async ({
  host,
  page,
  article,
}) => {
  test.slow()
  await openBothVersions(page, article)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Nghe', exact: true }).click()
  await openAnnotations(page)
  await expectAccessible(host, 'annotations and reading aloud')
  await page.getByRole('complementary').getByRole('button', { name: 'Đóng' }).click()
  await article.getByRole('button', { name: 'Xem chỗ đã sửa' }).click()
  await page.getByRole('button', { name: 'Đọc bản này' }).click()
  await expect(page.getByText(/^Đang đọc bản lưu số 1/)).toBeVisible()
  await expectAccessible(host, 'an older revision')
})
