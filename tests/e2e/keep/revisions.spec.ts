import { expect, test } from '../support/fixtures'
import { openBothVersions } from '../support/page-versions'
import { chooseInMenu } from '../support/interface'

test.beforeEach(({ page, article }) => openBothVersions(page, article))

test('the program says that the portal has changed a bulletin, and shows the difference inline and side by side', async ({
  page,
  article,
}) => {
  await expect(article.locator('.source-box')).toContainText('Nội dung đã khác so với lần lưu đầu.')
  await article.getByRole('button', { name: 'Xem chỗ đã sửa' }).click()
  const dialog = page.getByRole('dialog', { name: 'Các lần lưu' })
  await expect(dialog).toContainText('trang nguồn đã sửa nội dung')
  await expect(dialog).toContainText('lần lưu đầu')
  await expect(dialog.locator('ins').first()).toContainText('7')
  await expect(dialog.locator('del').first()).toContainText('5')
  await dialog.getByRole('radio', { name: 'Hai cột' }).click()
  const row = dialog.locator('tbody tr').first()
  await expect(row.locator('td').first()).toContainText('bắt đầu từ')
  await expect(row.locator('td').first().locator('del').last()).toContainText('8h00')
  await expect(row.locator('td').last().locator('ins').last()).toContainText('7h30')
})

test('the program opens an older revision, shows the number of this revision, and returns to the newest revision', async ({
  page,
  article,
}) => {
  await chooseInMenu(page, 'Các lần lưu')
  await page.getByRole('button', { name: 'Đọc bản này' }).click()
  await expect(article.locator('.body')).toContainText('Đoạn này chỉ có ở bản đầu')
  await expect(page.getByText(/^Đang đọc bản lưu số 1, ngày .* \(lần lưu đầu\)\.$/)).toBeVisible()
  await expect(article.locator('.source-box')).not.toContainText('Nội dung đã khác')
  await page.getByRole('button', { name: 'Về bản mới nhất' }).click()
  await expect(article.locator('.body')).not.toContainText('Đoạn này chỉ có ở bản đầu')
  await expect(page.getByText(/^Đang đọc bản lưu số/)).toHaveCount(0)
})

test('the program shows a text repair, and the user can undo the repair and apply it again', async ({
  page,
  article,
}) => {
  await page.getByRole('option').filter({ hasText: 'Đẩy mạnh phong trào' }).click()
  const box = article.locator('.source-box')
  await expect(box).toContainText('1 chữ Đ sai mã ở chú thích ảnh đã được sửa.')
  await box.getByRole('button', { name: 'Giữ như bản gốc' }).click()
  await expect(article.locator('figcaption')).toContainText('Ðẩy')
  await expect(box).not.toContainText('Nội dung đã khác')
  await box.getByRole('button', { name: 'Các lần lưu (2)' }).click()
  await expect(page.getByRole('dialog', { name: 'Các lần lưu' })).toContainText(
    'bỏ một chỗ sửa chữ, trang nguồn không đổi',
  )
  await page.keyboard.press('Escape')
  await box.getByRole('button', { name: 'Sửa lại' }).click()
  await expect(article.locator('figcaption')).toContainText('Đẩy')
})
