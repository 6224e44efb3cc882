import type { FrameLocator, Page } from '@playwright/test'
import { readingFonts, textSizes } from '../../../src/shared/settings/setting-values'
import { call } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'

/** The Vietnamese letters that reach highest above and lowest below the line. */
const tallLetters = 'ẲẴẪỖỮẶỆ'

/**
 * Returns the line height minus the height of the tallest letters in px, for each kind of text. A negative number means
 * that lines touch.
 */
async function spareRoom(article: FrameLocator): Promise<Record<string, number>> {
  return article.locator('.bulletin').evaluate((bulletin, letters) => {
    const document = bulletin.ownerDocument
    const view = document.defaultView
    const context = document.createElement('canvas').getContext('2d')
    if (view === null || context === null) throw new Error('no canvas')
    const spare: Record<string, number> = {}
    for (const selector of ['.kicker', '.title', '.summary', '.body > p', 'figcaption', '.author', '.source-box dd']) {
      const element = bulletin.querySelector(selector)
      if (element === null) throw new Error(`no ${selector}`)
      const { fontStyle, fontWeight, fontSize, fontFamily, lineHeight } = view.getComputedStyle(element)
      context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`
      const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = context.measureText(letters)
      spare[selector] = Number.parseFloat(lineHeight) - up - down
    }
    return spare
  }, tallLetters)
}

async function setType(page: Page, article: FrameLocator, change: Record<string, unknown>): Promise<void> {
  await call(page, 'changeSettings', change)
  if (typeof change['textSize'] === 'number')
    await expect
      .poll(() =>
        article
          .locator('.bulletin')
          .evaluate((bulletin) => bulletin.ownerDocument.documentElement.style.getPropertyValue('--text-size')),
      )
      .toBe(String(change['textSize'] / 100))
}

test('no line of an article touches the next line, at any text size, line spacing and font', async ({
  page,
  article,
}) => {
  test.slow()
  await expect(article.locator('.body > p')).toHaveCount(7)
  for (const font of readingFonts)
    for (const lineHeight of ['tight', 'normal', 'loose'] as const)
      for (const textSize of textSizes) {
        await setType(page, article, { font, lineHeight, textSize })
        for (const [selector, room] of Object.entries(await spareRoom(article)))
          expect(room, `${selector}, ${font}, ${lineHeight}, ${textSize}%`).toBeGreaterThanOrEqual(0)
      }
})

test('control: the check finds lines that touch each other', async ({ article }) => {
  await expect(article.locator('.body > p')).toHaveCount(7)
  await article.locator('.title').evaluate((title) => title.style.setProperty('line-height', '1.1'))
  expect((await spareRoom(article))['.title']).toBeLessThan(0)
})

/**
 * Returns the number of text pixels that an element cuts off. The function compares screenshots with visible and with
 * hidden overflow.
 */
async function cutPixels(page: Page, selector: string): Promise<number> {
  const shot = async (): Promise<string> => {
    const box = await page.locator(selector).first().boundingBox()
    if (box === null) throw new Error(`no ${selector}`)
    // The screenshot begins above the element, because diacritics that reach above it would be missing otherwise.
    const clip = { x: box.x, y: box.y - 8, width: box.width, height: 30 }
    return (await page.screenshot({ clip })).toString('base64')
  }
  const asIs = await shot()
  const setOverflow = (value: string): Promise<void> =>
    page
      .locator(selector)
      .first()
      .evaluate((element: HTMLElement, given) => element.style.setProperty('overflow', given), value)
  await setOverflow('visible')
  const uncut = await shot()
  await setOverflow('')
  return page.evaluate(
    async (pictures) => {
      const [one, other] = await Promise.all(
        pictures.map(async (picture) => {
          const image = await createImageBitmap(
            new Blob([Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0))], { type: 'image/png' }),
          )
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
          context?.drawImage(image, 0, 0)
          return context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray()
        }),
      )
      return [...(one ?? [])].filter((value, at) => Math.abs(value - (other?.[at] ?? 0)) > 24).length
    },
    [asIs, uncut],
  )
}

test('a text that is shortened with "…" shows all diacritics above its letters', async ({ page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  for (const selector of ['.row .title', '.row .source', '.row .summary']) {
    await page
      .locator(selector)
      .first()
      .evaluate((element, letters) => (element.textContent = `${letters} `.repeat(30)), tallLetters)
    expect(await cutPixels(page, selector), selector).toBe(0)
  }
  // Control: without padding above the text, diacritics are cut off.
  await page
    .locator('.row .title')
    .first()
    .evaluate((title: HTMLElement) => Object.assign(title.style, { paddingBlockStart: '0', lineHeight: '12px' }))
  expect(await cutPixels(page, '.row .title')).toBeGreaterThan(0)
})

test('a wide table scrolls sideways inside the article, while the page does not', async ({ page, article }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  const cells = Array.from({ length: 24 }, (_, at) => `<td>Cột thứ ${at} của bảng</td>`).join('')
  const words = 'Nội dung của bản tin có bảng dài đủ để được coi là phần thân của trang. '.repeat(5)
  const html = `<!doctype html><meta charset=utf-8><h1>Bảng rộng</h1><div class=content><p>${words}</p><table><tr>${cells}</tr></table><p>${words}</p></div>`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'bang.html', mimeType: 'text/html', buffer: Buffer.from(html) })
  await expect(article.getByRole('heading', { level: 1 })).toHaveText('Bảng rộng')
  const box = article.getByRole('region', { name: 'Bảng, cuộn ngang được' })
  const widths = await box.evaluate((element) => ({
    inside: element.scrollWidth - element.clientWidth,
    page: element.ownerDocument.documentElement.scrollWidth - element.ownerDocument.documentElement.clientWidth,
  }))
  expect(widths.inside).toBeGreaterThan(0)
  expect(widths.page).toBe(0)
})
