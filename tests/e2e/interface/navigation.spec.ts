import type { FrameLocator } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { articleOf, bulletinRows, setLaptopSize, importThree, articleHeading, openRow } from '../support/interface'

test('keys and mouse buttons go back and forward through the opened bulletins, and a reload keeps this history', async ({
  page,
  article,
}) => {
  await importThree(page)
  const titles = [await openRow(page, article, 0), await openRow(page, article, 1), await openRow(page, article, 2)]
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(articleHeading(article)).toHaveText(titles[1] ?? '')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(articleHeading(article)).toHaveText(titles[0] ?? '')
  await page.keyboard.press('Alt+ArrowRight')
  await expect(articleHeading(article)).toHaveText(titles[1] ?? '')
  const cdp = await page.context().newCDPSession(page)
  const press = async (button: 'back' | 'forward'): Promise<void> => {
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await cdp.send('Input.dispatchMouseEvent', { type, x: 300, y: 400, button, clickCount: 1 })
  }
  await press('back')
  await expect(articleHeading(article)).toHaveText(titles[0] ?? '')
  await press('forward')
  await expect(articleHeading(article)).toHaveText(titles[1] ?? '')
  await page.reload()
  await expect(articleHeading(article)).toHaveText(titles[1] ?? '')
})

test('on a phone, going back from the bulletin shows the list', async ({ page, article }) => {
  await expect(articleHeading(article)).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Về danh sách' }).click()
  await bulletinRows(page).first().click()
  await expect(articleHeading(article)).toBeVisible()
  await page.goBack()
  await expect(bulletinRows(page).first()).toBeVisible()
  await bulletinRows(page).first().click()
  await page.getByRole('button', { name: 'Về danh sách' }).click()
  await expect(bulletinRows(page).first()).toBeVisible()
})

test('the focus mode shows only the bulletin, and Escape shows the other parts again', async ({ page, article }) => {
  await expect(articleHeading(article)).toBeVisible()
  await page.getByRole('listbox').focus()
  await page.keyboard.press('f')
  await expect(page.getByRole('navigation')).toBeHidden()
  await expect(page.getByRole('listbox')).toBeHidden()
  await expect(page.getByRole('toolbar', { name: 'Thanh công cụ đọc' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toBeVisible()
})

test('the user can open a bulletin in a new window or tab', async ({ host, page, article }) => {
  await importThree(page)
  await openRow(page, article, 0)
  const title = (await bulletinRows(page).nth(2).locator('.title').textContent()) ?? ''
  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    bulletinRows(page).nth(2).click({ button: 'middle' }),
  ])
  await setLaptopSize(other)
  await expect(articleHeading(articleOf(other))).toHaveText(title)
  // The first page still shows the bulletin that was open there.
  await expect(articleHeading(article)).not.toHaveText(title)
  expect(new URL(other.url()).hash, 'the bulletin is not in the address').toBe('')
  expect(host.foreignRequests).toEqual([])
})

test('the paragraph at the top of the window stays there after a change of the text size and after a restart', async ({
  host,
  page,
  article,
}) => {
  await expect(article.locator('.body > p')).toHaveCount(7)
  await page.getByRole('button', { name: 'Tăng cỡ chữ' }).click()
  await expect(page.locator('.percent')).toHaveText('110%')
  await page.waitForTimeout(300) // the interface restores the position over some frames
  await article
    .locator('.body > p')
    .nth(4)
    .evaluate((paragraph) => paragraph.scrollIntoView())
  const firstSeen = (frame: FrameLocator): Promise<number> =>
    frame
      .locator('.body')
      .evaluate((body) => [...body.children].findIndex((child) => child.getBoundingClientRect().bottom > 8))
  const before = await firstSeen(article)
  expect(before).toBeGreaterThan(3)
  await page.waitForTimeout(1500) // the interface stores the position when scrolling has ended
  for (let step = 0; step < 3; step++) await page.getByRole('button', { name: 'Tăng cỡ chữ' }).click()
  await expect(page.locator('.percent')).toHaveText('175%')
  await expect.poll(() => firstSeen(article)).toBe(before)
  await page.waitForTimeout(1500)
  await host.restart()
  await setLaptopSize(host.page)
  const again = articleOf(host.page)
  await expect(again.locator('.body > p')).toHaveCount(7)
  await expect.poll(() => firstSeen(again)).toBe(before)
})
