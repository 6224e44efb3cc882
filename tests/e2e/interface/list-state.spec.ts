import { join } from 'node:path'
import { expect, test } from '../support/fixtures'
import { bulletinFixtures } from '../support/paths'
import {
  bulletinList,
  bulletinRows,
  chooseFiles,
  chooseInMenu,
  importFixtures,
  importThree,
  titleOfRow,
} from '../support/interface'

test('the key "j" opens one unread bulletin after another, although an opened bulletin leaves the list of unread bulletins', async ({
  page,
  article,
}) => {
  await importThree(page)
  const heading = article.getByRole('heading', { level: 1 })
  await page
    .getByRole('button', { name: /^Chưa đọc/ })
    .first()
    .click()
  await expect(bulletinRows(page)).toHaveCount(3)
  const titles = [await titleOfRow(page, 0), await titleOfRow(page, 1), await titleOfRow(page, 2)]
  await bulletinRows(page).first().click()
  for (const [at, title] of titles.entries()) {
    await expect(heading).toHaveText(title)
    await expect(bulletinRows(page)).toHaveCount(2 - at)
    await page.keyboard.press('j')
  }
  // The list of all bulletins is shown in full again.
  await page.getByRole('button', { name: /^Tất cả bản tin/ }).click()
  await expect(bulletinRows(page)).toHaveCount(4)
})

test('the list of half-read bulletins does not contain a bulletin that was read to its end', async ({
  page,
  article,
}) => {
  await importThree(page)
  const heading = article.getByRole('heading', { level: 1 })
  const sample = bulletinRows(page).filter({ hasText: 'Đẩy mạnh phong trào' })
  await sample.click()
  await expect(heading).toContainText('Đẩy mạnh')
  const scroll = (share: number): Promise<void> =>
    article.locator('html').evaluate((root, part) => {
      root.scrollTop = root.scrollHeight * part
    }, share)
  const started = page.getByRole('button', { name: /^Đang đọc dở/ })
  // Control: a half-read bulletin is in the list.
  await scroll(0.4)
  await expect(started).toHaveAccessibleName(/1$/)
  await scroll(1)
  await expect(page.getByText('đã đọc hết')).toBeVisible()
  await bulletinRows(page).filter({ hasNotText: 'Đẩy mạnh phong trào' }).first().click()
  await expect(heading).not.toContainText('Đẩy mạnh')
  await page.waitForTimeout(800)
  await expect(started).toHaveAccessibleName(/0$/)
})

test('the active row stays on its bulletin when other bulletins arrive, and moves to a neighbour after a deletion', async ({
  host,
  page,
}) => {
  await importFixtures(page, ['khai-giang.txt'])
  const active = page.locator('.row.active .title')
  await bulletinList(page).focus()
  await page.keyboard.press('End')
  const last = await titleOfRow(page, 1)
  await expect(active).toHaveText(last)
  const other = await host.openAnother()
  await chooseFiles(
    other,
    ['canh-bao-mua-lu.txt', 'tuyen-quan.txt'].map((name) => join(bulletinFixtures, name)),
  )
  await expect(bulletinRows(page)).toHaveCount(4)
  await expect(active).toHaveText(last)
  await page.keyboard.press('Delete')
  await expect(bulletinRows(page)).toHaveCount(3)
  await expect(active).toHaveText(await titleOfRow(page, 2))
  await expect(bulletinList(page)).toBeFocused()
})

test('the list keeps its scroll position behind another view, even if the open row is out of view', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 420 })
  await importThree(page)
  await bulletinRows(page).first().click()
  for (const top of [0, 10_000]) {
    const scroll = (): Promise<number> => bulletinList(page).evaluate((element) => element.scrollTop)
    await bulletinList(page).evaluate((element, given) => element.scrollTo({ top: given }), top)
    await expect(bulletinRows(page).nth(top === 0 ? 0 : -1)).toBeInViewport()
    const before = await scroll()
    await page.keyboard.press('Control+,')
    await expect(bulletinList(page)).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(bulletinList(page)).toBeVisible()
    await expect.poll(scroll).toBe(before)
    await page.waitForTimeout(300)
    expect(await scroll()).toBe(before)
  }
})

test('the menu can delete the open bulletin even if the list shows the trash and does not contain the bulletin', async ({
  page,
  article,
}) => {
  await importThree(page)
  await bulletinRows(page).first().click()
  await bulletinRows(page)
    .last()
    .click({ modifiers: ['Control'] })
  await page
    .getByRole('toolbar', { name: /đã chọn/ })
    .getByRole('button', { name: 'Xóa' })
    .click()
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('button', { name: /^Thùng rác/ }).click()
  await expect(bulletinRows(page)).toHaveCount(1)
  await chooseInMenu(page, 'Xóa')
  await expect(bulletinRows(page)).toHaveCount(2)
  await bulletinRows(page).first().click()
  await chooseInMenu(page, 'Khôi phục')
  await expect(bulletinRows(page)).toHaveCount(1)
})
