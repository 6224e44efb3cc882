import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'

function menuOf(page: Page): Locator {
  return page.getByRole('menu', { name: 'Lệnh cho chỗ vừa bấm' })
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

test('the menu works with the keyboard and gives the focus back', async ({ page }) => {
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

test('the menu of selected words searches the library for these words', async ({ page, article }) => {
  const words = article.locator('main p').first()
  await words.dblclick()
  const selected = (await words.evaluate(({ ownerDocument }) => String(ownerDocument.getSelection()))).trim()
  expect(selected).not.toBe('')
  await words.click({ button: 'right' })
  await expect(commandOf(page, 'Sao chép')).toBeVisible()
  await commandOf(page, `Tìm «${selected}» trong thư viện`).click()
  await expect(page.getByRole('searchbox')).toHaveValue(`"${selected}"`)
})

test('the menu of the article offers only what lies under the pointer', async ({ page, article }) => {
  await article.getByRole('heading', { level: 1 }).click({ button: 'right' })
  await expect(menuOf(page).getByRole('menuitem')).toHaveText(['Tìm trong bài', 'In…'])
  await page.keyboard.press('Escape')
  // Control: over a picture, the menu has one command more.
  await article.locator('img').first().click({ button: 'right' })
  await expect(commandOf(page, 'Mở hoặc lưu ảnh…')).toBeVisible()
})

test('the menu stays inside the window', async ({ page }) => {
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
