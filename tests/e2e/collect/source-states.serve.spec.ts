import { startPortal } from '../../portal/portal'
import { call, answerCalls, interceptCalls, valueOf, addLocalPortal } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'
import { sourceButtons } from '../support/interface'

test('when the user closes the dialog, the search for sources is cancelled, and the next dialog does not show its result', async ({
  page,
}) => {
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
  // The search for sources already runs, but its job id is not known yet. The user can stop the search, but cannot
  // start another.
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

test('the dialog tells the user if the list of provinces could not be loaded', async ({ page }) => {
  const error = { code: 'internal', message: 'listPortals: broken', details: {} }
  await interceptCalls(page, 'listPortals', (route) => route.fulfill({ json: { ok: false, error } }))
  await page.getByRole('button', { name: 'Thêm cổng thông tin của tỉnh…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Thêm nguồn tin…' })
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expect(dialog.getByRole('list')).toHaveCount(0)
})

test('the left column shows two sources of the same name as two rows, and marks only the chosen row as current', async ({
  page,
}) => {
  await addLocalPortal(page, 9, 'Cổng tỉnh')
  await addLocalPortal(page, 10, 'Cổng tỉnh')
  const rows = sourceButtons(page)
  await expect(rows).toHaveCount(2)
  await rows.nth(1).click()
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'page')
  await expect(rows.nth(0)).not.toHaveAttribute('aria-current', 'page')
})

test("the header above the list shows the new name of a renamed source, and loses the link to the source's page when the source is removed", async ({
  page,
}) => {
  const id = await addLocalPortal(page, 9, 'Cổng cũ')
  await sourceButtons(page).first().click()
  const toPage = page.getByRole('button', { name: 'Trang của nguồn tin này' })
  await expect(toPage).toBeVisible()
  await call(page, 'changeSource', { id, name: 'Cổng mới' })
  await expect(page.getByRole('heading', { name: 'Cổng mới' })).toBeVisible()
  // The search field of the list gets the focus when the source's page closes, because the list is empty.
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

test('the page of a source shows dates in the Vietnamese form, and keeps a rejected value so that the user can correct it', async ({
  page,
}) => {
  const id = await addLocalPortal(page, 9, 'Cổng tỉnh')
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

test('a change of the source does not replace text that the user is typing, and Escape brings back the stored value', async ({
  page,
}) => {
  const id = await addLocalPortal(page, 9, 'Cổng tỉnh')
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

test('a field also stores text that the user types while an earlier save is running', async ({ page }) => {
  await addLocalPortal(page, 9, 'Cổng tỉnh')
  await sourceButtons(page).first().click()
  await page.getByRole('button', { name: 'Trang của nguồn tin này' }).click()
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
  let calls = 0
  await interceptCalls(page, 'changeSource', async (route) => {
    calls += 1
    await released
    await route.continue()
  })
  const name = page.getByRole('textbox', { name: 'Tên nguồn tin' })
  await name.fill('Cổng Sơn')
  await name.press('Enter')
  await expect.poll(() => calls).toBe(1)
  await name.fill('Cổng Sơn Khê')
  await name.press('Tab')
  release(undefined)
  await expect(page.getByRole('main', { name: 'Cổng Sơn Khê' })).toBeVisible()
})

test('the table of missing bulletins does not offer bulletins that the portal removed, and a month in the future does not hide other months', async ({
  page,
}) => {
  await addLocalPortal(page, 9, 'Cổng tỉnh')
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

test('an open dialog stays open when a source from an earlier dialog is added', async ({ page }) => {
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
  // When the interface requests the refresh, it has already handled the late response.
  const known = page.waitForResponse((response) => response.request().postData()?.includes('getRefresh') === true)
  release(undefined)
  await (await known).finished()
  await call(page, 'listSources', {})
  await expect(field).toHaveValue('http://127.0.0.1:9/')
  await portal.stop()
})
