import type { FrameLocator, Page } from '@playwright/test'
import { longLawPage, rareWord } from '../../support/long-law'
import { expect, test } from '../support/fixtures'
import { articleHeading, bulletinRows, chooseFiles } from '../support/interface'

const size = { paragraphs: 6_000, tableRows: 100 }

/** Imports the long law, which opens it. */
async function openLaw(page: Page, article: FrameLocator): Promise<void> {
  await expect(bulletinRows(page)).toHaveCount(1)
  await chooseFiles(page, [{ name: 'luat.html', mimeType: 'text/html', buffer: Buffer.from(longLawPage(size)) }])
  await expect(articleHeading(article)).toHaveText('Luật dài để thử', { timeout: 120_000 })
}

/** Returns the number of the paragraph at the top of the view. */
function topParagraph(article: FrameLocator): Promise<string> {
  return article.locator('.body').evaluate((body) => {
    const { ownerDocument } = body
    const { left, width } = body.getBoundingClientRect()
    // Measuring every paragraph would make the browser lay out the whole law. There may be a gap at the very top.
    for (let y = 2; y < 120; y += 6) {
      const paragraph = ownerDocument.elementFromPoint(left + width / 4, y)?.closest('p')
      if (paragraph != null) return paragraph.textContent.split('.')[0] ?? ''
    }
    return ''
  })
}

/** Scrolls to a paragraph, so that its first line is just above the view. */
async function scrollInto(article: FrameLocator, number: number): Promise<void> {
  await article.locator('.body').evaluate((body, wanted) => {
    const paragraph = [...body.querySelectorAll('p')][wanted - 1]
    paragraph?.scrollIntoView()
    body.ownerDocument.documentElement.scrollTop += 20
  }, number)
  // The browser lays out the paragraphs around the view in the next frames.
  await expect.poll(() => topParagraph(article)).toBe(String(number))
}

test.describe('a law of 6,000 paragraphs', () => {
  // A busy machine needs a minute for the import of the law.
  test.setTimeout(300_000)

  test('keeps its paragraph after a reload, other text sizes and a narrower window', async ({ page, article }) => {
    await openLaw(page, article)
    await expect(article.locator('.body p')).toHaveCount(size.paragraphs)
    const stored = page.waitForResponse((response) => response.request().postData()?.includes('keepPosition') === true)
    await scrollInto(article, 3_003)
    await stored

    await page.reload()
    await expect(articleHeading(article)).toHaveText('Luật dài để thử')
    await expect.poll(() => topParagraph(article)).toBe('3003')

    const [larger, smaller] = ['Tăng cỡ chữ', 'Giảm cỡ chữ'].map((name) => page.getByRole('button', { name }))
    for (const button of [larger, larger, larger, smaller, smaller, smaller, smaller, larger]) {
      await button?.click()
      await expect.poll(() => topParagraph(article)).toBe('3003')
    }
    for (const width of [1000, 1366, 800, 1366, 1000, 1366]) {
      await page.setViewportSize({ width, height: 768 })
      await expect.poll(() => topParagraph(article), `at ${width} px`).toBe('3003')
    }
    await page.reload()
    await expect(articleHeading(article)).toHaveText('Luật dài để thử')
    await expect.poll(() => topParagraph(article)).toBe('3003')
  })

  test('finds every match, and selects text far below the first screen', async ({ page, article }) => {
    await openLaw(page, article)
    await page.keyboard.press('Control+f')
    await page.getByRole('search', { name: 'Tìm trong bài' }).getByRole('textbox').fill(rareWord)
    await expect(page.getByText('1/60', { exact: false })).toBeVisible()
    await page.keyboard.press('Shift+Enter')
    await expect(article.locator('.body p').nth(5_900)).toBeInViewport()
    await page.keyboard.press('Escape')
    expect(await article.locator('html').evaluate(() => getSelection()?.toString())).toBe(rareWord)
  })
})
