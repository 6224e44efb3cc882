// Tests of the space for pictures. A page reserves this space before the pictures are loaded, so that the text does not
// move.
import type { FrameLocator, Page } from '@playwright/test'
import type { CallResult, Output } from '../../../src/shared/contract/api'
import { expect, test } from '../support/fixtures'
import { colourPicture } from '../support/png-picture'
import { dropPage } from '../support/drop-files'
import { firstVersion } from '../support/page-versions'
import { interceptCalls } from '../support/contract-calls'

/** Returns a page with a wide and a tall picture before its second paragraph. */
function pageWith(...pictures: Buffer[]): string {
  const shown = pictures.map(
    (bytes) => `<p><img src="data:image/png;base64,${bytes.toString('base64')}" alt="ảnh"></p>`,
  )
  return firstVersion.replace('<p>Căn cứ', `${shown.join('')}<p>Căn cứ`)
}

/** Returns the position of the paragraph after the pictures, in CSS px from the top of the window. */
function topOfParagraph(article: FrameLocator): Promise<number> {
  return article.locator('.body').evaluate((body) => {
    const after = [...body.querySelectorAll('p')].find(({ textContent }) => textContent.startsWith('Căn cứ'))
    return Math.round(after?.getBoundingClientRect().top ?? -1)
  })
}

/**
 * Reloads the page with delayed pictures. Returns the position of the paragraph before and after the pictures appear.
 */
async function topsAroundLoading(
  page: Page,
  article: FrameLocator,
  count: number,
): Promise<{ before: number; after: number }> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  await page.context().route('**/media/**', async (route) => {
    await promise
    await route.continue()
  })
  await page.reload()
  await expect(article.locator('.body img')).toHaveCount(count)
  await expect(article.locator('.body')).toContainText('Căn cứ')
  const before = await topOfParagraph(article)
  resolve(undefined)
  const loaded = (): Promise<number> =>
    article
      .locator('.body')
      .evaluate(
        (body) =>
          [...body.querySelectorAll('img')].filter(
            ({ complete, classList }) => complete && !classList.contains('waiting'),
          ).length,
      )
  await expect.poll(loaded).toBe(count)
  const after = await topOfParagraph(article)
  await page.context().unroute('**/media/**')
  return { before, after }
}

/** Removes the sizes of pictures from the host's responses. */
async function removeSizes(page: Page): Promise<void> {
  await interceptCalls(page.context(), 'getBulletin', async (route) => {
    const response = await route.fetch()
    const answer = (await response.json()) as CallResult<Output<'getBulletin'>>
    if (answer.ok) answer.value.pictures = []
    await route.fulfill({ response, json: answer })
  })
}

test.beforeEach(async ({ page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  // These headers make the browser request the pictures on every load, although the page has the same address.
  await page.setExtraHTTPHeaders({ 'cache-control': 'no-cache' })
})

test('the paragraph below pictures does not move when the pictures appear', async ({ page, article }) => {
  await dropPage(page, 'anh.html', pageWith(colourPicture(500, 120), colourPicture(90, 160)))
  await expect(article.locator('.body img')).toHaveCount(2)
  const { before, after } = await topsAroundLoading(page, article, 2)
  expect(after).toBe(before)
  const sizes = await article
    .locator('.body img')
    .evaluateAll((images) =>
      images.map((image) => [image.getAttribute('width'), image.getAttribute('height')].join('×')),
    )
  expect(sizes).toEqual(['500×120', '90×160'])
})

test('control: the paragraph moves if the sizes of the pictures are unknown', async ({ page, article }) => {
  await dropPage(page, 'anh.html', pageWith(colourPicture(500, 120), colourPicture(90, 160)))
  await expect(article.locator('.body img')).toHaveCount(2)
  await removeSizes(page)
  const { before, after } = await topsAroundLoading(page, article, 2)
  expect(Math.abs(after - before)).toBeGreaterThan(100)
})

test('a picture with a wrong or truncated header does not break the article', async ({ page, article }) => {
  const whole = colourPicture(300, 200)
  const wrongSize = Buffer.from(whole)
  wrongSize.writeUInt32BE(0x7fffffff, 16)
  wrongSize.writeUInt32BE(1, 20)
  await dropPage(page, 'anh.html', pageWith(whole.subarray(0, 60), wrongSize, whole))
  await expect(article.locator('.body')).toContainText('Căn cứ Quyết định')
  const widths = await article
    .locator('.body img')
    .evaluateAll((images) => images.map((image) => image.getAttribute('width')))
  expect(widths).not.toContain(String(0x7fffffff))
  expect(widths).toContain('300')
})
