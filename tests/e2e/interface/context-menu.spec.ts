import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { colourPicture } from '../support/png-picture'

function menuOf(page: Page): Locator {
  return page.getByRole('menu', { name: 'Lệnh cho chỗ vừa bấm' })
}

/** Imports and opens a page with a link and a picture. */
async function importPage(page: Page): Promise<void> {
  const picture = colourPicture(320, 200).toString('base64')
  const html = `<!doctype html><html lang="vi"><title>Tin có ảnh</title><article><h1>Tin có ảnh và liên kết</h1>
<p>Sáng 24/11, Ủy ban nhân dân tỉnh họp phiên thường kỳ, bàn về kế hoạch năm sau của các huyện trong tỉnh.</p>
<p>Xem <a href="https://backan.gov.vn/van-ban">văn bản của tỉnh</a> về việc này, đã gửi cho các xã từ tuần trước.</p>
<p><img src="data:image/png;base64,${picture}" width="320" height="200" alt="Cuộc họp"></p>
<p>Cuộc họp kết thúc vào buổi chiều cùng ngày, với sự tham dự của đại diện tất cả các huyện.</p></article></html>`
  const file = { name: 'tin.html', mimeType: 'text/html', buffer: Buffer.from(html) }
  await page.locator('input[type="file"]').first().setInputFiles(file)
  await page.locator('.list .row', { hasText: 'Tin có ảnh' }).click()
}

function commandOf(page: Page, name: string): Locator {
  return menuOf(page).getByRole('menuitem', { name, exact: true })
}

test('a right click on a row opens the commands of this row', async ({ page }) => {
  const row = page.locator('.list .row')
  await row.click({ button: 'right' })
  await commandOf(page, 'Gắn sao').click()
  await expect(menuOf(page)).toHaveCount(0)
  await expect(row.getByRole('img', { name: 'Có gắn sao' })).toBeVisible()
  await row.click({ button: 'right' })
  await commandOf(page, 'Xóa').click()
  await expect(row).toHaveCount(0)
})

test('the context menu works with the keyboard, and closing it returns the focus', async ({ page }) => {
  await page.locator('.list .scroller').focus()
  await page.locator('.list .row').dispatchEvent('contextmenu', { clientX: 300, clientY: 200 })
  await expect(commandOf(page, 'Đọc bản tin')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(commandOf(page, 'Mở trong cửa sổ mới')).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowUp')
  await expect(commandOf(page, 'Xóa')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menuOf(page)).toHaveCount(0)
  await expect(page.locator('.list .scroller')).toBeFocused()
})

test('the context menu of selected words searches the library for these words', async ({ page, article }) => {
  const title = article.getByRole('heading', { level: 1 })
  const selected = await title.evaluate((heading) => {
    const text = heading.firstChild
    const selection = heading.ownerDocument.getSelection()
    if (text === null || selection === null) throw new Error('the title has no text')
    selection.setBaseAndExtent(text, 0, text, 7)
    return selection.toString().trim()
  })
  expect(selected).not.toBe('')
  await title.click({ button: 'right', position: { x: 12, y: 12 } })
  await expect(commandOf(page, 'Sao chép')).toBeVisible()
  await commandOf(page, `Tìm «${selected}» trong thư viện`).click()
  await expect(page.getByRole('searchbox')).toHaveValue(`"${selected}"`)
  await expect(page.locator('.list .row')).toHaveCount(1)
})

test('the context menu of the article offers only commands for the element under the pointer', async ({
  page,
  article,
}) => {
  await importPage(page)
  await article.getByRole('heading', { level: 1 }).click({ button: 'right' })
  await expect(menuOf(page).getByRole('menuitem')).toHaveText(['Tìm trong bài', 'In…'])
  await page.keyboard.press('Escape')
  await article.getByRole('link', { name: 'văn bản của tỉnh' }).click({ button: 'right' })
  await expect(menuOf(page).getByRole('menuitem').first()).toHaveText('Mở liên kết')
  await expect(commandOf(page, 'Sao chép liên kết')).toBeVisible()
  await page.keyboard.press('Escape')
  await article.locator('img').first().click({ button: 'right' })
  await expect(commandOf(page, 'Mở hoặc lưu ảnh…')).toBeVisible()
  await expect(commandOf(page, 'Mở liên kết')).toHaveCount(0)
})

test('the context menu stays inside the window', async ({ page }) => {
  const size = page.viewportSize() ?? { width: 0, height: 0 }
  for (const at of [
    { clientX: size.width - 2, clientY: size.height - 2 },
    { clientX: 2, clientY: 2 },
  ]) {
    await page.locator('.list .row').dispatchEvent('contextmenu', at)
    const box = await menuOf(page).boundingBox()
    expect(box).not.toBeNull()
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(size.width)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height)
    await page.keyboard.press('Escape')
  }
})
