import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameLocator, Locator, Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { expectAccessible } from '../support/axe'
import { call } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'
import type { Host } from '../support/hosts/host'
import { openPrintDialog } from '../support/print-dialog'
import { noPdfText, wordsOfPdf } from '../support/pdf-text'
import { colourPicture } from '../support/png-picture'
import { dropPage } from '../support/drop-files'
import { firstVersion, openBothVersions } from '../support/page-versions'
import { readShimCalls } from '../support/hosts/shim-host'
import { articleOf, chooseInMenu } from '../support/interface'

const saveName = 'xuat.dat'
test.use({ saveName })

/** Presses "Xuất" and returns the exported file: the download in the browser, or the saved file on the desktop. */
async function exported(host: Host, dialog: Locator): Promise<{ name: string; bytes: Buffer }> {
  const button = dialog.getByRole('button', { name: 'Xuất', exact: true })
  if (host.kind === 'serve') {
    const [download] = await Promise.all([host.page.waitForEvent('download'), button.click()])
    await expect(dialog.getByText(/^Đã xuất \d+ bản tin\.$/)).toBeVisible()
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }
  await button.click()
  await expect(dialog.getByText(/^Đã lưu: .*xuat\.dat$/)).toBeVisible({ timeout: 20_000 })
  return { name: await suggestedName(host), bytes: await readFile(join(host.libraryFolder, '..', saveName)) }
}

