import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/axe'
import { expect, test } from '../support/fixtures'
import { openPrintDialog, waitForPreview } from '../support/print-dialog'
import { noPdfText, wordsOfPdf } from '../support/pdf-text'
import { chooseFiles } from '../support/interface'

// Each preview lays out the whole edition in a browser, which may have to start first.
test.describe.configure({ timeout: 180_000 })

test('the print dialog shows the number of pages for each template, and the sheets of paper that these pages need', async ({
  page,
  article,
}) => {
  await expect(article.locator('.body > p')).toHaveCount(7)
  const dialog = await openPrintDialog(page)
  await waitForPreview(dialog, /^4 trang, 2 tờ nếu in hai mặt/)
  const drawn = await dialog
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? []
      return { width, dark: pixels.filter((value, at) => at % 4 === 0 && value < 100).length }
    })
  expect(drawn.width).toBeGreaterThan(200)
  expect(drawn.dark).toBeGreaterThan(500)
  await dialog.getByRole('radio', { name: /^Tập A5/ }).click()
  await waitForPreview(dialog, /^5 trang, 2 tờ/)
  await expect(dialog.getByText('Mặt giấy 1, tổng số 4')).toBeVisible()
  await dialog.getByRole('radio', { name: /^Bản đọc truyền thanh/ }).click()
  await waitForPreview(dialog, /^8 trang/)
})

test('the print dialog remembers the options of each template after a restart', async ({ host, page }) => {
  const dialog = await openPrintDialog(page)
  await dialog.getByRole('button', { name: 'Chữ to hơn' }).click()
  await expect(dialog.getByText('14 pt')).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'Hộp nguồn gốc' }).check()
  await dialog.getByRole('radio', { name: /^Chữ to/ }).click()
  await expect(dialog.getByText('22 pt')).toBeVisible()
  await dialog.getByRole('button', { name: 'Đóng' }).click()
  await expect(dialog).toHaveCount(0)
  await host.restart()
  const again = await openPrintDialog(host.page)
  await expect(again.getByText('22 pt')).toBeVisible()
  await again.getByRole('radio', { name: /^Văn bản A4/ }).click()
  await expect(again.getByText('14 pt')).toBeVisible()
  await expect(again.getByRole('checkbox', { name: 'Hộp nguồn gốc' })).toBeChecked()
})

test('the print dialog reports a page range that does not exist, and prints the next range that the user types', async ({
  page,
}) => {
  const dialog = await openPrintDialog(page)
  await dialog.getByLabel('Chỉ in các trang').fill('9-12')
  await dialog.getByLabel('Chỉ in các trang').blur()
  await expect(dialog.getByText('Không có trang «9-12»: bản in có 4 trang.')).toBeVisible({ timeout: 60_000 })
  await dialog.getByLabel('Chỉ in các trang').fill('2-3')
  await dialog.getByLabel('Chỉ in các trang').blur()
  await waitForPreview(dialog, /^2 trang/)
})

test('the search field finds the bulletin of a printed verification code', async ({ host, page }) => {
  test.skip(noPdfText !== null, noPdfText ?? '')
  const { pages } = wordsOfPdf(await host.printed())
  const code = /Mã đối chiếu: ([0-9A-Z-]{16})/.exec(pages[0] ?? '')?.[1] ?? ''
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/)
  await page.keyboard.press('Escape')
  const field = page.getByRole('searchbox')
  await field.fill(code.toLowerCase().replaceAll('-', ' '))
  await expect(page.getByText(/Khớp với bản lưu lúc \d\d:\d\d ngày/)).toBeVisible()
  // Control: this code belongs to no bulletin of the library.
  await field.fill('0000-0000-0000-0')
  await expect(page.getByText('Không có trong kho này.')).toBeVisible()
})

test('the print dialog has no accessibility violations', async ({ host, page }) => {
  await openPrintDialog(page)
  await expectAccessible(host, 'print')
})

test('the user can choose and order several bulletins in the print dialog', async ({ page }) => {
  await importSecond(page)
  await page.getByRole('button', { name: 'In danh sách này' }).click()
  const dialog = page.getByRole('dialog', { name: 'In bản tin' })
  await dialog.getByRole('radio', { name: /^Điểm tin tuần/ }).click()
  const rows = dialog.locator('.entries li')
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText('Đẩy mạnh phong trào thi đua')
  await rows
    .first()
    .getByRole('button', { name: /^Đưa xuống/ })
    .click()
  await expect(rows.first()).toContainText('Lịch tiếp công dân')
  await rows.first().getByRole('checkbox').uncheck()
  await expect(dialog.getByText('Các bản tin: in 1 trong 2')).toBeVisible()
})

test('the program prints the fronts and the backs separately, with instructions for the paper between the two', async ({
  host,
  page,
}) => {
  test.skip(host.kind !== 'shim', 'the web host prints in another tab, and Electron has no test printer')
  const dialog = await openPrintDialog(page)
  await dialog.getByLabel('In hai mặt').selectOption('hand')
  await waitForPreview(dialog, /^4 trang, 2 tờ/)
  await dialog.getByRole('button', { name: 'In', exact: true }).click()
  await expect(dialog.getByText(/^Mặt trước đã in xong/)).toBeVisible({ timeout: 60_000 })
  await dialog.getByRole('button', { name: 'In mặt sau' }).click()
  await expect(dialog.getByText(/^Mặt trước đã in xong/)).toHaveCount(0)
  await expect(dialog.getByRole('alert')).toHaveCount(0)
})

async function importSecond(page: Page): Promise<void> {
  const text =
    'Thứ Tư, 09/09/2020, 14:30\nLịch tiếp công dân tháng 9\n\nUBND huyện thông báo lịch tiếp công dân./.\n\nHà Nhung'
  await chooseFiles(page, [{ name: 'lich.txt', mimeType: 'text/plain', buffer: Buffer.from(text) }])
  await expect(page.locator('.list .row')).toHaveCount(2)
}

test('the number of copies cannot be less than one', async ({ host, page }) => {
  test.skip(host.kind === 'serve', 'a browser asks for the copies itself')
  const copies = (await openPrintDialog(page)).getByRole('group', { name: 'Số bản in' })
  await copies.getByRole('button', { name: 'Thêm một bản' }).click()
  const count = copies.getByRole('status')
  await expect(count).toHaveText('2 bản')
  const fewer = copies.getByRole('button', { name: 'Bớt một bản' })
  for (let press = 0; press < 3; press++) await fewer.evaluate((button: HTMLButtonElement) => button.click())
  await expect(count).toHaveText('1 bản')
})
