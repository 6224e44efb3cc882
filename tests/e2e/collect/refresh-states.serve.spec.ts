import { startPortal } from '../../portal/portal'
import { call, interceptCalls, valueOf, addLocalPortal } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'
import { refreshLog, sourceButtons } from '../support/interface'

test('the refresh log never lists a failed refresh among the successful refreshes', async ({ page }) => {
  const id = await addLocalPortal(page, 9, 'Cổng tỉnh')
  await call(page, 'startRefresh', { sources: [id] })
  await page.getByRole('button', { name: 'Nhật ký tải tin' }).click()
  const log = refreshLog(page)
  await expect(log.getByRole('heading', { name: 'Có lỗi' })).toBeVisible({ timeout: 20_000 })
  await call(page, 'removeSource', { id })
  await expect(log.getByRole('heading', { name: 'Có lỗi' })).toHaveCount(0)
  await expect(log.getByText('Không kết nối được với 127.0.0.1:9')).toBeVisible()
  await expect(log.getByText('Không có gì mới')).toHaveCount(0)
})

test('the focus stays on a refresh when the buttons of the refresh change', async ({ page }) => {
  const portal = await startPortal({ family: 'liferay', count: 3, delayMs: 20_000 })
  await addLocalPortal(page, new URL(portal.origin).port, 'Cổng chậm')
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
  // Control: if no element has the focus, a refresh does not take the focus.
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

test('an older response of the host does not replace newer sources and refreshes', async ({ page }) => {
  const portal = await startPortal({ family: 'liferay', count: 3, delayMs: 20_000 })
  const id = await addLocalPortal(page, new URL(portal.origin).port, 'Cổng chậm')
  await expect(sourceButtons(page)).toHaveCount(1)
  const { refreshId } = await valueOf(page, 'startRefresh', { sources: [id] })
  const calls = { listSources: 0, listRefreshes: 0 }
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
  const [known, log] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
  await interceptCalls(page, 'listRefreshes', async (route) => {
    const response = await route.fetch()
    calls.listRefreshes += 1
    log.resolve(undefined)
    await released
    await route.fulfill({ response })
  })
  await interceptCalls(page, 'listSources', async (route) => {
    const response = await route.fetch()
    calls.listSources += 1
    // Control: the host makes this response before the source is removed, and the response arrives after all others.
    const isLate = calls.listSources === 1
    known.resolve(undefined)
    if (isLate) await released
    await route.fulfill({ response })
  })
  await page.reload()
  await Promise.all([known.promise, log.promise])
  const before = calls.listSources
  await call(page, 'cancelRefresh', { refreshId })
  await call(page, 'removeSource', { id })
  await expect.poll(() => calls.listSources).toBeGreaterThan(before)
  release(undefined)
  await page.getByRole('button', { name: 'Nhật ký tải tin' }).click()
  await expect(page.getByRole('main').getByText('Đã dừng hẳn.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Đang chạy' })).toHaveCount(0)
  await expect(sourceButtons(page)).toHaveCount(0)
  await portal.stop()
})
