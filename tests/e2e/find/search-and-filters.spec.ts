import { readdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { bulletinFixtures } from '../support/paths'
import { bulletinRows, chooseInMenu, importFixtures } from '../support/interface'
import { highlightedTexts } from '../support/article-text'

/** Imports all fixture bulletins into the library with the sample. */
async function importAll(page: Page): Promise<void> {
  await importFixtures(page, readdirSync(bulletinFixtures))
  await expect(page.getByText('7 bản tin', { exact: true })).toBeVisible()
}

test('the search finds text from a query without diacritics, highlights the matches, and goes from match to match', async ({
  page,
  article,
}) => {
  await importAll(page)
  await page.keyboard.press('/')
  await page.keyboard.type('bac kan')
  const rows = bulletinRows(page)
  await expect(rows).toHaveCount(1)
  await expect(rows.first().locator('mark').first()).toHaveText('Bắc Kạn')
  await rows.first().click()
  await expect(article.getByRole('heading', { level: 1 })).toContainText('Bắc Kạn')
  const bar = page.getByRole('group', { name: 'Chỗ khớp trong bài' })
  await expect(bar).toContainText(/^1\/\d+ chỗ khớp/)
  await bar.getByRole('button', { name: 'Chỗ khớp sau' }).click()
  await expect(bar).toContainText(/^2\//)
  await bar.getByRole('button', { name: 'Chỗ khớp trước' }).click()
  await bar.getByRole('button', { name: 'Chỗ khớp trước' }).click()
  const [, last, count] = /^(\d+)\/(\d+)/.exec((await bar.textContent())?.trim() ?? '') ?? []
  expect(last).toBe(count)
  const marked = await highlightedTexts(article, 'match')
  expect(marked.length).toBe(Number(count))
  expect(marked.filter((text) => text === 'Bắc Kạn').length).toBeGreaterThan(3)
  await page.getByRole('searchbox').press('Escape')
  await expect(rows).toHaveCount(7)
  await expect(bar).toHaveCount(0)
})

test('the list says that a query has no matches, and accepts a query with special characters', async ({ page }) => {
  await importAll(page)
  const field = page.getByRole('searchbox')
  for (const query of ['zzz', '"', 'NEAR(', '*', '-']) {
    await field.fill(query)
    await expect(page.getByRole('status').filter({ hasText: 'lỗi' })).toHaveCount(0)
  }
  await field.fill('quốc tế zulu')
  await expect(page.getByText('Không tìm thấy bản tin nào.')).toBeVisible()
})

test('the user can move bulletins to the trash, restore bulletins, and empty the trash after a confirmation', async ({
  page,
}) => {
  await importAll(page)
  const rows = bulletinRows(page)
  await rows.first().click()
  await chooseInMenu(page, 'Xóa')
  await expect(rows).toHaveCount(6)
  await page.getByRole('button', { name: 'Hoàn tác' }).click()
  await expect(rows).toHaveCount(7)
  await rows.nth(0).click({ modifiers: ['Control'] })
  await rows.nth(2).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('toolbar', { name: 'Việc với các bản tin đã chọn' })
  await expect(bar).toContainText('Đã chọn 3')
  await bar.getByRole('button', { name: 'Xóa' }).click()
  await expect(rows).toHaveCount(4)
  await page.getByRole('button', { name: /^Thùng rác/ }).click()
  await expect(rows).toHaveCount(3)
  await page.getByRole('button', { name: 'Dọn sạch thùng rác' }).click()
  await page.getByRole('button', { name: 'Xóa hẳn' }).click()
  await expect(page.getByText('Thùng rác trống.')).toBeVisible()
  await page.getByRole('button', { name: /^Tất cả bản tin/ }).click()
  await expect(rows).toHaveCount(4)
})

test('the user can give several bulletins tags and a folder, and filter the list by both in the left column', async ({
  page,
}) => {
  await importAll(page)
  const rows = bulletinRows(page)
  await rows.nth(0).click({ modifiers: ['Control'] })
  await rows.nth(1).click({ modifiers: ['Control'] })
  await page
    .getByRole('toolbar', { name: 'Việc với các bản tin đã chọn' })
    .getByRole('button', { name: 'Nhãn và thư mục…' })
    .click()
  await page.getByLabel('Nhãn', { exact: true }).fill('họp, thôn')
  await page.getByLabel('Thư mục', { exact: true }).fill('Dán bảng tin')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await page.getByRole('button', { name: 'Dán bảng tin 2' }).click()
  await expect(rows).toHaveCount(2)
  await page.getByRole('button', { name: 'họp 2' }).click()
  await expect(rows).toHaveCount(2)
  await page.getByRole('searchbox').fill('nhan:thôn')
  await expect(rows).toHaveCount(2)
})

test('several conditions filter the list together, and the button of a condition removes that condition', async ({
  page,
}) => {
  await importAll(page)
  const rows = bulletinRows(page)
  await page.getByRole('button', { name: 'Lọc thêm' }).click()
  const panel = page.getByRole('dialog', { name: 'Lọc thêm' })
  await panel.getByLabel('Từ ngày').fill('hôm qua')
  await panel.getByLabel('Từ ngày').press('Tab')
  await expect(panel.getByRole('alert')).toContainText('Ngày chưa đúng')
  await expect(rows).toHaveCount(7)
  await panel.getByLabel('Từ ngày').fill('2020')
  await panel.getByLabel('Từ ngày').press('Tab')
  await panel.getByLabel('Đến ngày').fill('30/9/2020')
  await panel.getByLabel('Đến ngày').press('Tab')
  await expect(panel.getByRole('alert')).toHaveCount(0)
  await expect(rows).toHaveCount(1)
  await expect(panel.getByLabel('Từ ngày')).toHaveValue('01/01/2020')
  await panel.getByRole('button', { name: 'Xong' }).click()
  await page.getByRole('button', { name: 'Bỏ lọc Từ 01/01/2020' }).click()
  await expect(page.getByRole('button', { name: /^Bỏ lọc Đến/ })).toBeVisible()
  await page.getByRole('button', { name: /^Bỏ lọc Đến/ }).click()
  await expect(rows).toHaveCount(7)
})

test('a button reverses the order of the list', async ({ page }) => {
  await importAll(page)
  const titles = page.locator('.list .row .title')
  const newestFirst = await titles.allInnerTexts()
  await page.getByRole('combobox', { name: 'Thứ tự' }).selectOption('Cũ nhất trước')
  await expect(titles.first()).toHaveText(newestFirst.at(-1) ?? '')
  expect(await titles.allInnerTexts()).toEqual(newestFirst.toReversed())
})

test('the search understands keys typed without a Vietnamese keyboard, says how, and highlights the matches', async ({
  page,
}) => {
  await importAll(page)
  await page.keyboard.press('/')
  await page.keyboard.type('dday manhj')
  const rows = bulletinRows(page)
  await expect(rows.first().locator('mark').first()).toHaveText(/đẩy mạnh/i)
  const notice = page.getByRole('status').filter({ hasText: 'Đã hiểu là:' })
  await expect(notice.getByRole('button')).toHaveText('đay mạnh')
  await notice.getByRole('button').click()
  await expect(page.getByRole('searchbox')).toHaveValue('đay mạnh')
  await expect(notice).toHaveCount(0)
  await page.getByRole('searchbox').fill('bac kna')
  await expect(notice.getByRole('button')).toHaveText('bac kan')
  await page.getByRole('searchbox').fill('xkqz')
  await expect(rows).toHaveCount(0)
  await expect(notice).toHaveCount(0)
})
