import { call, valueOf } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'
import { selectText } from '../support/article-text'
import { bulletinList, bulletinRows, chooseInMenu, importThree, titleOfRow } from '../support/interface'

test('when a dialog, a panel or a toolbar closes, the focus returns to the button that opened it', async ({
  page,
  article,
}) => {
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

test('the user can reach a message and its button while a dialog is open', async ({ page, article }) => {
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

test('a new note belongs to the bulletin of the selected text, even if the user has opened another bulletin in the meantime', async ({
  page,
  article,
}) => {
  await importThree(page)
  const heading = article.getByRole('heading', { level: 1 })
  await bulletinRows(page).nth(0).click()
  await expect(heading).toHaveText(await titleOfRow(page, 0))
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

test('the user can reach every option of the print dialog at 400 % zoom', async ({ page, article }) => {
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
