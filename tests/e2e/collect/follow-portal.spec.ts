import type { Locator, Page } from '@playwright/test'
import { type Portal, startPortal } from '../../portal/portal'
import { expectAccessible } from '../support/axe'
import { expect, test as base } from '../support/fixtures'
import { addSource, valueOf } from '../support/contract-calls'
import { refreshLog } from '../support/interface'
import { startFailingFeed } from '../support/failing-feed'

const count = 6
const test = base.extend<{ portal: Portal }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find what a fixture needs.
  portal: async ({}, use) => {
    const portal = await startPortal({ family: 'liferay', count })
    await use(portal)
    await portal.stop()
  },
})

/** Opens the dialog of a new library and searches an address for sources. */
async function discover(page: Page, address: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Thêm cổng thông tin của tỉnh…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Thêm nguồn tin…' })
  await dialog.getByRole('textbox', { name: 'Địa chỉ cổng thông tin hoặc chuyên mục' }).fill(address)
  await dialog.getByRole('button', { name: 'Xem có gì' }).click()
  return dialog
}

/** Follows all bulletins of the test portal. Returns the locator of the refresh log, which the program then shows. */
async function follow(page: Page, portal: Portal): Promise<Locator> {
  const dialog = await discover(page, portal.origin)
  await dialog.getByRole('radio', { name: 'Tất cả' }).click({ timeout: 30_000 })
  await dialog.getByRole('button', { name: 'Theo dõi và tải về' }).click()
  const log = refreshLog(page)
  await expect(log).toBeVisible()
  return log
}

/**
 * Returns the paths of the bulletins that were requested from the portal. A path that was requested twice is in the
 * list twice.
 */
function requestedArticles(portal: Portal): string[] {
  const articles = new Set(portal.bulletins.map(({ number }) => portal.articlePath(number)))
  return portal.requests.map(({ path }) => path).filter((path) => articles.has(path))
}

test('the program downloads a portal into a new library, can pause and continue the download, and shows the bulletins when the portal is offline', async ({
  page,
  article,
  portal,
}) => {
  test.slow()
  const log = await follow(page, portal)
  const bar = log.getByRole('progressbar')
  await expect(bar).toBeVisible()
  await expect.poll(() => requestedArticles(portal).length, { timeout: 60_000 }).toBeGreaterThan(1)
  await log.getByRole('button', { name: /^Tạm dừng: / }).click()
  await expect(log.getByText('Đang tạm dừng.')).toBeVisible()
  const before = portal.requests.length
  await page.waitForTimeout(1500)
  expect(portal.requests.length, 'sends no request while it is paused').toBe(before)
  await log.getByRole('button', { name: /^Chạy tiếp/ }).click()
  await expect(log.getByText(`${count} bản tin mới`)).toBeVisible({ timeout: 90_000 })
  const pages = requestedArticles(portal)
  expect(pages.length, 'requests no page twice').toBe(new Set(pages).size)

  await portal.stop()
  await log.getByRole('button', { name: /^Xem/ }).first().click()
  const rows = page.locator('.list .row')
  await expect(rows).toHaveCount(count)
  await rows.first().click()
  await expect(article.getByRole('heading', { level: 1 })).not.toBeEmpty()
  const pictures = article.getByRole('img')
  if ((await pictures.count()) > 0)
    await expect
      .poll(() => pictures.first().evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0)
})

test('when the user stops a refresh, the downloaded bulletins stay, and the next refresh downloads only the missing ones', async ({
  page,
  portal,
}) => {
  test.slow()
  const log = await follow(page, portal)
  await expect.poll(() => requestedArticles(portal).length, { timeout: 60_000 }).toBeGreaterThan(1)
  await log.getByRole('button', { name: /^Dừng hẳn: / }).click()
  await expect(log.getByText('Đã dừng hẳn.')).toBeVisible()
  const stored = (await valueOf(page, 'countBulletins', {})).all
  await log.getByRole('button', { name: 'Cập nhật mọi nguồn' }).click()
  await expect(log.getByText(/bản tin mới/).first()).toBeVisible({ timeout: 90_000 })
  await expect.poll(async () => (await valueOf(page, 'countBulletins', {})).all, { timeout: 60_000 }).toBe(count + 1)
  expect(stored).toBeLessThan(count + 1)
})

