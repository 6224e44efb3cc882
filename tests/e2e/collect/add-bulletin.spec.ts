import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Download, Page } from '@playwright/test'
import { articleHtml, pdf, png, type Portal, startPortal } from '../../unit/support/portal'
import { expectAccessible } from '../support/axe'
import { expect, test as base } from '../support/fixtures'
import type { Host } from '../support/hosts/host'
import { root } from '../support/paths'
import { articleOf, bulletinRows, chooseInMenu } from '../support/interface'
import { readShimCalls } from '../support/hosts/shim-host'

const test = base.extend<{ portal: Portal }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find what a fixture needs.
  portal: async ({}, use) => {
    const portal = await startPortal({
      '/tin/hop-phien': { body: articleHtml },
      '/anh/hop.png': { body: png, type: 'image/png' },
      '/tep/thong%20bao.pdf': { body: pdf, type: 'application/pdf' },
    })
    await use(portal)
    await portal.stop()
  },
})

const title = 'Họp phiên thường kỳ tháng 11'

/** Pastes a text in the same way as Ctrl V. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((given) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', given)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/**
 * Opens the attached file and returns the bytes that the user gets. The browser downloads the file. The desktop program
 * opens a copy of the file.
 */
async function openAttachment(host: Host, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  if (host.kind === 'serve') {
    const [download] = await Promise.all([downloadOf(host.page), click()])
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }
  const opened = async (): Promise<string[]> =>
    (await readShimCalls(host)).filter(({ name }) => name === 'shell.openPath').map(({ args }) => String(args[0]))
  const before = (await opened()).length
  await click()
  await expect.poll(async () => (await opened()).length).toBe(before + 1)
  const path = (await opened()).at(-1) ?? ''
  return { name: path.split(/[/\\]/).at(-1) ?? '', bytes: await readFile(path) }
}

/** Waits for the next download. A click opens a new tab, which immediately becomes a download. */
function downloadOf(page: Page): Promise<Download> {
  return new Promise((resolve) => {
    page.once('download', resolve)
    page.context().once('page', (opened) => opened.once('download', resolve))
  })
}

