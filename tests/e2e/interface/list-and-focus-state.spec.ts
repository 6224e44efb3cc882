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

test('reading on by j goes through the unread one after another, though each leaves their list', async ({
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
  // Back in the list of all, k and j are neighbours again.
  await page.getByRole('button', { name: /^Tất cả bản tin/ }).click()
  await expect(bulletinRows(page)).toHaveCount(4)
})

test('what was read to its end is not begun when the next is opened', async ({ page, article }) => {
  await importThree(page)
  const heading = article.getByRole('heading', { level: 1 })
  const sample = bulletinRows(page).filter({ hasText: 'Đẩy mạnh phong trào' })
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
  await bulletinRows(page).filter({ hasNotText: 'Đẩy mạnh phong trào' }).first().click()
  await expect(heading).not.toContainText('Đẩy mạnh')
  await page.waitForTimeout(800)
  await expect(started).toHaveAccessibleName(/0$/)
})

test('the keyboard stays on its bulletin while others come before it, and on a row when the last goes', async ({
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

test('the list comes back from behind a view as it was left, also when its open row is out of sight', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 420 })
  await importThree(page)
  await bulletinRows(page).first().click()
  for (const place of [0, 10_000]) {
    const scroll = (): Promise<number> => bulletinList(page).evaluate((element) => element.scrollTop)
    await bulletinList(page).evaluate((element, top) => element.scrollTo({ top }), place)
    await expect(bulletinRows(page).nth(place === 0 ? 0 : -1)).toBeInViewport()
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

test('the focus comes back from dialogs, panels and bars, however they are closed', async ({ page, article }) => {
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
  // A panel that is left by a click in the article does not take the focus from it.
  await page.getByRole('button', { name: 'Kiểu chữ' }).click()
  await article.locator('.title').click({ position: { x: 20, y: 12 } })
  await expect(page.getByRole('dialog', { name: 'Kiểu chữ' })).toHaveCount(0)
  await expect(page.locator('iframe[title="Nội dung bản tin"]')).toBeFocused()
  await chooseInMenu(page, 'Xóa')
  await expect(bulletinList(page)).toBeFocused()
})

test('a message is seen and its button pressed while a dialog is open', async ({ page, article }) => {
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

test('a note belongs to the bulletin it was begun about, whatever is opened meanwhile', async ({ page, article }) => {
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

test('magnified to 400 % every option of the print dialog is reached', async ({ page, article }) => {
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

test('the words of every choice fit into its button, in English too', async ({ page, article }) => {
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

test('what is open beside the trash is moved there, not brought back from it', async ({ page, article }) => {
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
