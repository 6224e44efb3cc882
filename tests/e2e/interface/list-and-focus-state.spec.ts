import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { call, valueOf } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'
import { selectText } from '../support/article-text'
import { bulletinFixtures } from '../support/paths'
import { bulletinList, bulletinRows, chooseFiles, chooseInMenu, importFixtures } from '../support/interface'

const titleOf = async (page: Page, at: number): Promise<string> =>
  (await bulletinRows(page).nth(at).locator('.title').textContent()) ?? ''

/** Imports three bulletins beside the sample. The import opens the last one. */
const importThree = (page: Page): Promise<void> =>
  importFixtures(page, ['canh-bao-mua-lu.txt', 'khai-giang.txt', 'tuyen-quan.txt'])

test('"j" opens the unread bulletins one after another, although each leaves the list of unread ones', async ({
  page,
  article,
}) => {
  await importThree(page)
  const heading = article.getByRole('heading', { level: 1 })
  await page
    .getByRole('button', { name: /^Chưa đọc/ })
    .first()
    .click()
  await expect(bulletinRows(page)).toHaveCount(3)
  const titles = [await titleOf(page, 0), await titleOf(page, 1), await titleOf(page, 2)]
  await bulletinRows(page).first().click()
  for (const [at, title] of titles.entries()) {
    await expect(heading).toHaveText(title)
    await expect(bulletinRows(page)).toHaveCount(2 - at)
    await page.keyboard.press('j')
  }
  // The list of all bulletins is complete again.
  await page.getByRole('button', { name: /^Tất cả bản tin/ }).click()
  await expect(bulletinRows(page)).toHaveCount(4)
})

test('a bulletin that was read to its end does not count as started', async ({ page, article }) => {
  await importThree(page)
  const heading = article.getByRole('heading', { level: 1 })
  const sample = bulletinRows(page).filter({ hasText: 'Đẩy mạnh phong trào' })
  await sample.click()
  await expect(heading).toContainText('Đẩy mạnh')
  const scroll = (share: number): Promise<void> =>
    article.locator('html').evaluate((root, part) => {
      root.scrollTop = root.scrollHeight * part
    }, share)
  const started = page.getByRole('button', { name: /^Đang đọc dở/ })
  // Control: a half-read bulletin counts as started.
  await scroll(0.4)
  await expect(started).toHaveAccessibleName(/1$/)
  await scroll(1)
  await expect(page.getByText('đã đọc hết')).toBeVisible()
  await bulletinRows(page).filter({ hasNotText: 'Đẩy mạnh phong trào' }).first().click()
  await expect(heading).not.toContainText('Đẩy mạnh')
  await page.waitForTimeout(800)
  await expect(started).toHaveAccessibleName(/0$/)
})

test('the active row follows its bulletin when others arrive, and moves to a neighbour when it is deleted', async ({
  host,
  page,
}) => {
  await importFixtures(page, ['khai-giang.txt'])
  const active = page.locator('.row.active .title')
  await bulletinList(page).focus()
  await page.keyboard.press('End')
  const last = await titleOf(page, 1)
  await expect(active).toHaveText(last)
  const other = await host.openAnother()
  await chooseFiles(
    other,
    ['canh-bao-mua-lu.txt', 'tuyen-quan.txt'].map((name) => join(bulletinFixtures, name)),
  )
  await expect(bulletinRows(page)).toHaveCount(4)
  await expect(active).toHaveText(last)
  await page.keyboard.press('Delete')
  await expect(bulletinRows(page)).toHaveCount(3)
  await expect(active).toHaveText(await titleOf(page, 2))
  await expect(bulletinList(page)).toBeFocused()
})

test('the list keeps its scroll position behind another view, even if the open row is out of view', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 420 })
  await importThree(page)
  await bulletinRows(page).first().click()
  for (const top of [0, 10_000]) {
    const scroll = (): Promise<number> => bulletinList(page).evaluate((element) => element.scrollTop)
    await bulletinList(page).evaluate((element, given) => element.scrollTo({ top: given }), top)
    await expect(bulletinRows(page).nth(top === 0 ? 0 : -1)).toBeInViewport()
    const before = await scroll()
    await page.keyboard.press('Control+,')
    await expect(bulletinList(page)).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(bulletinList(page)).toBeVisible()
    await expect.poll(scroll).toBe(before)
    await page.waitForTimeout(300)
    expect(await scroll()).toBe(before)
  }
})