test('the program downloads an address, and shows the whole bulletin even after the server has stopped', async ({
  host,
  page,
  article,
  portal,
}) => {
  test.skip(host.kind === 'electron', 'a test can’t drive the system’s dialog')
  await expect(bulletinRows(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Thêm bài…' }).click()
  await page.getByRole('textbox', { name: 'Địa chỉ bài viết' }).fill(`${portal.origin}/tin/hop-phien`)
  await page.getByRole('button', { name: 'Tải về' }).click()
  await expect(article.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('Đã tải 1 bản tin. Còn thiếu 1 ảnh hoặc tệp; mở bài để tải lại.')).toBeVisible()
  await expect(bulletinRows(page)).toHaveCount(2)
  await portal.stop()
  await host.restart()
  const again = articleOf(host.page)
  await bulletinRows(host.page).filter({ hasText: title }).click()
  await expect(again.getByRole('heading', { level: 1 })).toHaveText(title)
  const picture = again.getByRole('img', { name: 'Quang cảnh "phiên họp"' })
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  await expect(again.locator('.missing-picture')).toHaveText('Ảnh đã mất')
  const opened = await openAttachment(host, () => again.getByRole('link', { name: 'Thông báo số 12' }).last().click())
  expect(opened.name).toBe('Thông báo số 12.pdf')
  expect(opened.bytes.equals(pdf)).toBe(true)
  const fromText = await openAttachment(host, () => again.locator('.body').getByRole('link').click())
  expect(fromText.bytes.equals(pdf)).toBe(true)
})

test('the program explains a failed download, downloads the page after a retry, and later downloads a missing picture', async ({
  page,
  article,
  portal,
}) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  portal.pages.set('/tin/cham', { body: 'x', status: 403 })
  await paste(page, `Xem ${portal.origin}/tin/cham, ${portal.origin}/tin/hop-phien.`)
  const dialog = page.getByRole('dialog', { name: 'Thêm bài…' })
  await expect(dialog.getByRole('textbox')).toHaveValue(`${portal.origin}/tin/cham\n${portal.origin}/tin/hop-phien`)
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('1 địa chỉ không tải được')
  await expect(dialog).toContainText(`không cho tải ${portal.origin}/tin/cham (mã 403)`)
  await expect(bulletinRows(page)).toHaveCount(2)
  portal.pages.set('/tin/cham', {
    body: articleHtml(portal.origin).replaceAll('hop-phien', 'cham').replaceAll(title, 'Tin chậm'),
  })
  await dialog.getByRole('button', { name: 'Thử lại' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(bulletinRows(page)).toHaveCount(3)
  await expect(article.getByRole('heading', { level: 1 })).toHaveText('Tin chậm')

  portal.pages.set('/anh/mat.png', { body: png, type: 'image/png' })
  await article.getByRole('button', { name: 'Tải lại phần còn thiếu' }).click()
  await expect(page.getByText('Đã tải thêm 1 ảnh hoặc tệp.')).toBeVisible()
  await expect(article.locator('.missing-picture')).toHaveCount(0)
  await expect(article.getByRole('img')).toHaveCount(2)
})

test('the program accepts an untrusted certificate that the user has allowed, until the user withdraws the permission', async ({
  page,
  article,
}) => {
  const pem = (name: string): Promise<string> => readFile(join(root, 'tests', 'fixtures', 'tls', `${name}.pem`), 'utf8')
  const key = await readFile(join(root, 'tests', 'fixtures', 'tls', 'server.key'))
  const server = createServer({ key, cert: await pem('self-signed') }, (_request, response) =>
    response.setHeader('content-type', 'text/html; charset=utf-8').end(articleHtml('https://cu.example.vn')),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The cast is safe, because a listening TCP server has an address of this shape.
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}/tin/hop-phien`
  try {
    await expect(bulletinRows(page)).toHaveCount(1)
    const dialog = page.getByRole('dialog', { name: 'Thêm bài…' })
    await paste(page, address)
    await page.keyboard.press('Enter')
    await expect(dialog).toContainText('Chứng thư bảo mật của 127.0.0.1')
    await dialog.getByRole('button', { name: 'Vẫn tải từ 127.0.0.1' }).click()
    await expect(article.getByRole('heading', { level: 1 })).toHaveText(title)

    await page.getByRole('button', { name: 'Cài đặt' }).click()
    await page.getByRole('button', { name: 'Không chấp nhận 127.0.0.1 nữa' }).click()
    await expect(page.getByText('Máy chủ được chấp nhận')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await paste(page, `${address}?lan=2`)
    await page.keyboard.press('Enter')
    await expect(dialog).toContainText('Chứng thư bảo mật của 127.0.0.1')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('the program offers to download a dropped link, does nothing with a link that is pasted into a field, and rejects other text', async ({
  page,
  portal,
}) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  await page.getByRole('searchbox').focus()
  await page.getByRole('searchbox').evaluate((field, given) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', given)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, portal.origin)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.evaluate((given) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.setData('text/uri-list', given)
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  }, `${portal.origin}/tin/hop-phien`)
  const field = page.getByRole('dialog').getByRole('textbox')
  await expect(field).toHaveValue(`${portal.origin}/tin/hop-phien`)
  await field.fill('bản tin hôm nay')
  await page.getByRole('button', { name: 'Tải về' }).click()
  await expect(page.getByRole('alert')).toHaveText('Chưa có địa chỉ nào. Địa chỉ bắt đầu bằng http:// hoặc https://.')
  expect(portal.requests).toEqual([])
})

test('the program extracts a bulletin again from its stored page', async ({ page, article, portal }) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  await paste(page, `${portal.origin}/tin/hop-phien`)
  await page.keyboard.press('Enter')
  await expect(article.getByRole('heading', { level: 1 })).toHaveText(title)
  await portal.stop()
  await chooseInMenu(page, 'Trích lại')
  await expect(page.getByText('Trích lại cho kết quả như cũ.')).toBeVisible()
  await expect(article.getByRole('img')).toHaveCount(1)
})

test('the dialog that reports a failed download has no accessibility violations', async ({ host, page, portal }) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  await paste(page, `${portal.origin}/khong-co`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('không còn trên cổng (mã 404)')
  await expectAccessible(host, 'failed download')
})
