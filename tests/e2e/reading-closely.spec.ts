import AxeBuilder from '@axe-core/playwright'
import type { FrameLocator, Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { dropPage, selectWords, versions } from './reading-closely'

/** axe waits for timers, which never come in the frame: it looks at the page without it. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .exclude('iframe')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

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

for (const theme of ['Nền giấy', 'Nền trắng', 'Nền tối', 'Tương phản cao'])
  test(`axe finds nothing in notes, listening, versions and the script: ${theme}`, async ({ page, article }) => {
    test.slow()
    await openChanged(page, article)
    await page.getByRole('button', { name: 'Kiểu chữ' }).click()
    await page.getByRole('radio', { name: theme }).click()
    await page.keyboard.press('Escape')
    await selectWords(article, 'theo dõi và xử lý')
    await page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
    await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('Xem lại.')
    expect(await violations(page), 'note').toEqual([])
    await page.getByRole('button', { name: 'Lưu', exact: true }).click()
    await openMarks(page)
    await selectWords(article, 'Các cơ quan')
    await expect(page.getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })).toBeVisible()
    await page.getByRole('button', { name: 'Nghe đọc' }).click()
    await expect(page.getByRole('region', { name: 'Nghe đọc bản tin' })).toContainText('chưa có giọng đọc')
    expect(await violations(page), 'bar, list, listening').toEqual([])
    await page.getByRole('button', { name: 'Bản đọc truyền thanh' }).click()
    await expect(page.getByRole('dialog')).toContainText('phút')
    expect(await violations(page), 'script').toEqual([])
    await page.keyboard.press('Escape')
    await article.getByRole('button', { name: 'Xem chỗ đã sửa' }).click()
    await expect(page.getByRole('dialog').locator('ins').first()).toBeVisible()
    expect(await violations(page), 'versions').toEqual([])
    await page.getByRole('radio', { name: 'Hai cột' }).click()
    expect(await violations(page), 'two columns').toEqual([])
  })

test('axe finds nothing in them on a phone', async ({ page, article }) => {
  test.slow()
  await openChanged(page, article)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Nghe', exact: true }).click()
  await openMarks(page)
  expect(await violations(page), 'list and listening').toEqual([])
  await page.getByRole('complementary').getByRole('button', { name: 'Đóng' }).click()
  await article.getByRole('button', { name: 'Xem chỗ đã sửa' }).click()
  await page.getByRole('button', { name: 'Đọc bản này' }).click()
  await expect(page.getByText(/^Đang đọc bản lưu số 1/)).toBeVisible()
  expect(await violations(page), 'an older version').toEqual([])
})
