import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startPortal } from '../../portal/portal'
import { call } from '../support/contract-calls'
import { expect, test as base } from '../support/fixtures'
import { bulletinFixtures } from '../support/paths'
import { bulletinRows, refreshLog } from '../support/interface'
import { waitForPreview } from '../support/print-dialog'

/* These tests do every task with the keyboard alone. The tests reach each control with Tab, as a user does. The tests
   never click or focus a locator, and fail if a pointer is pressed. */
const test = base.extend<{ noPointer: undefined }>({
  noPointer: [
    async ({ page }, use) => {
      await expect(bulletinRows(page)).toHaveCount(1)
      await page.evaluate(() => {
        const counted = window as unknown as { pointers: number }
        counted.pointers = 0
        addEventListener('pointerdown', () => (counted.pointers += 1), true)
      })
      await use(undefined)
      expect(await page.evaluate(() => (window as unknown as { pointers: number }).pointers)).toBe(0)
    },
    { auto: true },
  ],
})

/**
 * Returns the accessible name of the focused element (also in the article's frame), and whether the focus is visible.
 */
async function focused(page: Page): Promise<{ name: string; isVisible: boolean }> {
  return page.evaluate(() => {
    const inFrame = (element: Element | null): Element | null =>
      element instanceof HTMLIFrameElement ? (element.contentDocument?.activeElement ?? element) : element
    const element = inFrame(document.activeElement)
    if (element === null || element.tagName === 'BODY') return { name: '', isVisible: true }
    const labels = (element as Partial<HTMLInputElement>).labels
    const name =
      element.getAttribute('aria-label') ??
      labels?.[0]?.textContent ??
      element.textContent ??
      element.getAttribute('title')
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return {
      name: (name ?? '').replace(/\s+/g, ' ').trim(),
      isVisible: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0,
    }
  })
}

/** Presses Tab or Shift Tab until the element with this name has the focus, and expects the focus to be visible. */
async function reach(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 120; presses++) {
    const { name: now, isVisible } = await focused(page)
    if (name.test(now)) {
      expect(isVisible, `${now} shows that it has the focus`).toBe(true)
      return
    }
    passed.push(now)
    await page.keyboard.press(key)
  }
  throw new Error(`${String(name)} is not reached by ${key}: ${passed.join(' | ')}`)
}

async function press(page: Page, name: RegExp, key?: 'Tab' | 'Shift+Tab'): Promise<void> {
  await reach(page, name, key)
  await page.keyboard.press('Enter')
}

/** Runs a command of the palette. The name of the command is typed without diacritics. */
async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Bảng lệnh' })).toBeVisible()
  await page.keyboard.type(name)
  await expect(page.locator('[role=option][aria-selected=true]').last()).toBeVisible()
  await page.keyboard.press('Enter')
}

test('a keyboard user can import, find, read, star, file, trash and restore a bulletin, and delete it for good', async ({
  page,
  article,
}) => {
  test.slow()
  const chosen = page.waitForEvent('filechooser')
  await press(page, /^Nhập tệp…$/)
  await (await chosen).setFiles(join(bulletinFixtures, 'khai-giang.txt'))
  await expect(bulletinRows(page)).toHaveCount(2)

  await page.keyboard.press('Control+Shift+F')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('khai giang')
  await expect(bulletinRows(page)).toHaveCount(1)
  await reach(page, /^Danh sách bản tin$/)
  await page.keyboard.press('Enter')
  await expect(article.getByRole('heading', { level: 1 })).toContainText(/khai giảng/i)
  await reach(page, /^Danh sách bản tin$/)
  await page.keyboard.press('s')
  await expect(page.getByRole('button', { name: 'Bỏ gắn sao' })).toBeVisible()
  await page.keyboard.press('u')

  await page.keyboard.press('Space')
  await press(page, /^Nhãn và thư mục…$/)
  const labels = page.getByRole('dialog')
  await reach(page, /^Nhãn/)
  await page.keyboard.type('trường học')
  await reach(page, /^Thư mục/)
  await page.keyboard.type('Dán bảng tin')
  await press(page, /^Lưu$/)
  await expect(labels).toHaveCount(0)
  await expect(page.getByRole('navigation').getByText('Dán bảng tin')).toBeVisible()

  await reach(page, /^Danh sách bản tin$/)
  await page.keyboard.press('Delete')
  await expect(bulletinRows(page)).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(bulletinRows(page)).toHaveCount(1)
  await reach(page, /^Danh sách bản tin$/)
  await page.keyboard.press('Delete')
  await press(page, /^Thùng rác/)
  await press(page, /^Dọn sạch thùng rác$/)
  await press(page, /^Xóa hẳn$/)
  await expect(bulletinRows(page)).toHaveCount(0)
  expect(await call(page, 'countBulletins', {})).toMatchObject({ value: { all: 1, trash: 0 } })
})

