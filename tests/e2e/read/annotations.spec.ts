import { expect, test } from '../support/fixtures'
import { dropPage } from '../support/drop-files'
import { highlightedTexts, selectText, isHighlightInView } from '../support/article-text'
import { openFirstVersion, secondVersion } from '../support/page-versions'
import { articleOf, chooseInMenu, setLaptopSize } from '../support/interface'

test('the user can highlight selected text and undo the highlight', async ({ page, article }) => {
  await openFirstVersion(page, article)
  await selectText(article, 'lịch tiếp dân định kỳ')
  await page.getByRole('button', { name: 'Tô màu' }).click()
  await expect.poll(() => highlightedTexts(article, 'marked')).toEqual(['lịch tiếp dân định kỳ'])
  await page.getByRole('button', { name: 'Hoàn tác' }).click()
  await expect.poll(() => highlightedTexts(article, 'marked')).toEqual([])
})

test('the program extends a selection to whole words, and the keys h and n add highlights and notes', async ({
  page,
  article,
}) => {
  await openFirstVersion(page, article)
  await page.keyboard.press('h')
  await expect(page.getByText('Hãy chọn một đoạn trong bài trước.')).toBeVisible()
  await selectText(article, 'ịch tiếp dân định k')
  await expect(page.getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })).toBeVisible()
  await page.keyboard.press('h')
  await expect.poll(() => highlightedTexts(article, 'marked')).toEqual(['lịch tiếp dân định kỳ'])
  await selectText(article, 'Mọi công dân')
  await expect(page.getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })).toBeVisible()
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('kể cả người vắng mặt')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => highlightedTexts(article, 'noted')).toEqual(['Mọi công dân'])
})

test('the user can write, list, change, find, remove and restore a note', async ({ host, page, article }) => {
  await openFirstVersion(page, article)
  await selectText(article, 'theo dõi và xử lý')
  await page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('Hỏi lại văn thư.')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await chooseInMenu(page, 'Ghi chú và chỗ tô màu')
  const panel = page.getByRole('complementary', { name: 'Ghi chú và chỗ tô màu' })
  await expect(panel).toContainText('Hỏi lại văn thư.')
  await panel.getByRole('button', { name: 'Sửa ghi chú' }).click()
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('Đã hỏi.')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(panel).toContainText('Đã hỏi.')
  for (let step = 0; step < 6; step++) await page.keyboard.press('Control+=')
  await panel.getByRole('button', { name: /^Đến đoạn/ }).click()
  await expect.poll(() => isHighlightInView(article, 'noted')).toBe(true)
  await host.restart()
  await setLaptopSize(host.page)
  const again = articleOf(host.page)
  await host.page.getByRole('option').filter({ hasText: 'Lịch tiếp công dân' }).click()
  await expect.poll(() => highlightedTexts(again, 'noted')).toEqual(['theo dõi và xử lý'])
  await chooseInMenu(host.page, 'Ghi chú và chỗ tô màu')
  const panelAgain = host.page.getByRole('complementary', { name: 'Ghi chú và chỗ tô màu' })
  await panelAgain.getByRole('button', { name: 'Xóa đánh dấu' }).click()
  await expect(panelAgain).not.toContainText('Đã hỏi.')
  await host.page.getByRole('button', { name: 'Hoàn tác' }).click()
  await expect(panelAgain).toContainText('Đã hỏi.')
})

test('the program does not highlight the same text twice, but can add a note to the existing highlight', async ({
  page,
  article,
}) => {
  await openFirstVersion(page, article)
  await selectText(article, 'lịch tiếp dân định kỳ')
  await page.getByRole('button', { name: 'Tô màu' }).click()
  await expect.poll(() => highlightedTexts(article, 'marked')).toEqual(['lịch tiếp dân định kỳ'])
  await selectText(article, 'lịch tiếp dân định kỳ')
  await expect(page.getByRole('button', { name: 'Xóa đánh dấu' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Tô màu' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Thêm ghi chú' }).click()
  await page.getByRole('textbox', { name: 'Nội dung ghi chú' }).fill('mỗi tháng')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect.poll(() => highlightedTexts(article, 'noted')).toEqual(['lịch tiếp dân định kỳ'])
  expect(await highlightedTexts(article, 'marked')).toEqual([])
})

test('the program offers actions after a click on highlighted text', async ({ page, article }) => {
  await openFirstVersion(page, article)
  await selectText(article, 'Các cơ quan')
  await page.getByRole('button', { name: 'Tô màu' }).click()
  await expect.poll(() => highlightedTexts(article, 'marked')).toEqual(['Các cơ quan'])
  await article.getByText('Các cơ quan').click({ position: { x: 20, y: 12 } })
  await page
    .getByRole('toolbar', { name: 'Việc với đoạn đã chọn' })
    .getByRole('button', { name: 'Xóa đánh dấu' })
    .click()
  await expect.poll(() => highlightedTexts(article, 'marked')).toEqual([])
})

test('a new revision keeps the highlights whose text it still contains, and the panel still lists the other highlights', async ({
  page,
  article,
}) => {
  await openFirstVersion(page, article)
  for (const text of ['đề nghị công dân mang theo giấy tờ', 'đăng ký trước tại bộ phận một cửa']) {
    await selectText(article, text)
    await page.getByRole('button', { name: 'Tô màu' }).click()
    await expect.poll(() => highlightedTexts(article, 'marked')).toContain(text)
  }
  await dropPage(page, 'lich-2.html', secondVersion)
  await expect(article.locator('.body')).toContainText('ngày 7 hằng tháng')
  await expect.poll(() => highlightedTexts(article, 'marked')).toEqual(['đề nghị công dân mang theo giấy tờ'])
  await chooseInMenu(page, 'Ghi chú và chỗ tô màu')
  const panel = page.getByRole('complementary', { name: 'Ghi chú và chỗ tô màu' })
  await expect(panel.getByRole('heading', { name: 'Không còn thấy trong bản này' })).toBeVisible()
  await expect(panel).toContainText('đăng ký trước tại bộ phận một cửa')
})
