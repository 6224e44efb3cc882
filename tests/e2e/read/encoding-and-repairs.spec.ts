import type { FrameLocator, Locator, Page } from '@playwright/test'
import { encodeLegacy } from '../../unit/support/legacy-text'
import { expectAccessible } from '../support/axe'
import { expect, test } from '../support/fixtures'
import { bulletinRows, chooseFiles, chooseInMenu } from '../support/interface'

const title = 'Thông báo về việc tiêm phòng cho gia súc'
const body = 'ủy ban nhân dân xã tổ chức tiêm phòng cho trâu, bò của các hộ chăn nuôi trong tháng chín năm nay.'
const tcvn3Page = Buffer.from(
  encodeLegacy(`08/09/2020\n${title}\n\n${body}\n\nĐề nghị các hộ có mặt đúng giờ.`, 'tcvn3'),
)

async function importPage(page: Page, article: FrameLocator, buffer: Buffer): Promise<void> {
  await expect(page.locator('.list .row')).toHaveCount(1)
  await chooseFiles(page, [{ name: 'ban-tin.txt', mimeType: 'text/plain', buffer }])
  await expect(bulletinRows(page)).toHaveCount(2)
  await expect(article.locator('.kicker')).toBeVisible()
}

async function openDialog(page: Page): Promise<Locator> {
  await chooseInMenu(page, 'Sửa lỗi phông chữ…')
  return page.getByRole('dialog', { name: 'Sửa lỗi phông chữ…' })
}

test('the program decodes a TCVN3 page, and the user can undo each repair and apply it again', async ({
  page,
  article,
}) => {
  await importPage(page, article, tcvn3Page)
  await expect(article.getByRole('heading', { level: 1 })).toHaveText(title)
  const repair = article.locator('.repair', { hasText: 'ở tiêu đề' })
  await expect(repair).toContainText('chữ bảng mã TCVN3 (phông .Vn) ở tiêu đề đã được chuyển sang Unicode.')
  await repair.getByRole('button', { name: 'Giữ như bản gốc' }).click()
  await expect(article.getByRole('heading', { level: 1 })).toHaveText('Th«ng b¸o vÒ viÖc tiªm phßng cho gia sóc')
  await expect(article.locator('.body')).toContainText(body)
  await repair.getByRole('button', { name: 'Sửa lại' }).click()
  await expect(article.getByRole('heading', { level: 1 })).toHaveText(title)
})

test('the encoding dialog shows a preview of each encoding and applies the chosen encoding, and a button in the message undoes the change', async ({
  host,
  page,
  article,
}) => {
  await importPage(page, article, tcvn3Page)
  const dialog = await openDialog(page)
  const row = (name: string): Locator => dialog.locator('label', { hasText: name })
  await expect(dialog.getByRole('radio', { name: /^Tự nhận biết/ })).toBeChecked()
  await expect(row('Tự nhận biết: TCVN3 (phông .Vn)')).toContainText(title)
  await expect(row('VPS')).not.toContainText('Đang đọc thử…')
  await expect(row('VISCII')).not.toContainText(title)
  await expect(row('Unicode (UTF-8)')).toContainText('Th«ng b¸o vÒ viÖc tiªm phßng cho gia sóc')
  const apply = dialog.getByRole('button', { name: 'Áp dụng' })
  await expect(apply).toBeDisabled()
  await expectAccessible(host, 'encodings')

  await dialog.getByRole('radio', { name: /^VISCII/ }).check()
  await apply.click()
  await expect(dialog).toHaveCount(0)
  await expect(article.getByRole('heading', { level: 1 })).not.toHaveText(title)
  const toast = page.locator('.toast', { hasText: 'Đã đọc lại bằng bảng mã VISCII.' })
  await toast.getByRole('button', { name: 'Hoàn tác' }).click()
  await expect(article.getByRole('heading', { level: 1 })).toHaveText(title)
})

test('a keyboard user can choose an encoding, and can close the dialog without a change', async ({ page, article }) => {
  await importPage(page, article, tcvn3Page)
  const dialog = await openDialog(page)
  await expect(dialog.getByRole('radio', { name: /^Tự nhận biết/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('radio', { name: /^Unicode/ })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(article.getByRole('heading', { level: 1 })).toHaveText(title)
})

test('a sentence above the article tells the user that letters of the page are lost', async ({ page, article }) => {
  await importPage(page, article, Buffer.from('Thông báo của xã\n\nBắc K\ufffdn đẩy mạnh phong trào thi đua yêu nước.'))
  await expect(article.getByRole('note')).toContainText('Một số chữ đã mất khi cổng lưu bản này: 1 chỗ')
})

test('no sentence stands above a page without lost letters', async ({ page, article }) => {
  await importPage(page, article, tcvn3Page)
  await expect(article.getByRole('note')).toHaveCount(0)
})