test('a keyboard user can change text size and theme, find text in the article and write a note about the found text', async ({
  page,
  article,
}) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await press(page, /Tăng cỡ chữ$/)
  await expect(page.getByRole('button', { name: /^Cỡ chữ 110%/ })).toBeVisible()
  await press(page, /^Kiểu chữ/)
  await reach(page, /Nền giấy$/)
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'white')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+f')
  await page.keyboard.type('thi dua yeu nuoc')
  await expect(page.getByRole('search').getByText(/chỗ khớp/)).toBeVisible()
  await page.keyboard.press('Escape')
  // The found text stays selected after the find bar has closed.
  await expect(page.getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('Đọc kỹ đoạn này')
  await press(page, /^Lưu$/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await press(page, /^Việc khác$/)
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
})

test('a keyboard user can read a bulletin aloud, print the bulletin to a file and undo a repair', async ({
  host,
  page,
  article,
}) => {
  test.slow()
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await press(page, /^Nghe/)
  await expect(
    page
      .getByRole('region', { name: /Nghe/ })
      .or(page.getByRole('group', { name: /Nghe/ }))
      .first(),
  ).toBeVisible()
  await page.keyboard.press('l')

  await page.keyboard.press('Control+p')
  const dialog = page.getByRole('dialog', { name: 'In bản tin' })
  await waitForPreview(dialog, /tổng số/)
  if (host.kind === 'serve') {
    const download = page.waitForEvent('download')
    await press(page, /^Lưu thành PDF…$/)
    const bytes = await readFile(await (await download).path())
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  } else await reach(page, /^Lưu thành PDF…$/)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  await press(page, /^Giữ như bản gốc$/)
  await expect(article.getByRole('button', { name: 'Sửa lại' })).toBeVisible()
})

test('a keyboard user can follow a portal, and pause, continue and stop the refresh of the portal', async ({
  page,
}) => {
  test.slow()
  const portal = await startPortal({ family: 'liferay', count: 6 })
  try {
    await press(page, /^Thêm cổng thông tin của tỉnh…/)
    await expect(page.getByRole('dialog', { name: 'Thêm nguồn tin…' }).getByRole('searchbox')).toBeFocused()
    await reach(page, /^Địa chỉ cổng thông tin/, 'Shift+Tab')
    await page.keyboard.type(portal.origin)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('radio', { name: '30 ngày qua' })).toBeVisible({ timeout: 30_000 })
    await reach(page, /^30 ngày qua$/)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('radio', { name: 'Tất cả' })).toHaveAttribute('aria-checked', 'true')
    await press(page, /^Theo dõi và tải về$/)
    await expect(refreshLog(page)).toBeVisible()
    await press(page, /^Tạm dừng: /)
    await press(page, /^Chạy tiếp/)
    await press(page, /^Dừng hẳn: /)
    await expect(page.getByText('Đã dừng hẳn.')).toBeVisible()
    await press(page, new RegExp(`^${portal.family.title}$`))
    await reach(page, /^Tên nguồn tin$/)
    await press(page, /^Ngừng theo dõi…$/)
    await press(page, /^Ngừng theo dõi$/)
    await expect(page.getByText('Chưa theo dõi nguồn tin nào.')).toBeVisible()
  } finally {
    await portal.stop()
  }
})

test('a keyboard user can open settings, help, problem report and log by their names', async ({ page }) => {
  await runCommand(page, 'cai dat')
  await reach(page, /^Tiếng Việt$/)
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi')
  await reach(page, /^Xuất danh sách nguồn tin…$|^Nhập danh sách nguồn tin…$/)
  await press(page, /^Kiểm tra kho$/)
  await expect(page.getByText(/không có gì hỏng|nguyên vẹn/i).first()).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  await runCommand(page, 'tro giup')
  await press(page, /^Thêm cổng$/)
  await expect(page.getByRole('heading', { name: 'Thêm cổng', exact: true })).toBeVisible()
  await press(page, /^Tạo tệp báo lỗi/)
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await runCommand(page, 'nhat ky')
  await expect(refreshLog(page)).toBeVisible()
})
