import type { FrameLocator, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { dropPage, painted, selectWords, versions } from '../support/page-versions'

async function openFirstVersion(page: Page, article: FrameLocator): Promise<void> {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  await dropPage(page, 'lich.html', versions[0] ?? '')
  await expect(article.getByRole('heading', { level: 1 })).toContainText('Lịch tiếp công dân')
}

const list = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Việc khác' }).click()
  await page.getByRole('menuitem', { name: 'Ghi chú và chỗ tô màu' }).click()
}

test('selected words are coloured, and it can be undone', async ({ page, article }) => {
  await openFirstVersion(page, article)
  await selectWords(article, 'lịch tiếp dân định kỳ')
  await page.getByRole('button', { name: 'Tô màu' }).click()
  await expect.poll(() => painted(article, 'marked')).toEqual(['lịch tiếp dân định kỳ'])
  await page.getByRole('button', { name: 'Hoàn tác' }).click()
  await expect.poll(() => painted(article, 'marked')).toEqual([])
})

test('half words are taken whole, and the keys h and n do the same', async ({ page, article }) => {
  await openFirstVersion(page, article)
  await page.keyboard.press('h')
  await expect(page.getByText('Hãy chọn một đoạn trong bài trước.')).toBeVisible()
  await selectWords(article, 'ịch tiếp dân định k')
  await expect(page.getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })).toBeVisible()
  await page.keyboard.press('h')
  await expect.poll(() => painted(article, 'marked')).toEqual(['lịch tiếp dân định kỳ'])
  await selectWords(article, 'Mọi công dân')
  await expect(page.getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })).toBeVisible()
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('kể cả người vắng mặt')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => painted(article, 'noted')).toEqual(['Mọi công dân'])
})

test('a note is written, listed, changed, gone to, removed, and brought back', async ({ host, page, article }) => {
  await openFirstVersion(page, article)
  await selectWords(article, 'theo dõi và xử lý')
  await page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('Hỏi lại văn thư.')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await list(page)
  const panel = page.getByRole('complementary', { name: 'Ghi chú và chỗ tô màu' })
  await expect(panel).toContainText('Hỏi lại văn thư.')
  await panel.getByRole('button', { name: 'Sửa ghi chú' }).click()
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('Đã hỏi.')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(panel).toContainText('Đã hỏi.')
  for (let step = 0; step < 6; step++) await page.keyboard.press('Control+=')
  await panel.getByRole('button', { name: /^Đến đoạn/ }).click()
  await expect
    .poll(() =>
      article.locator('.bulletin').evaluate((bulletin) => {
        const view = bulletin.ownerDocument.defaultView
        const [range] = view?.CSS.highlights.get('noted') ?? []
        const top = (range as Range | undefined)?.getBoundingClientRect().top ?? -1
        return top > 0 && top < (view?.innerHeight ?? 0)
      }),
    )
    .toBe(true)
  await host.restart()
  await host.page.setViewportSize({ width: 1366, height: 768 })
  const again = host.page.frameLocator('iframe[title="Nội dung bản tin"]')
  await host.page.getByRole('option').filter({ hasText: 'Lịch tiếp công dân' }).click()
  await expect.poll(() => painted(again, 'noted')).toEqual(['theo dõi và xử lý'])
  await list(host.page)
  const panelAgain = host.page.getByRole('complementary', { name: 'Ghi chú và chỗ tô màu' })
  await panelAgain.getByRole('button', { name: 'Xóa đánh dấu' }).click()
  await expect(panelAgain).not.toContainText('Đã hỏi.')
  await host.page.getByRole('button', { name: 'Hoàn tác' }).click()
  await expect(panelAgain).toContainText('Đã hỏi.')
})

test('words that are coloured already are not coloured twice, but may get a note', async ({ page, article }) => {
  await openFirstVersion(page, article)
  await selectWords(article, 'lịch tiếp dân định kỳ')
  await page.getByRole('button', { name: 'Tô màu' }).click()
  await expect.poll(() => painted(article, 'marked')).toEqual(['lịch tiếp dân định kỳ'])
  await selectWords(article, 'lịch tiếp dân định kỳ')
  await expect(page.getByRole('button', { name: 'Xóa đánh dấu' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Tô màu' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Thêm ghi chú' }).click()
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('mỗi tháng')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect.poll(() => painted(article, 'noted')).toEqual(['lịch tiếp dân định kỳ'])
  expect(await painted(article, 'marked')).toEqual([])
})

test('a click on coloured words offers what can be done with them', async ({ page, article }) => {
  await openFirstVersion(page, article)
  await selectWords(article, 'Các cơ quan')
  await page.getByRole('button', { name: 'Tô màu' }).click()
  await expect.poll(() => painted(article, 'marked')).toEqual(['Các cơ quan'])
  await article.getByText('Các cơ quan').click({ position: { x: 20, y: 12 } })
  await page
    .getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })
    .getByRole('button', { name: 'Xóa đánh dấu' })
    .click()
  await expect.poll(() => painted(article, 'marked')).toEqual([])
})

test('marks move with a new version; what is gone from it is kept and listed', async ({ page, article }) => {
  await openFirstVersion(page, article)
  for (const words of ['đề nghị công dân mang theo giấy tờ', 'đăng ký trước tại bộ phận một cửa']) {
    await selectWords(article, words)
    await page.getByRole('button', { name: 'Tô màu' }).click()
    await expect.poll(() => painted(article, 'marked')).toContain(words)
  }
  await dropPage(page, 'lich-2.html', versions[1] ?? '')
  await expect(article.locator('.body')).toContainText('ngày 7 hằng tháng')
  await expect.poll(() => painted(article, 'marked')).toEqual(['đề nghị công dân mang theo giấy tờ'])
  await list(page)
  const panel = page.getByRole('complementary', { name: 'Ghi chú và chỗ tô màu' })
  await expect(panel.getByRole('heading', { name: 'Không còn thấy trong bản này' })).toBeVisible()
  await expect(panel).toContainText('đăng ký trước tại bộ phận một cửa')
})
