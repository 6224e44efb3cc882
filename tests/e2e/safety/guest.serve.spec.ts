// Tests of the interface for guests, the clients of `serve --read-only` (docs/security.md#guests).
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { bulletinFixtures, cli } from '../support/paths'
import { expect, test } from '../support/fixtures'
import { setLaptopSize } from '../support/interface'
import { startServerFor } from '../support/hosts/serve-host'
import { stopProcess } from '../support/hosts/server-process'

/** Words on buttons that a guest must not see, because the buttons change, download or reveal something. */
const ownWords =
  /Gắn sao|Nhãn|Chưa đọc|Đã đọc|Đánh dấu|Ghi chú|Thùng rác|Nhập|Thêm bài|nguồn tin…|Sao lưu|Báo cáo|Lịch sử tải|nguyên trạng|Trích lại|bảng mã|Xóa/i

test('a guest can read, search and change the text size, and sees only buttons that work for guests', async ({
  sharedBrowser,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'bantin-e2e-guest-'))
  const library = join(folder, 'library')
  execFileSync(process.execPath, [cli, 'import', bulletinFixtures, '--library', library], {
    env: { ...process.env, BANTIN_CONFIG: join(folder, 'config') },
  })
  const server = await startServerFor(library, { flags: ['--read-only'] })
  const context = await sharedBrowser?.newContext()
  if (context === undefined) throw new Error('the host "serve" needs a browser')
  try {
    const page = await context.newPage()
    const refused: string[] = []
    page.on('response', async (response) => {
      if (!response.url().endsWith('/api/call')) return
      const text = await response.text().catch(() => '')
      if (text.startsWith('{"ok":false')) refused.push(`${response.request().postData() ?? ''} ${text}`)
    })
    await setLaptopSize(page)
    await page.goto(server.address)
    const heading = page.frameLocator('iframe').getByRole('heading', { level: 1 })
    await expect(heading).toBeVisible()
    const readButtons = (): Promise<string[]> =>
      page
        .locator('button:visible:not(:disabled)')
        .evaluateAll((buttons) =>
          buttons.map((button) => `${button.getAttribute('aria-label') ?? ''} ${button.textContent.trim()}`),
        )
    expect((await readButtons()).filter((name) => ownWords.test(name))).toEqual([])
    await page.screenshot({ path: test.info().outputPath('guest.png') })
    await page.getByRole('button', { name: 'Việc khác', exact: true }).click()
    expect((await readButtons()).filter((name) => ownWords.test(name))).toEqual([])
    await page.screenshot({ path: test.info().outputPath('guest-menu.png') })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Tăng cỡ chữ' }).click()
    await expect(page.getByText('Cỡ chữ 110%')).toBeAttached()
    for (const key of ['s', 'u', 'h', 'n']) await page.keyboard.press(key)
    await page.getByRole('searchbox').fill('thông báo')
    await expect(page.locator('.list .row').first()).toBeVisible()
    await page.getByRole('button', { name: 'Cài đặt' }).click()
    await expect(page.getByText('tư cách khách')).toBeVisible()
    expect((await readButtons()).filter((name) => ownWords.test(name))).toEqual([])
    await page.screenshot({ path: test.info().outputPath('guest-settings.png') })
    // The host refuses only the first change of a setting. It answers every other call.
    expect(refused.filter((each) => !each.includes('changeSettings'))).toEqual([])
    expect(await page.locator('.toast').count()).toBe(0)
  } finally {
    await context.close()
    await stopProcess(server.process)
    await rm(folder, { recursive: true, force: true })
  }
})
