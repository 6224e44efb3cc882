import { expect, test } from '../support/fixtures'
import { highlightedTexts } from '../support/article-text'
import { openFirstVersion } from '../support/page-versions'

test.beforeEach(({ page, article }) => openFirstVersion(page, article))

test('the article shows the meaning of an abbreviation while the pointer or the focus is on the abbreviation', async ({
  page,
  article,
}) => {
  const hint = page.getByRole('tooltip')
  await article.locator('abbr', { hasText: 'UBND' }).first().hover()
  await expect(hint).toHaveText('Ủy ban nhân dân')
  await article.locator('abbr', { hasText: 'BTC' }).first().focus()
  await expect(hint).toHaveText('Ban Tổ chức')
  await page.keyboard.press('Escape')
  await expect(hint).toHaveCount(0)
  await expect(article.locator('abbr', { hasText: 'UBND' }).first()).toHaveCSS('text-decoration-style', 'dotted')
})

test('the article shows document numbers as links and in a list, and a click on a number finds the bulletins with that number', async ({
  page,
  article,
}) => {
  await expect(article.locator('.body .document-number')).toHaveText(['123/QĐ-UBND', '30/2020/NĐ-CP'])
  await expect(article.locator('.documents li')).toHaveCount(2)
  await expect(article.locator('.documents')).toContainText('Nghị định · Chính phủ · 1 lần')
  await article.locator('.documents').getByRole('button', { name: '30/2020/NĐ-CP' }).click()
  await expect(page.getByRole('searchbox')).toHaveValue('số:30/2020/NĐ-CP')
  await expect(page.locator('.list .row')).toHaveCount(1)
  await expect(page.getByRole('option').locator('mark')).toHaveText(['30/2020/NĐ-CP'])
  await expect.poll(() => highlightedTexts(article, 'match')).toEqual(['30/2020/NĐ-CP'])
  await page.getByRole('searchbox').fill('so:123/qd-ubnd')
  await expect.poll(() => highlightedTexts(article, 'match')).toEqual(['123/QĐ-UBND'])
  await page.getByRole('searchbox').fill('so:124/qd-ubnd')
  await expect(page.getByText('Không tìm thấy bản tin nào.')).toBeVisible()
})

test('on a phone, a click on a document number shows the list of bulletins', async ({ page, article }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await article.locator('.body .document-number').first().click()
  await expect(page.locator('.list .row')).toHaveCount(1)
  await expect(page.getByRole('option')).toContainText('Lịch tiếp công dân')
})
