import { expect, test } from '../support/fixtures'
import { highlightedTexts } from '../support/article-text'
import { bulletinRows, chooseInMenu, importThree, articleHeading, openRow } from '../support/interface'

test('Ctrl F finds text in the open bulletin from a query without diacritics, and goes from match to match', async ({
  page,
  article,
}) => {
  await expect(articleHeading(article)).toBeVisible()
  await page.keyboard.press('Control+f')
  const bar = page.getByRole('search', { name: 'Tìm trong bài' })
  await bar.getByRole('textbox').fill('thi dua')
  await expect(bar).toContainText(/^1\/\d+ chỗ khớp/)
  const count = Number(/\/(\d+)/.exec((await bar.textContent()) ?? '')?.[1])
  expect(count).toBeGreaterThan(5)
  const marked = async (): Promise<number> => (await highlightedTexts(article, 'match')).length
  expect(await marked()).toBe(count)
  await page.keyboard.press('Enter')
  await expect(bar).toContainText('2/')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+Enter')
  await expect(bar).toContainText(`${count}/${count}`)
  // The search in the article finds parts of words. The search in the library finds only whole words.
  await bar.getByRole('textbox').fill('ẩy mạ')
  await expect(bar).toContainText('1/')
  await bar.getByRole('textbox').fill('không có ở đâu cả')
  await expect(bar).toContainText('Không có trong bài')
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  expect(await marked()).toBe(0)
})

test('the command palette runs commands, and opens a bulletin from a title typed without diacritics', async ({
  page,
  article,
}) => {
  await importThree(page)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Bảng lệnh' })
  await palette.getByRole('combobox').fill('tang co chu')
  await expect(palette.getByRole('option', { selected: true })).toContainText('Tăng cỡ chữ')
  await page.keyboard.press('Enter')
  await expect(page.locator('.percent')).toHaveText('110%')
  await page.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('khai giang')
  await expect(palette.getByRole('option').first()).toContainText('hai giảng')
  const title = await palette.getByRole('option').first().locator('.name').textContent()
  await page.keyboard.press('Enter')
  await expect(articleHeading(article)).toHaveText(title ?? '')
})

test('shortcuts with a single letter do nothing while an input method composes a word, or while these shortcuts are turned off', async ({
  page,
  article,
}) => {
  await expect(articleHeading(article)).toBeVisible()
  await page.getByRole('listbox').focus()
  const press = (more: object): Promise<void> =>
    page.evaluate((given) => {
      const event = new KeyboardEvent('keydown', { key: 's', bubbles: true, ...given })
      document.activeElement?.dispatchEvent(event)
    }, more)
  await press({ isComposing: true })
  await press({ keyCode: 229 })
  await expect(page.getByRole('button', { name: 'Gắn sao', exact: true })).toBeVisible()
  await page.keyboard.press('?')
  await page.getByRole('checkbox', { name: /phím tắt một chữ cái/ }).uncheck()
  await page.keyboard.press('Escape')
  await page.getByRole('listbox').focus()
  await page.keyboard.press('s')
  await page.waitForTimeout(300)
  await expect(page.getByRole('button', { name: 'Gắn sao', exact: true })).toBeVisible()
  // Control: a shortcut with Ctrl still works, and a shortcut with a letter works after these shortcuts are turned on
  // again.
  await page.keyboard.press('Control+=')
  await expect(page.locator('.percent')).toHaveText('110%')
  await page.getByRole('button', { name: 'Phím tắt' }).click()
  await page.getByRole('checkbox', { name: /phím tắt một chữ cái/ }).check()
  await page.keyboard.press('Escape')
  await page.getByRole('listbox').focus()
  await page.keyboard.press('s')
  await expect(page.getByRole('button', { name: 'Bỏ gắn sao' })).toBeVisible()
})

test('the undo command reverses changes to several bulletins and changes to the text style', async ({
  page,
  article,
}) => {
  await importThree(page)
  await openRow(page, article, 0)
  // One of the bulletins already has a tag. The tag must still be there after the undo.
  await chooseInMenu(page, 'Nhãn và thư mục…')
  await page.getByRole('textbox', { name: 'Nhãn' }).fill('họp')
  await page.getByRole('combobox', { name: 'Thư mục' }).fill('Cũ')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Cũ\s*1$/ })).toBeVisible()
  const chooseTwo = async (): Promise<void> => {
    await bulletinRows(page)
      .nth(0)
      .click({ modifiers: ['Control'] })
    await bulletinRows(page)
      .nth(1)
      .click({ modifiers: ['Control'] })
  }
  await chooseTwo()
  await page.getByRole('button', { name: 'Nhãn và thư mục…' }).click()
  await page.getByRole('textbox', { name: 'Nhãn' }).fill('họp')
  await page.getByRole('combobox', { name: 'Thư mục' }).fill('Mới')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Mới\s*2$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Bỏ chọn' }).click()
  await page.getByRole('listbox').focus()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: /^Cũ\s*1$/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Mới/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^họp\s*1$/ })).toBeVisible()
  await chooseTwo()
  await page
    .getByRole('toolbar', { name: /đã chọn/ })
    .getByRole('button', { name: 'Gắn sao' })
    .click()
  await expect(page.getByRole('button', { name: /^Có gắn sao\s*2$/ })).toBeVisible()
  await page.getByText('Đã gắn sao 2 bản tin.').locator('..').getByRole('button', { name: 'Hoàn tác' }).click()
  await expect(page.getByRole('button', { name: /^Có gắn sao\s*0$/ })).toBeVisible()
  await page.keyboard.press('Control+=')
  await page.getByRole('button', { name: 'Kiểu chữ' }).click()
  await page.getByRole('button', { name: 'Đặt lại' }).click()
  await expect(page.locator('.percent')).toHaveText('100%')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect(page.locator('.percent')).toHaveText('110%')
})

test('the interface follows the light or dark theme of the system until the user chooses a theme', async ({ page }) => {
  const html = page.locator('html')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(html).toHaveAttribute('data-theme', 'night')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(html).toHaveAttribute('data-theme', 'paper')
  await page.getByRole('button', { name: 'Kiểu chữ' }).click()
  await page.getByRole('radio', { name: 'Nền trắng' }).click()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.waitForTimeout(200)
  await expect(html).toHaveAttribute('data-theme', 'white')
})
