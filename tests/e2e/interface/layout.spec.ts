import type { Locator } from '@playwright/test'
import { startPortal } from '../../portal/portal'
import { expect, test } from '../support/fixtures'
import { selectText } from '../support/article-text'
import { addSource } from '../support/contract-calls'
import { bulletinRows, importFixtures } from '../support/interface'

async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await element.boundingBox()
  if (box === null) throw new Error('not shown')
  return box
}

/** Tells whether two elements do not overlap. */
async function areApart(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await boxOf(one), await boxOf(other)]
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
}

/** Tells whether an element shows all of its text on one line. */
const isWhole = (element: Locator): Promise<boolean> =>
  element.evaluate((each) => {
    const range = document.createRange()
    range.selectNodeContents(each)
    return each.scrollWidth <= each.clientWidth && new Set([...range.getClientRects()].map(({ top }) => top)).size === 1
  })

test('the toolbar for selected text is hidden when the focus leaves the article or another view covers the article', async ({
  page,
  article,
}) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  const bar = page.getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })
  await selectText(article, 'thi đua ái quốc')
  await expect(bar).toBeVisible()
  await page.getByRole('searchbox', { name: 'Tìm bản tin' }).focus()
  await expect(bar).toBeHidden()
  await page.locator('iframe').focus()
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('main', { name: 'Cài đặt' })).toBeVisible()
  await selectText(article, 'Bắc Kạn')
  // The test waits longer than 200 ms, because the interface reacts when a selection has not changed for this time.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)))
  await page.keyboard.press('Escape')
  await expect(page.getByRole('main', { name: 'Cài đặt' })).toBeHidden()
  await expect(bar).toBeHidden()
})

test('the heading and the button of the trash are shown in full, and a message does not cover the selection bar', async ({
  page,
}) => {
  await importFixtures(page, ['khai-giang.txt', 'tuyen-quan.txt'])
  await bulletinRows(page)
    .first()
    .click({ modifiers: ['Control'] })
  await expect(bulletinRows(page).first().locator('svg.check')).toBeVisible()
  await expect(bulletinRows(page).nth(1).locator('svg.check')).toHaveCount(0)
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: /^Thùng rác/ }).click()
  await expect(bulletinRows(page)).toHaveCount(1)
  expect(await isWhole(page.getByRole('heading', { name: 'Thùng rác' }))).toBe(true)
  const empty = page.getByRole('button', { name: 'Dọn sạch thùng rác' })
  expect(await isWhole(empty)).toBe(true)
  await bulletinRows(page)
    .first()
    .click({ modifiers: ['Control'] })
  const message = page.locator('.toast', { hasText: 'vào thùng rác' })
  const bar = page.getByRole('toolbar', { name: 'Việc với các bản tin đã chọn' })
  await expect(bar).toBeVisible()
  expect(await areApart(message, bar)).toBe(true)
  // Control: the check finds a name that does not fit on its line.
  await empty.evaluate((button) => Object.assign(button.style, { inlineSize: '60px', whiteSpace: 'normal' }))
  expect(await isWhole(empty)).toBe(false)
})

test('a summary gets two lines below a title of one line, and one line below a title of two lines', async ({
  page,
}) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  const words = 'Điện lực huyện thông báo lịch cắt điện để sửa chữa đường dây và trạm biến áp ở các thôn. '.repeat(3)
  const text = `Thông báo cắt điện\n\n${words}`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'cat-dien.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  const linesOf = async (title: string): Promise<number> => {
    const row = bulletinRows(page).filter({ hasText: title })
    await expect(row).toBeVisible()
    // Each line has a height of 20 px, and the tallest letters need 4 px above the first line.
    return ((await boxOf(row.locator('.summary'))).height - 4) / 20
  }
  expect(await linesOf('Thông báo cắt điện')).toBe(2)
  expect(await linesOf('Đẩy mạnh phong trào thi đua')).toBe(1)
})

test('the button that folds the left column is named after its action, and shortcuts and help stand beside the settings', async ({
  page,
}) => {
  const rail = page.getByRole('navigation')
  const settings = await boxOf(rail.getByRole('button', { name: 'Cài đặt' }))
  for (const name of ['Phím tắt', 'Trợ giúp', 'Thu gọn cột này'])
    expect((await boxOf(rail.getByRole('button', { name }))).y, name).toBe(settings.y)
  await rail.getByRole('button', { name: 'Thu gọn cột này' }).click()
  await expect(rail.getByRole('button', { name: 'Thu gọn cột này' })).toHaveCount(0)
  await expect(rail.getByRole('button', { name: 'Cài đặt' })).toBeInViewport({ ratio: 1 })
  await rail.getByRole('button', { name: 'Mở rộng cột này' }).click()
  await expect(rail.getByRole('button', { name: 'Thu gọn cột này' })).toBeVisible()
})