test('the focus returns to its button when a dialog, a panel or a toolbar closes', async ({ page, article }) => {
  await importThree(page)
  await bulletinRows(page)
    .first()
    .click({ modifiers: ['Control'] })
  const bar = page.getByRole('toolbar', { name: /đã chọn/ })
  const labels = bar.getByRole('button', { name: 'Nhãn và thư mục…' })
  await labels.click()
  await page.getByRole('textbox', { name: 'Nhãn' }).fill('họp')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(labels).toBeFocused()
  await bar.getByRole('button', { name: 'Xóa' }).click()
  await expect(bulletinList(page)).toBeFocused()
  const filters = page.getByRole('button', { name: 'Lọc thêm' })
  await filters.click()
  await page.keyboard.press('Escape')
  await expect(filters).toBeFocused()
  const listen = page.getByRole('button', { name: 'Nghe đọc' })
  await listen.click()
  await page.getByRole('button', { name: 'Thôi nghe' }).click()
  await expect(listen).toBeFocused()
  await page.getByRole('button', { name: 'Cài đặt' }).click()
  await page.getByRole('button', { name: 'Đóng' }).first().click()
  await expect(page.getByRole('button', { name: 'Cài đặt' })).toBeFocused()
  // A click in the article closes the panel and keeps the focus in the article.
  await page.getByRole('button', { name: 'Kiểu chữ' }).click()
  await article.locator('.title').click({ position: { x: 20, y: 12 } })
  await expect(page.getByRole('dialog', { name: 'Kiểu chữ' })).toHaveCount(0)
  await expect(page.locator('iframe[title="Nội dung bản tin"]')).toBeFocused()
  await chooseInMenu(page, 'Xóa')
  await expect(bulletinList(page)).toBeFocused()
})

test('a message and its button are usable while a dialog is open', async ({ page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Gắn sao', exact: true }).click()
  await bulletinRows(page)
    .first()
    .click({ modifiers: ['Control'] })
  await page
    .getByRole('toolbar', { name: /đã chọn/ })
    .getByRole('button', { name: 'Đánh dấu đã đọc' })
    .click()
  await page.getByRole('button', { name: 'Nghe đọc' }).click()
  await page.getByRole('button', { name: 'Bản đọc truyền thanh' }).click()
  const dialog = page.getByRole('dialog', { name: 'Bản đọc truyền thanh' })
  await dialog.getByRole('button', { name: 'Chép' }).click()
  const message = page.getByRole('status').filter({ hasText: /chép/i })
  await expect(message).toBeVisible()
  await message.getByRole('button', { name: 'Đóng' }).click({ timeout: 3000 })
  await expect(message).toHaveCount(0)
  await expect(dialog).toBeVisible()
})

test('a note belongs to the bulletin of its selection, even if another one was opened meanwhile', async ({
  page,
  article,
}) => {
  await importThree(page)
  const heading = article.getByRole('heading', { level: 1 })
  await bulletinRows(page).nth(0).click()
  await expect(heading).toHaveText(await titleOf(page, 0))
  await bulletinRows(page).filter({ hasText: 'Đẩy mạnh phong trào' }).click()
  await expect(heading).toContainText('Đẩy mạnh')
  await selectText(article, 'phong trào thi đua')
  await page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('Hỏi lại văn thư.')
  await page.goBack()
  await expect(heading).not.toContainText('Đẩy mạnh')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByText('Đã lưu ghi chú.')).toBeVisible()
  const { items } = await valueOf(page, 'searchBulletins', { query: 'thi đua', filter: {}, offset: 0, limit: 9 })
  const id = items.find(({ title }) => title.startsWith('Đẩy mạnh'))?.id
  const { status } = await valueOf(page, 'getBulletin', { id })
  expect(status.notes.map(({ text }) => text)).toEqual(['Hỏi lại văn thư.'])
})

test('every option of the print dialog is reachable at 400 % zoom', async ({ page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await page.setViewportSize({ width: 342, height: 192 })
  await page.getByRole('button', { name: 'In', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'In bản tin' })
  for (const part of [
    dialog.getByRole('combobox', { name: 'Khổ giấy' }),
    dialog.getByRole('button', { name: 'In', exact: true }),
  ]) {
    await part.scrollIntoViewIfNeeded()
    await expect(part).toBeInViewport({ ratio: 1 })
  }
})

test('the English text of every radio button fits into its button', async ({ page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await call(page, 'changeSettings', { language: 'en' })
  await page.getByRole('button', { name: 'Print', exact: true }).click()
  await expect(page.getByRole('radio', { name: 'Landscape' })).toBeVisible()
  const cut = await page
    .getByRole('radiogroup')
    .evaluateAll((groups) =>
      groups.filter((group) => group.scrollWidth > group.clientWidth).map((group) => group.textContent),
    )
  expect(cut).toEqual([])
})

test('the menu deletes an open bulletin that is not in the trash while the trash is listed', async ({
  page,
  article,
}) => {
  await importThree(page)
  await bulletinRows(page).first().click()
  await bulletinRows(page)
    .last()
    .click({ modifiers: ['Control'] })
  await page
    .getByRole('toolbar', { name: /đã chọn/ })
    .getByRole('button', { name: 'Xóa' })
    .click()
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('button', { name: /^Thùng rác/ }).click()
  await expect(bulletinRows(page)).toHaveCount(1)
  await chooseInMenu(page, 'Xóa')
  await expect(bulletinRows(page)).toHaveCount(2)
  await bulletinRows(page).first().click()
  await chooseInMenu(page, 'Khôi phục')
  await expect(bulletinRows(page)).toHaveCount(1)
})
