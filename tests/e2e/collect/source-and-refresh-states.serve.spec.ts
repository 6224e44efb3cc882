import type { Locator, Page } from '@playwright/test'
import { startPortal } from '../../portal/portal'
import { call, addSource, answerCalls, interceptCalls, valueOf } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'
import { refreshLog } from '../support/interface'

/** Follows a port of this machine, where nothing answers unless the test starts a portal there. */
const addPortal = (page: Page, port: number | string, name: string): Promise<string> =>
  addSource(page, `http://127.0.0.1:${port}/`, name, 'portal')

const sourceButtons = (page: Page): Locator =>
  page.getByRole('navigation').locator('section').last().locator('li button')

test('a search that was left before it was answered is ended, and does not show up in the next', async ({ page }) => {
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
  const ended: unknown[] = []
  await interceptCalls(page, 'startDiscover', async (route) => {
    await released
    await route.fulfill({ json: { ok: true, value: { jobId: 'late' } } })
  })
  await interceptCalls(page, 'cancelJob', async (route, input) => {
    ended.push(input)
    await route.fulfill({ json: { ok: true, value: {} } })
  })
  const open = page.getByRole('button', { name: 'Thêm cổng thông tin của tỉnh…' })
  const dialog = page.getByRole('dialog', { name: 'Thêm nguồn tin…' })
  const field = dialog.getByRole('textbox', { name: 'Địa chỉ cổng thông tin hoặc chuyên mục' })
  await open.click()
  await field.fill('http://127.0.0.1:9/')
  await field.press('Enter')
  // Looked for already, though not known yet: a second press begins nothing, and it can be stopped.
  await expect(dialog.getByRole('button', { name: 'Xem có gì' })).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('button', { name: 'Dừng' }).click()
  await expect(field).toBeFocused()
  await field.press('Escape')
  await open.click()
  release(undefined)
  await expect.poll(() => ended).toEqual([{ jobId: 'late' }])
  await expect(dialog.getByRole('button', { name: 'Dừng' })).toHaveCount(0)
  await expect(dialog.getByRole('alert')).toHaveCount(0)
})

test('provinces that can not be had are said so', async ({ page }) => {
  const error = { code: 'internal', message: 'listPortals: broken', details: {} }
  await interceptCalls(page, 'listPortals', (route) => route.fulfill({ json: { ok: false, error } }))
  await page.getByRole('button', { name: 'Thêm cổng thông tin của tỉnh…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Thêm nguồn tin…' })
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expect(dialog.getByRole('list')).toHaveCount(0)
})

test('two sources of one name are two rows, and only the chosen one is marked', async ({ page }) => {
  await addPortal(page, 9, 'Cổng tỉnh')
  await addPortal(page, 10, 'Cổng tỉnh')
  const rows = sourceButtons(page)
  await expect(rows).toHaveCount(2)
  await rows.nth(1).click()
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'page')
  await expect(rows.nth(0)).not.toHaveAttribute('aria-current', 'page')
})

test('the head of the list follows a new name, and leads nowhere once the source is gone', async ({ page }) => {
  const id = await addPortal(page, 9, 'Cổng cũ')
  await sourceButtons(page).first().click()
  const toPage = page.getByRole('button', { name: 'Trang của nguồn tin này' })
  await expect(toPage).toBeVisible()
  await call(page, 'changeSource', { id, name: 'Cổng mới' })
  await expect(page.getByRole('heading', { name: 'Cổng mới' })).toBeVisible()
  // Back from its page, by its reader or as it goes, the keys are at the list, which is empty.
  const search = page.getByRole('searchbox')
  await toPage.click()
  await page.getByRole('button', { name: 'Về danh sách bản tin' }).press('Enter')
  await expect(search).toBeFocused()
  await toPage.click()
  await page.getByRole('textbox', { name: 'Tên nguồn tin' }).focus()
  await call(page, 'removeSource', { id })
  await expect(toPage).toHaveCount(0)
  await expect(search).toBeFocused()
})