test('a keyboard user finds a portal by the old name of a province, typed without diacritics', async ({ page }) => {
  await page.getByRole('button', { name: 'Thêm cổng thông tin của tỉnh…' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Thêm nguồn tin…' })
  await expect(dialog.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('bac kan')
  await expect(dialog.getByRole('listitem').first()).toContainText('nay thuộc Thái Nguyên')
  await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('button', { name: /^Bắc Kạn/ })).toBeFocused()
  await dialog.getByRole('searchbox').fill('không có tỉnh này')
  await expect(dialog.getByRole('status').filter({ hasText: 'Không có tỉnh, thành phố nào' })).toBeVisible()
  // The first press of Escape clears the field, and the second press closes the dialog.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

test('the program says that the address of an article is not a portal, and explains why the user cannot follow the address', async ({
  page,
  article,
  portal,
}) => {
  test.slow()
  const dialog = await discover(page, `${portal.origin}${portal.articlePath(1)}`)
  await expect(dialog.getByText('Địa chỉ này là một bài viết')).toBeVisible({ timeout: 30_000 })
  await dialog.getByRole('textbox').fill(`${portal.origin}/khong-co`)
  await dialog.getByRole('button', { name: 'Xem có gì' }).click()
  await expect(dialog.getByRole('alert')).toContainText('404', { timeout: 30_000 })
  await dialog.getByRole('textbox').fill('xin chào')
  await dialog.getByRole('button', { name: 'Xem có gì' }).click()
  await expect(dialog.getByRole('alert').first()).toHaveText(
    'Chưa có địa chỉ nào. Địa chỉ bắt đầu bằng http:// hoặc https://.',
  )
  await dialog.getByRole('textbox').fill(`${portal.origin}${portal.articlePath(1)}`)
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Tải bài này' }).click({ timeout: 30_000 })
  await expect(article.getByRole('heading', { level: 1 })).toContainText(portal.bulletins[1]?.title ?? '')
})

test('the program lists the pages that failed, and one button downloads all failed pages again', async ({ page }) => {
  test.slow()
  const entries = ['Tin số 1', 'Tin số 2', 'Tin số 3']
  const feed = await startFailingFeed({ title: 'Xã Hỏng', entries, pageStatus: 500 })
  try {
    const dialog = await discover(page, feed.feedAddress)
    await dialog.getByRole('radio', { name: 'Tất cả' }).click({ timeout: 30_000 })
    await dialog.getByRole('button', { name: 'Theo dõi và tải về' }).click()
    const log = refreshLog(page)
    await expect(log.getByRole('heading', { name: 'Có lỗi' })).toBeVisible({ timeout: 90_000 })
    await expect(log.getByRole('paragraph').filter({ hasText: 'Tin số 1' })).toBeVisible()
    const retry = log.getByRole('button', { name: /^Thử lại/ })
    await expect(retry).toHaveCount(1)
    await retry.click()
    await expect(log.getByRole('heading', { name: 'Đang chạy' })).toBeVisible()
  } finally {
    feed.stop()
  }
})

test('the user can open the page of a source, change the settings of the source, and stop following the source', async ({
  host,
  page,
  portal,
}) => {
  test.slow()
  const log = await follow(page, portal)
  await expect(log.getByText(`${count} bản tin mới`)).toBeVisible({ timeout: 90_000 })
  await expectAccessible(host, 'log of a finished refresh')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(portal.family.title) })
    .click()
  await page.getByRole('button', { name: 'Trang của nguồn tin này' }).click()
  const view = page.getByRole('main', { name: portal.family.title })
  await expect(view.getByText('Đã lưu đủ mọi bài mà cổng còn nêu.')).toBeVisible()
  await expect(view.getByRole('img', { name: /^Biểu đồ/ })).toBeVisible()
  await expectAccessible(host, 'source page')

  await view.getByRole('combobox', { name: 'Xem tin mới' }).selectOption({ label: '1 ngày một lần' })
  await view.getByRole('textbox', { name: 'Tên nguồn tin' }).fill('Cổng Sơn Khê')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('main', { name: 'Cổng Sơn Khê' })).toBeVisible()
  expect((await valueOf(page, 'listSources', {})).sources).toMatchObject([
    { source: { name: 'Cổng Sơn Khê', schedule: { everyMinutes: 1440 } } },
  ])

  await page.getByRole('button', { name: 'Ngừng theo dõi…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Ngừng theo dõi', exact: true }).click()
  await expect(page.getByText('Đã ngừng theo dõi “Cổng Sơn Khê”. Các bản tin đã lưu vẫn còn.')).toBeVisible()
  await expect(page.locator('.list .row')).toHaveCount(count)
})

test('one button downloads all missing bulletins of a month', async ({ page, portal }) => {
  test.slow()
  await discover(page, portal.origin)
  const dialog = page.getByRole('dialog', { name: 'Thêm nguồn tin…' })
  // The user follows only bulletins from today on. The portal also lists older bulletins, which the library lacks.
  await dialog.getByRole('radio', { name: 'Chỉ bài mới' }).click({ timeout: 30_000 })
  await dialog.getByRole('button', { name: 'Theo dõi và tải về' }).click()
  const log = refreshLog(page)
  await expect(log.getByRole('heading', { name: 'Đã xong' })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: portal.family.title }).first().click()
  await page.getByRole('button', { name: 'Trang của nguồn tin này' }).click()
  const view = page.getByRole('main', { name: portal.family.title })
  await view.getByRole('button', { name: 'Xem hết danh sách của cổng' }).click()
  await expect(view.getByRole('button', { name: 'Xem lại danh sách của cổng' })).toBeEnabled({ timeout: 60_000 })
  const month = view.getByRole('table').getByRole('button', { name: /^Còn thiếu/ })
  await expect(month.first()).toBeVisible({ timeout: 60_000 })
  await expect(month.first()).toBeEnabled({ timeout: 60_000 })
  const missing = await month.count()
  await month.first().click()
  await expect(month).toHaveCount(missing - 1, { timeout: 60_000 })
})

test('the left column sorts forty sources in numeric order, and the buttons below the sources stay in view', async ({
  page,
}) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  for (let number = 40; number >= 1; number--)
    await addSource(page, `http://127.0.0.1:9/xa-${number}`, `Xã số ${number}`, 'listing')
  const rail = page.getByRole('navigation')
  const sources = rail.getByRole('button', { name: /^Xã số/ })
  await expect(sources).toHaveCount(40)
  await expect(sources.nth(1)).toContainText('Xã số 2')
  await expect(sources.last()).toContainText('Xã số 40')
  await expect(rail.getByRole('button', { name: 'Cài đặt' })).toBeInViewport({ ratio: 1 })
  await sources.last().scrollIntoViewIfNeeded()
  await sources.last().click()
  await expect(page.locator('.list')).toContainText('Không có bản tin nào ở đây')
})
