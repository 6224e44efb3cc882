import { expect, test } from '../support/fixtures'
import { firstMissingWord, noPdfText, wordsOf, wordsOfPdf } from '../support/pdf-text'

test('the printed pages contain every word of the body in order, page numbers, and the running header', async ({
  host,
  page,
  article,
}) => {
  test.skip(noPdfText !== null, noPdfText ?? '')
  await expect(article.locator('.body > p')).toHaveCount(7)
  const body = (await article.locator('.body > p').allTextContents()).join(' ')
  const { pages, words } = wordsOfPdf(await host.printed())
  expect(wordsOf(body).length).toBeGreaterThan(1000)
  expect(firstMissingWord(wordsOf(body), words)).toBeNull()
  // Control: the check finds a missing word.
  expect(firstMissingWord(['khôngcótrongbài'], words)).toBe('khôngcótrongbài')
  expect(pages.length).toBeGreaterThan(1)
  expect(pages[0]?.trim().split('\n')[0]).not.toMatch(/^\s*1\s*$/)
  expect(pages[1]?.trim().split('\n')[0]?.trim()).toBe('2')
  for (const text of pages) expect(text).toContain('08/09/2020 · Đẩy mạnh phong trào thi đua yêu nước')
  expect(page.isClosed()).toBe(false)
})