test('on a source’s page the day is written as in Vietnam, and what is refused stays to be mended', async ({
  page,
}) => {
  const id = await addPortal(page, 9, 'Cổng tỉnh')
  await sourceButtons(page).first().click()
  await page.getByRole('button', { name: 'Trang của nguồn tin này' }).click()
  await expect(page.getByRole('button', { name: 'Về danh sách bản tin' })).toBeFocused()
  const day = page.getByRole('textbox', { name: 'Chỉ tải bài từ ngày' })
  const sinceOf = async (): Promise<unknown> => {
    const { sources } = await valueOf(page, 'listSources', {})
    return sources.find(({ source }) => source.id === id)?.source.since
  }
  await day.fill('31/02/2024')
  await day.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Ngày chưa đúng')
  expect(await sinceOf()).toBeNull()
  await day.fill('8/9/2024')
  await day.press('Enter')
  await expect(day).toHaveValue('08/09/2024')
  expect(await sinceOf()).toBe('2024-09-08')

  const error = { code: 'disk-full', message: 'full', details: {} }
  await interceptCalls(page, 'changeSource', (route) => route.fulfill({ json: { ok: false, error } }))
  const name = page.getByRole('textbox', { name: 'Tên nguồn tin' })
  await name.fill('Tên khác')
  await name.press('Enter')
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await expect(name).toHaveValue('Tên khác')
  await page.unroute('**/api/call')
  await name.press('Enter')
  await expect(page.getByRole('main', { name: 'Tên khác' })).toBeVisible()
  await expect(name).toHaveAttribute('aria-invalid', 'false')
  await interceptCalls(page, 'changeSource', (route) => route.fulfill({ json: { ok: false, error } }))
  const schedule = page.getByRole('combobox', { name: 'Xem tin mới' })
  await schedule.selectOption('1 ngày một lần')
  await expect(schedule).toHaveValue('')
})

test('what is being typed is not touched by news of its source, and Escape brings back what is kept', async ({
  page,
}) => {
  const id = await addPortal(page, 9, 'Cổng tỉnh')
  await sourceButtons(page).first().click()
  await page.getByRole('button', { name: 'Trang của nguồn tin này' }).click()
  const name = page.getByRole('textbox', { name: 'Tên nguồn tin' })
  await name.fill('Cổng Sơn')
  await call(page, 'changeSource', { id, everyMinutes: 1440 })
  await expect(page.getByRole('combobox', { name: 'Xem tin mới' })).toHaveValue('1440')
  await expect(name).toHaveValue('Cổng Sơn')
  await name.press('Escape')
  await expect(name).toHaveValue('Cổng tỉnh')
  await expect(name).toBeFocused()
  await name.fill('Cổng Khê')
  await page.getByRole('button', { name: 'Về danh sách bản tin' }).click()
  await expect(page.getByRole('heading', { name: 'Cổng Khê' })).toBeVisible()
})

test('what is typed on while the first words are being kept is kept too', async ({ page }) => {
  await addPortal(page, 9, 'Cổng tỉnh')
  await sourceButtons(page).first().click()
  await page.getByRole('button', { name: 'Trang của nguồn tin này' }).click()
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
  let asked = 0
  await interceptCalls(page, 'changeSource', async (route) => {
    asked += 1
    await released
    await route.continue()
  })
  const name = page.getByRole('textbox', { name: 'Tên nguồn tin' })
  await name.fill('Cổng Sơn')
  await name.press('Enter')
  await expect.poll(() => asked).toBe(1)
  await name.fill('Cổng Sơn Khê')
  await name.press('Tab')
  release(undefined)
  await expect(page.getByRole('main', { name: 'Cổng Sơn Khê' })).toBeVisible()
})

test('a refresh that failed as a whole is never among those that went well', async ({ page }) => {
  const id = await addPortal(page, 9, 'Cổng tỉnh')
  await call(page, 'startRefresh', { sources: [id] })
  await page.getByRole('button', { name: 'Nhật ký tải tin' }).click()
  const log = refreshLog(page)
  await expect(log.getByRole('heading', { name: 'Có lỗi' })).toBeVisible({ timeout: 20_000 })
  await call(page, 'removeSource', { id })
  await expect(log.getByRole('heading', { name: 'Có lỗi' })).toHaveCount(0)
  await expect(log.getByText('Không kết nối được với 127.0.0.1:9')).toBeVisible()
  await expect(log.getByText('Không có gì mới')).toHaveCount(0)
})

test('the focus stays by a refresh whose buttons change under it, and goes nowhere it was not', async ({ page }) => {
  const portal = await startPortal({ family: 'liferay', count: 3, delayMs: 20_000 })
  await addPortal(page, new URL(portal.origin).port, 'Cổng chậm')
  await page.getByRole('button', { name: 'Nhật ký tải tin' }).click()
  const log = refreshLog(page)
  const pause = log.getByRole('button', { name: 'Tạm dừng: Cổng chậm' })
  const goOn = log.getByRole('button', { name: 'Chạy tiếp Cổng chậm' })
  await log.getByRole('button', { name: 'Cập nhật mọi nguồn' }).press('Enter')
  await pause.press('Enter')
  await expect(goOn).toBeFocused()
  await goOn.press('Enter')
  await expect(pause).toBeFocused()
  await log.getByRole('button', { name: 'Tạm dừng tất cả' }).press('Enter')
  await expect(log.getByRole('button', { name: 'Cập nhật mọi nguồn' })).toBeFocused()
  await log.getByRole('button', { name: 'Dừng hẳn: Cổng chậm' }).press('Enter')
  await expect(goOn).toHaveCount(0)
  await expect(log.getByRole('region')).toBeFocused()
  // The control: who has left the button for nowhere is left there.
  await log.getByRole('button', { name: 'Cập nhật mọi nguồn' }).press('Enter')
  await pause.focus()
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.getByRole('navigation').getByRole('heading').first().click()
  const { refreshes } = await valueOf(page, 'listRefreshes', { limit: 1 })
  await call(page, 'cancelRefresh', { refreshId: refreshes[0]?.id })
  await expect(pause).toHaveCount(0)
  await expect(page.locator('body')).toBeFocused()
  await portal.stop()
})

