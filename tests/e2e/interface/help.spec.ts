import { readFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { expect, test } from '../support/fixtures'
import { readShimCalls } from '../support/hosts/shim-host'

const pages = ['Cài đặt', 'Thêm cổng', 'Đọc và cỡ chữ', 'In', 'In tập gấp', 'Xuất ra tệp', 'Nghe', 'Sao lưu']

test('the help shows its pages with their pictures, and the links lead from page to page', async ({ page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.keyboard.press('F1')
  const guide = page.getByRole('main', { name: 'Trợ giúp' })
  const list = guide.getByRole('navigation', { name: 'Các trang trợ giúp' })
  await expect(list.locator('ul').first().getByRole('button')).toHaveText(pages)
  for (const name of pages) {
    await list.getByRole('button', { name, exact: true }).click()
    await expect(guide.getByRole('heading', { name, exact: true, level: 2 })).toBeVisible()
    expect((await guide.locator('.guide-text').textContent())?.length).toBeGreaterThan(300)
    for (const picture of await guide.locator('.guide-text img').all()) {
      await picture.scrollIntoViewIfNeeded()
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100)
      expect(await picture.getAttribute('alt')).not.toBe('')
    }
  }
  await list.getByRole('button', { name: 'In', exact: true }).click()
  await guide.locator('.guide-text').getByRole('button', { name: 'In tập gấp' }).click()
  await expect(guide.getByRole('heading', { name: 'In tập gấp', level: 2 })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(guide).toHaveCount(0)
})

test('the program shows the problem report before the report is saved, and the report has no personal data', async ({
  host,
  page,
}) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.getByRole('button', { name: 'Cài đặt' }).click()
  await page.getByRole('button', { name: 'Tạo tệp báo lỗi' }).click()
  const dialog = page.getByRole('dialog', { name: 'Tạo tệp báo lỗi' })
  const content = dialog.getByRole('region', { name: 'Nội dung tệp báo lỗi' })
  await expect(content).toContainText('bulletins: 1')
  const text = (await content.textContent()) ?? ''
  expect(text).not.toContain(homedir())
  expect(text).not.toMatch(new RegExp(`(?<![\\w])${userInfo().username}(?![\\w])`, 'i'))
  expect(text).not.toContain('thi đua')
  if (host.kind !== 'serve') return // the test ends here, because a test can't drive the system's dialog
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Lưu tệp…' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('bao-loi-ban-tin.txt')
  expect(readFileSync(await download.path(), 'utf8')).toBe(text)
})

test('the program writes a backup, and the browser downloads it', async ({ host, page }) => {
  test.skip(host.kind !== 'serve', 'a test can’t drive the system’s dialog')
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.getByRole('button', { name: 'Cài đặt' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Sao lưu…' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^ban-tin-\d{4}-\d{2}-\d{2}\.tar\.gz$/)
  expect(readFileSync(await download.path()).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
  await expect(page.getByText('Đã sao lưu 1 bản tin, đọc lại thấy đúng.')).toBeVisible()
})

test('the button for the data folder opens the folder or shows the path of the folder', async ({ host, page }) => {
  test.skip(host.kind === 'electron', 'the test would open a file manager')
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.getByRole('button', { name: 'Cài đặt' }).click()
  await page.getByRole('button', { name: 'Mở thư mục dữ liệu' }).click()
  if (host.kind === 'serve') await expect(page.getByText(`nằm trong thư mục ${host.libraryFolder}`)).toBeVisible()
  else
    await expect.poll(() => readShimCalls(host)).toContainEqual({ name: 'shell.openPath', args: [host.libraryFolder] })
})