test('a low screen shows the folded left column and its popover in full', async ({ page }) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  for (let number = 1; number <= 20; number++)
    await addSource(page, `http://127.0.0.1:9/xa-${number}`, `Xã số ${number}`, 'listing')
  // A screen of 1366 × 768 at 125 %.
  await page.setViewportSize({ width: 1093, height: 614 })
  const rail = page.getByRole('navigation')
  for (const name of [/^Tất cả bản tin/, /^Nguồn tin/, /^Nhật ký/, /^Trợ giúp/, /^Cài đặt/])
    await expect(rail.getByRole('button', { name })).toBeInViewport({ ratio: 1 })
  await rail.getByRole('button', { name: /^Nguồn tin/ }).click()
  const flyout = page.getByRole('dialog', { name: 'Nguồn tin' })
  await expect(flyout.getByRole('button')).toHaveCount(21)
  await expect(flyout).toBeInViewport({ ratio: 1 })
  await flyout.getByRole('button', { name: 'Thêm nguồn tin…' }).scrollIntoViewIfNeeded()
  await expect(flyout.getByRole('button', { name: 'Thêm nguồn tin…' })).toBeInViewport({ ratio: 1 })
})

test('the text columns of a table are wide enough to read', async ({ page, article }) => {
  await expect(bulletinRows(page)).toHaveCount(1)
  const cells = Array.from({ length: 12 }, (_, at) => `<td>12.${at}00</td>`).join('')
  const words = 'Nội dung của bản tin có bảng dài đủ để được coi là phần thân của trang. '.repeat(5)
  const row = `<tr>${cells}<td>Giá đã có hỗ trợ của tỉnh</td></tr>`
  const html = `<!doctype html><meta charset=utf-8><h1>Bảng giá giống</h1><div class=content><p>${words}</p><table>${row.repeat(3)}</table><p>${words}</p></div>`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'bang.html', mimeType: 'text/html', buffer: Buffer.from(html) })
  await expect(article.getByRole('heading', { level: 1 })).toHaveText('Bảng giá giống')
  const cell = article.getByRole('cell', { name: 'Giá đã có hỗ trợ của tỉnh' }).first()
  const wide = (await boxOf(cell)).height
  // Control: without the class, each word in the cell is on a separate line.
  await article.locator('td.wordy').evaluateAll((all) => all.forEach((each) => each.classList.remove('wordy')))
  expect((await boxOf(cell)).height).toBeGreaterThan(wide * 1.5)
})

test('the button to follow a source is visible below a long list of feeds', async ({ page }) => {
  const portal = await startPortal({ family: 'sharepoint', count: 9 })
  try {
    await expect(bulletinRows(page)).toHaveCount(1)
    await page.getByRole('button', { name: 'Thêm cổng thông tin của tỉnh…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Thêm nguồn tin…' })
    await dialog.getByRole('textbox', { name: 'Địa chỉ cổng thông tin hoặc chuyên mục' }).fill(portal.origin)
    await page.keyboard.press('Enter')
    const follow = dialog.getByRole('button', { name: 'Theo dõi và tải về' })
    await expect(follow).toBeInViewport({ ratio: 1, timeout: 20_000 })
    // Control: the dialog is taller than the window.
    expect(await dialog.evaluate((each) => each.scrollHeight - each.clientHeight)).toBeGreaterThan(0)
  } finally {
    await portal.stop()
  }
})

test('the panels of imports and downloads cover neither each other nor the bottom bar on a phone', async ({
  page,
  article,
}) => {
  const portal = await startPortal({ family: 'sharepoint', count: 1 })
  try {
    await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
    await page.keyboard.press('Control+n')
    const dialog = page.getByRole('dialog', { name: 'Thêm bài…' })
    await dialog.getByRole('textbox').fill(`${portal.origin}/khong-co`)
    await page.keyboard.press('Enter')
    await expect(dialog.getByText('1 địa chỉ không tải được')).toBeVisible({ timeout: 20_000 })
    await page.keyboard.press('Escape')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'rong.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) })
    const downloads = page.getByRole('region', { name: 'Tải bài về' })
    const imports = page.getByRole('region', { name: 'Nhập tệp' })
    await expect(imports).toContainText('rong.txt')
    expect(await areApart(downloads, imports)).toBe(true)
    const bar = page.getByRole('toolbar', { name: 'Việc với bản tin này' })
    for (const [width, height] of [
      [390, 844],
      [844, 390],
    ] as const) {
      await page.setViewportSize({ width, height })
      await expect(bar).toBeVisible()
      expect(await areApart(downloads, imports), `${width} px, panels`).toBe(true)
      for (const panel of [downloads, imports]) {
        expect(await areApart(panel, bar), `${width} px, bar`).toBe(true)
        await expect(panel, `${width} px`).toBeInViewport({ ratio: 1 })
      }
    }
  } finally {
    await portal.stop()
  }
})
