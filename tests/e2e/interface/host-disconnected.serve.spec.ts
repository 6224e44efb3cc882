import type { ChildProcess } from 'node:child_process'
import { expect, test as base } from '../support/fixtures'
import { highlightedTexts, selectText } from '../support/article-text'
import { answerCalls } from '../support/contract-calls'
import { startServerFor } from '../support/hosts/serve-host'
import { stopProcess } from '../support/hosts/server-process'
import { chooseInMenu, importFixtures } from '../support/interface'

/** Starts the host again at the same port, and opens its address in another tab in the same way as a user. */
const test = base.extend<{ startAgain: (...flags: string[]) => Promise<void> }>({
  startAgain: async ({ host, page }, use) => {
    let child: ChildProcess | undefined
    await use(async (...flags) => {
      const { port } = new URL(page.url())
      const server = await startServerFor(host.libraryFolder, { port, flags })
      child = server.process
      const other = await page.context().newPage()
      await other.goto(server.address)
      await other.close()
    })
    if (child !== undefined) await stopProcess(child)
  },
})

test('the note dialog keeps its text while the host is down, and saves the note when the host is back', async ({
  host,
  page,
  article,
  startAgain,
}) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await selectText(article, 'phong trào thi đua')
  await page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Ghi chú', exact: true })
  await dialog.getByRole('textbox').fill('Hỏi lại văn thư.')
  await host.stopServer?.()
  await dialog.getByRole('button', { name: 'Lưu' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Không liên lạc được với chương trình.')
  await expect(dialog.getByRole('textbox')).toHaveValue('Hỏi lại văn thư.')
  await startAgain()
  await expect(page.locator('.banner')).toHaveCount(0, { timeout: 20_000 })
  await dialog.getByRole('button', { name: 'Lưu' }).click()
  await expect(dialog).toHaveCount(0)
  await expect.poll(() => highlightedTexts(article, 'noted')).toEqual(['phong trào thi đua'])
})

test('the tag dialog keeps its tags while the host is down', async ({ host, page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await chooseInMenu(page, 'Nhãn và thư mục…')
  const dialog = page.getByRole('dialog', { name: 'Nhãn và thư mục…' })
  await dialog.getByRole('textbox', { name: 'Nhãn' }).fill('họp')
  await host.stopServer?.()
  await dialog.getByRole('button', { name: 'Lưu' }).click()
  await expect(dialog.getByRole('status')).toContainText('Không liên lạc được với chương trình.')
  await expect(dialog.getByRole('textbox', { name: 'Nhãn' })).toHaveValue('họp')
})

test('the program reports that an export failed because the host has ended, and can export again when the host is back', async ({
  host,
  page,
  article,
  startAgain,
}) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  // The export is running when the host ends.
  const running = { kind: 'export', id: 'old', state: 'running', done: 0, total: 1 }
  await answerCalls(page, {
    startExport: () => ({ jobId: 'old' }),
    getJob: () => ({ ...running, current: null, error: null, result: null }),
  })
  await page.getByRole('button', { name: 'Xuất ra tệp…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Xuất ra tệp' })
  const button = dialog.getByRole('button', { name: 'Xuất', exact: true })
  await button.click()
  await expect(dialog.getByText(/^Đang xuất/)).toBeVisible()
  await page.unroute('**/api/call')
  await host.stopServer?.()
  await expect(page.locator('.banner')).toBeVisible()
  await startAgain()
  await expect(dialog.getByRole('alert')).toContainText('Hãy làm lại.', { timeout: 20_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  expect(download.suggestedFilename()).toMatch(/\.html$/)
})

test('the program shows no message when it opens a bulletin of a read-only library and cannot mark the bulletin as read', async ({
  page,
  article,
}) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await importFixtures(page, ['khai-giang.txt'])
  await expect(article.getByRole('heading', { level: 1 })).toContainText('khai giảng')
  await expect(page.locator('.row.unread')).toHaveCount(0)
  await page.keyboard.press('u')
  await expect(page.locator('.row.unread')).toHaveCount(1)
  // These are the answers of a library that the program could open only for reading.
  await page.route('**/api/call', async (route) => {
    const { method } = route.request().postDataJSON() as { method: string }
    if (method === 'markBulletins') {
      const error = { code: 'library-read-only', message: 'write: opened for reading', details: { path: '/kho' } }
      return route.fulfill({ json: { ok: false, error } })
    }
    const reply = await route.fetch()
    const answer = (await reply.json()) as { value?: object }
    return route.fulfill({
      response: reply,
      json: method === 'getHost' ? { ...answer, value: { ...answer.value, readOnly: true } } : answer,
    })
  })
  await page.reload()
  await expect(page.locator('.list .row')).toHaveCount(2)
  const response = page.waitForResponse((reply) => reply.request().postData()?.includes('"read":true') === true)
  await page.locator('.row.unread').click()
  await response
  await page.waitForTimeout(300) // a message would have appeared within this time
  const message = page.locator('.toast')
  // The count does not wait, because a message must never appear.
  expect(await message.count()).toBe(0)
  // Control: an action of the user shows a message.
  await page.keyboard.press('s')
  await expect(message).toContainText('chỉ cho đọc')
  await page.locator('.row.unread').click({ modifiers: ['Control'] })
  await expect(page.getByRole('toolbar', { name: /đã chọn/ }).getByRole('button', { name: 'Xóa' })).toBeDisabled()
})

test('the banner that reports a lost connection stands above all buttons', async ({ host, page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  const toolbar = page.locator('.toolbar').first()
  await host.stopServer?.()
  const banner = page.locator('.banner')
  await expect(banner).toBeVisible({ timeout: 20_000 })
  const [below, above] = await Promise.all([toolbar.boundingBox(), banner.boundingBox()])
  expect(below?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? Infinity))
  await page.getByRole('button', { name: 'Cài đặt' }).click()
  const close = page.getByRole('main', { name: 'Cài đặt' }).getByRole('button', { name: 'Đóng' })
  expect((await close.boundingBox())?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? Infinity))
  // Several parts of the interface notice the lost connection, but only one banner appears.
  expect(await page.locator('.toast').count()).toBeLessThanOrEqual(1)
  await close.click()
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
})
