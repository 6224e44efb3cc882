import type { Page } from '@playwright/test'
import { valueOf } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'

const available = {
  state: 'available',
  checkedAt: '2026-11-24T03:15:00Z',
  version: '1.2.0',
  page: 'https://bantin.example/tai-ve',
  canInstall: true,
}

/** Answers the calls about updates as a build with an update address does. Returns the inputs of the calls. */
async function answerChecks(page: Page, answers: Readonly<Record<string, object>>): Promise<unknown[]> {
  const calls: unknown[] = []
  await page.route('**/api/call', async (route) => {
    const sent = JSON.parse(route.request().postData() ?? '{}') as { method?: string; input?: unknown }
    const answer = answers[sent.method ?? '']
    if (answer === undefined) return route.continue()
    calls.push([sent.method, sent.input])
    await route.fulfill({ json: answer })
  })
  await page.reload()
  return calls
}

async function openSettings(page: Page): Promise<void> {
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.getByRole('button', { name: 'Cài đặt' }).click()
  await expect(page.getByRole('heading', { name: 'Giới thiệu' })).toBeVisible()
}

test('a build without an update address says that it cannot check, and offers no check', async ({ page }) => {
  await openSettings(page)
  await expect(page.getByText('Bản cài này không có địa chỉ cập nhật nên không tự kiểm tra bản mới.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Kiểm tra bản mới' })).toHaveCount(0)
})

test('a new version is announced once, and the user can have it downloaded, to be installed when the program ends', async ({
  page,
}) => {
  const calls = await answerChecks(page, {
    checkUpdate: { ok: true, value: available },
    installUpdate: { ok: true, value: {} },
  })
  await expect(page.getByText('Có bản mới 1.2.0. Xem ở Cài đặt, mục Giới thiệu.')).toBeVisible()
  await openSettings(page)
  await expect(page.getByRole('button', { name: 'Mở trang tải về' })).toBeVisible()
  await page.getByRole('button', { name: 'Tải về và cài khi đóng chương trình' }).click()
  await expect(page.getByText('Đã tải xong. Bản mới sẽ được cài khi bạn đóng Bản Tin.')).toBeVisible()
  expect(calls).toEqual([
    ['checkUpdate', { onlyIfDue: true }],
    ['installUpdate', {}],
  ])
})

test('one click switches the automatic check off', async ({ page }) => {
  await answerChecks(page, { checkUpdate: { ok: true, value: { ...available, state: 'current', version: null } } })
  await openSettings(page)
  await page.getByRole('checkbox', { name: 'Mỗi tuần kiểm tra một lần xem có bản mới' }).click()
  await expect.poll(async () => (await valueOf(page, 'getSettings', {})).checksForUpdates).toBe(false)
})

test('if a check by hand fails, the settings show one sentence', async ({ page }) => {
  const error = { code: 'update-not-trusted', message: 'x', details: {} }
  const calls = await answerChecks(page, { checkUpdate: { ok: false, error } })
  await openSettings(page)
  // Control: the automatic check failed too, and showed nothing.
  expect(calls).toEqual([['checkUpdate', { onlyIfDue: true }]])
  const sentence = page.getByText('Chữ ký của bản cập nhật không đúng nên không dùng.')
  await expect(sentence).toHaveCount(0)
  await page.getByRole('button', { name: 'Kiểm tra bản mới' }).click()
  await expect(sentence).toBeVisible()
})