test('what is known of sources and refreshes is not replaced by an answer that is older', async ({ page }) => {
  const portal = await startPortal({ family: 'liferay', count: 3, delayMs: 20_000 })
  const id = await addPortal(page, new URL(portal.origin).port, 'Cổng chậm')
  await expect(sourceButtons(page)).toHaveCount(1)
  const { refreshId } = await valueOf(page, 'startRefresh', { sources: [id] })
  const asked = { listSources: 0, listRefreshes: 0 }
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
  const [known, log] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
  await interceptCalls(page, 'listRefreshes', async (route) => {
    const response = await route.fetch()
    asked.listRefreshes += 1
    log.resolve(undefined)
    await released
    await route.fulfill({ response })
  })
  await interceptCalls(page, 'listSources', async (route) => {
    const response = await route.fetch()
    asked.listSources += 1
    // The control: the first answer is from before the end of following, and comes last.
    const isLate = asked.listSources === 1
    known.resolve(undefined)
    if (isLate) await released
    await route.fulfill({ response })
  })
  await page.reload()
  await Promise.all([known.promise, log.promise])
  const before = asked.listSources
  await call(page, 'cancelRefresh', { refreshId })
  await call(page, 'removeSource', { id })
  await expect.poll(() => asked.listSources).toBeGreaterThan(before)
  release(undefined)
  await page.getByRole('button', { name: 'Nhật ký tải tin' }).click()
  await expect(page.getByRole('main').getByText('Đã dừng hẳn.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Đang chạy' })).toHaveCount(0)
  await expect(sourceButtons(page)).toHaveCount(0)
  await portal.stop()
})

test('what is gone from the portal is not offered to be fetched, nor does a month to come hide the others', async ({
  page,
}) => {
  await addPortal(page, 9, 'Cổng tỉnh')
  const grid = {
    months: [
      { month: '2019-03', found: 5, kept: 3, gone: 2 },
      { month: '2019-04', found: 4, kept: 4, gone: 0 },
      { month: '2091-04', found: 1, kept: 1, gone: 0 },
    ],
    undated: { found: 1, kept: 0, gone: 1 },
    isWhole: true,
  }
  await answerCalls(page, { getRescueGrid: () => grid })
  await sourceButtons(page).first().click()
  await page.getByRole('button', { name: 'Trang của nguồn tin này' }).click()
  const view = page.getByRole('main', { name: 'Cổng tỉnh' })
  await expect(view.getByText('3 bài đã bị gỡ khỏi cổng trước khi lưu được.')).toBeVisible()
  await expect(view.getByRole('button', { name: /^Xem lại/ })).toBeVisible()
  await expect(view.getByRole('button', { name: /thiếu/ })).toHaveCount(0)
  await expect(view.getByRole('img', { name: 'Biểu đồ số bài của 24 tháng gần nhất: 9 bài' })).toBeVisible()
})

test('a dialog that was closed before its source was followed does not close the next one', async ({ page }) => {
  const portal = await startPortal({ family: 'liferay', count: 3 })
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
  await interceptCalls(page, 'addSource', async (route) => {
    await released
    await route.continue()
  })
  const open = page.getByRole('button', { name: 'Thêm cổng thông tin của tỉnh…' })
  const dialog = page.getByRole('dialog', { name: 'Thêm nguồn tin…' })
  const field = dialog.getByRole('textbox', { name: 'Địa chỉ cổng thông tin hoặc chuyên mục' })
  await open.click()
  await field.fill(portal.origin)
  await field.press('Enter')
  await dialog.getByRole('button', { name: 'Theo dõi và tải về' }).click({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  await open.click()
  await field.fill('http://127.0.0.1:9/')
  // What it was followed with is known when its refresh is.
  const known = page.waitForResponse((response) => response.request().postData()?.includes('getRefresh') === true)
  release(undefined)
  await (await known).finished()
  await call(page, 'listSources', {})
  await expect(field).toHaveValue('http://127.0.0.1:9/')
  await portal.stop()
})