/** Returns the file name that the last save dialog on the desktop suggested. */
async function suggestedName(host: Host): Promise<string> {
  const calls = await readShimCalls(host)
  const offered = JSON.stringify(calls.findLast(({ name }) => name === 'dialog.showSaveDialog')?.args ?? [])
  return /([^/"\\]+)","filters"/.exec(offered)?.[1] ?? ''
}

async function openDialog(page: Page, article: FrameLocator): Promise<Locator> {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('listbox', { name: 'Danh sách bản tin' }).focus()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Xuất ra tệp' })
  await expect(dialog).toBeVisible()
  return dialog
}

test.beforeEach(({ host }) => test.skip(host.kind === 'electron', 'a test can’t drive the system’s save dialog'))

test('a key and a button export the open bulletin as a web page', async ({ host, page, article }) => {
  const dialog = await openDialog(page, article)
  await expect(dialog).toContainText('Đẩy mạnh phong trào thi đua')
  await expect(dialog.getByRole('radio', { name: /^Trang web/ })).toBeChecked()
  const { name, bytes } = await exported(host, dialog)
  expect(name).toMatch(/^2020-09-08 - Đẩy mạnh phong trào thi đua.*\.html$/)
  const html = bytes.toString('utf8')
  expect(html).toContain("default-src 'none'; img-src data:;")
  expect(html).toMatch(/<h1 class="title">Đẩy mạnh phong trào thi đua/)
  // The page contains the style of the article, but no fonts that would be loaded from another file.
  expect(html).toContain('.bulletin')
  expect(html).not.toMatch(/@font-face|url\(|<link/)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.getByRole('button', { name: 'Xuất ra tệp…' }).click()
  await expect(dialog).toBeVisible()
})

test('the export writes a file in the chosen format, and the dialog remembers the options after a restart', async ({
  host,
  page,
  article,
}) => {
  const dialog = await openDialog(page, article)
  await dialog.getByRole('radio', { name: /^Sách điện tử/ }).check()
  await dialog.getByRole('checkbox', { name: /^Hộp nguồn gốc/ }).uncheck()
  const { name, bytes } = await exported(host, dialog)
  expect(name).toMatch(/\.epub$/)
  expect(bytes.toString('latin1', 30, 58)).toBe('mimetypeapplication/epub+zip')
  expect(Buffer.from(unzipSync(bytes)['EPUB/bulletin-0001.xhtml'] ?? []).toString('utf8')).not.toContain('SHA-256')
  await host.restart()
  const frame = articleOf(host.page)
  const again = await openDialog(host.page, frame)
  await expect(again.getByRole('radio', { name: /^Sách điện tử/ })).toBeChecked()
  await expect(again.getByRole('checkbox', { name: /^Hộp nguồn gốc/ })).not.toBeChecked()
  // The text format has no pictures, so the dialog offers no option for pictures.
  await again.getByRole('radio', { name: /^Văn bản/ }).check()
  await expect(again.getByRole('checkbox', { name: 'Ảnh' })).toHaveCount(0)
})

test('the export writes several selected bulletins into one zip file, with one file for each bulletin', async ({
  host,
  page,
  article,
}) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await dropPage(page, 'lich.html', firstVersion)
  await expect(page.locator('.list .row')).toHaveCount(2)
  for (const row of [0, 1])
    await page
      .locator('.list .row')
      .nth(row)
      .click({ modifiers: ['Control'] })
  await page.getByRole('toolbar', { name: 'Các bản tin đã chọn' }).getByRole('button', { name: 'Xuất ra tệp…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Xuất ra tệp' })
  await expect(dialog).toContainText('2 bản tin, mỗi bản tin một tệp, gói trong một tệp .zip.')
  await dialog.getByRole('radio', { name: /^Văn bản/ }).check()
  const { name, bytes } = await exported(host, dialog)
  expect(name).toMatch(/2 bản tin\.zip$/)
  const texts = Object.entries(unzipSync(bytes)).map(([file, text]) => [file, Buffer.from(text).toString('utf8')])
  expect(texts.map(([file]) => file).sort()).toEqual([
    expect.stringMatching(/^2020-09-08 - Đẩy mạnh.*\.txt$/),
    expect.stringMatching(/Lịch tiếp công dân.*\.txt$/),
  ])
  expect(texts.map(([, text]) => text).join('')).toContain('ngày 5 hằng tháng')
})

test('the dialogs for export and print use the open revision and show its number', async ({ host, page, article }) => {
  test.slow()
  await openBothVersions(page, article)
  const text = async (): Promise<string> => {
    const dialog = await openDialog(page, article)
    await dialog.getByRole('radio', { name: /^Văn bản/ }).check()
    const { bytes } = await exported(host, dialog)
    await page.keyboard.press('Escape')
    return bytes.toString('utf8')
  }
  expect(await text()).toContain('ngày 7 hằng tháng')
  await chooseInMenu(page, 'Các lần lưu')
  await page.getByRole('button', { name: 'Đọc bản này' }).click()
  await expect(article.locator('.body')).toContainText('Đoạn này chỉ có ở bản đầu')
  const dialog = await openDialog(page, article)
  await expect(dialog).toContainText(/Lịch tiếp công dân.* \(bản lưu lần 1, ngày \d\d\/\d\d\/\d{4}\)/)
  await page.keyboard.press('Escape')
  expect(await text()).toContain('Đoạn này chỉ có ở bản đầu')

  await openPrintDialog(page)
  await expect(page.getByRole('dialog', { name: 'In bản tin' })).toContainText(
    /\(bản lưu lần 1, ngày \d\d\/\d\d\/\d{4}\)/,
  )
  await page.keyboard.press('Escape')
  if (noPdfText !== null) return
  expect(wordsOfPdf(await host.printed()).pages.join(' ')).toContain('chỉ có ở bản đầu')
})

test('the exported file includes the pictures of a bulletin', async ({ host, page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  const picture = colourPicture(300, 200).toString('base64')
  const shown = firstVersion.replace(
    '<p>Căn cứ',
    `<p><img src="data:image/png;base64,${picture}" alt="Trụ sở"></p><p>Căn cứ`,
  )
  await dropPage(page, 'anh.html', shown)
  await expect(article.locator('.body img')).toHaveCount(1)
  const dialog = await openDialog(page, article)
  const { bytes } = await exported(host, dialog)
  expect(bytes.toString('utf8')).toContain(`<img src="data:image/png;base64,${picture}" alt="Trụ sở" />`)
  await dialog.getByRole('checkbox', { name: 'Ảnh' }).uncheck()
  expect((await exported(host, dialog)).bytes.toString('utf8')).not.toContain('<img')
})

test('on a phone, the toolbar shows the export button, and the menu contains the command for the read state', async ({
  page,
  article,
}) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  const bar = page.getByRole('toolbar', { name: 'Việc với bản tin này' })
  await expect(bar.getByRole('button')).toHaveText([/sao/, 'Nghe', 'In', 'Xuất'])
  await chooseInMenu(page, /chưa đọc/)
  await bar.getByRole('button', { name: 'Xuất ra tệp…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Xuất ra tệp' })
  await expect(dialog).toBeVisible()
  const { scrollWidth, clientWidth } = await dialog.evaluate((element) => element)
  expect(scrollWidth).toBe(clientWidth)
})

test('the export dialog has no accessibility violations', async ({ host, page, article }) => {
  const dialog = await openDialog(page, article)
  await expectAccessible(host, 'export')
  await expect(dialog.getByRole('radio')).toHaveCount(5)
})

test.describe('an export to a path that can’t be written', () => {
  // Nothing can be written to a path below settings.json, because settings.json is a file.
  test.use({ saveName: 'settings.json/xuat.html' })
  test('the program shows a sentence which says that the export cannot write to the chosen path', async ({
    host,
    page,
    article,
  }) => {
    test.skip(host.kind !== 'shim', 'the browser chooses where it saves a download')
    await call(page, 'changeSettings', { textSize: 110 })
    const dialog = await openDialog(page, article)
    await dialog.getByRole('button', { name: 'Xuất', exact: true }).click()
    await expect(dialog.getByRole('alert')).toContainText('Không ghi được vào')
  })
})
