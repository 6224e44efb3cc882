import type { FrameLocator, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { bulletinRows, chooseInMenu, setLaptopSize } from '../support/interface'

const title = 'Đẩy mạnh phong trào thi đua yêu nước, góp phần xây dựng quê hương Bắc Kạn ngày một phát triển'

/** Returns the size of the article's body text in px, as the browser displays it. */
async function textSize(article: FrameLocator): Promise<number> {
  return article
    .locator('.body > p')
    .first()
    .evaluate((paragraph) => Number.parseFloat(getComputedStyle(paragraph).fontSize))
}

/** Returns the positions and sizes of all elements of the interface around the article. */
async function interfaceBoxes(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('nav *, .list *, .toolbar, .toolbar button')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return `${element.tagName} ${x} ${y} ${width} ${height}`
    }),
  )
}

test.describe('the first start', () => {
  test('at the first start, the program shows the sample bulletin', async ({ page, article }) => {
    await expect(bulletinRows(page)).toHaveCount(1)
    await expect(article.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(article.locator('.summary')).toContainText('72 năm qua, theo Lời kêu gọi thi đua ái quốc')
    await expect(article.locator('figcaption')).toHaveText(
      'Đẩy mạnh phát triển sản phẩm đạt tiêu chuẩn OCOP là điểm sáng trong lĩnh vực sản xuất nông - lâm nghiệp của tỉnh.',
    )
    await expect(article.locator('.body > p')).toHaveCount(7)
    await expect(article.locator('.author')).toContainText('Lý Thái Hải')
    await expect(page.locator('.toolbar time')).toHaveText('08/09/2020')
  })
})

test.describe('the text size', () => {
  test('the text size changes with the buttons, and the interface around the article does not change', async ({
    page,
    article,
  }) => {
    await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
    const before = await textSize(article)
    // The boxes are measured after the opened bulletin has become read, because its row then loses the unread dot.
    await expect(page.locator('.row.unread')).toHaveCount(0)
    const boxes = await interfaceBoxes(page)
    await page.getByRole('button', { name: 'Tăng cỡ chữ' }).click()
    await expect.poll(() => textSize(article)).toBeCloseTo(before * 1.1, 1)
    expect(await interfaceBoxes(page)).toEqual(boxes)
    await page.getByRole('button', { name: 'Giảm cỡ chữ' }).click()
    await page.getByRole('button', { name: 'Giảm cỡ chữ' }).click()
    await expect.poll(() => textSize(article)).toBeCloseTo(before * 0.9, 1)
    expect(await interfaceBoxes(page)).toEqual(boxes)
    await page.getByRole('button', { name: /^Cỡ chữ 90%/ }).click()
    await expect.poll(() => textSize(article)).toBeCloseTo(before, 1)
  })

  test('the text size changes with the keys Ctrl + − 0 and with Ctrl and the wheel, even if the focus is in the article', async ({
    page,
    article,
  }) => {
    const before = await textSize(article)
    await page.keyboard.press('Control+=')
    await expect.poll(() => textSize(article)).toBeCloseTo(before * 1.1, 1)
    await article.locator('.title').click()
    await page.keyboard.press('Control+=')
    await expect.poll(() => textSize(article)).toBeCloseTo(before * 1.25, 1)
    await page.keyboard.press('Control+-')
    await expect.poll(() => textSize(article)).toBeCloseTo(before * 1.1, 1)
    await page.keyboard.press('Control+0')
    await expect.poll(() => textSize(article)).toBeCloseTo(before, 1)
    await page.mouse.move(900, 400)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -100)
    await page.keyboard.up('Control')
    await expect.poll(() => textSize(article)).toBeCloseTo(before * 1.1, 1)
  })

  test('the text size grows in steps up to 400 % and no further', async ({ page }) => {
    const larger = page.getByRole('button', { name: 'Tăng cỡ chữ' })
    const seen: string[] = []
    for (let step = 0; step < 9; step++) {
      await larger.click()
      seen.push(await page.locator('.percent').innerText())
    }
    expect(seen).toEqual(['110%', '125%', '150%', '175%', '200%', '250%', '300%', '350%', '400%'])
    await expect(larger).toBeDisabled()
  })

  test('the text size stays the same after a reload and a restart, and is the same in a second window', async ({
    host,
    page,
    article,
  }) => {
    await page.getByRole('button', { name: 'Tăng cỡ chữ' }).click()
    await expect(page.locator('.percent')).toHaveText('110%')
    await page.reload()
    await expect(page.locator('.percent')).toHaveText('110%')
    const second = await host.openAnother()
    await setLaptopSize(second)
    await expect(second.locator('.percent')).toHaveText('110%')
    await second.getByRole('button', { name: 'Tăng cỡ chữ' }).click()
    await expect(page.locator('.percent')).toHaveText('125%')
    await expect.poll(() => textSize(article)).toBeCloseTo(18 * 1.25, 1)
    await host.restart()
    await setLaptopSize(host.page)
    await expect(host.page.locator('.percent')).toHaveText('125%')
  })

  test('the top paragraph stays within 4 px of its position when the text size changes', async ({ page, article }) => {
    await expect(article.locator('.body > p')).toHaveCount(7)
    // The test evaluates only synchronous code in the frame, because the frame runs no scripts and Playwright can
    // evaluate nothing else there.
    await article
      .locator('.body > p')
      .nth(2)
      .evaluate((paragraph) => paragraph.scrollIntoView())
    const top = (): Promise<number> =>
      article
        .locator('.body > p')
        .nth(2)
        .evaluate((paragraph) => paragraph.getBoundingClientRect().top)
    const before = await top()
    for (const name of [...Array<string>(9).fill('Tăng cỡ chữ'), ...Array<string>(11).fill('Giảm cỡ chữ')]) {
      await page.getByRole('button', { name }).click()
      await page.waitForTimeout(100)
      expect(Math.abs((await top()) - before), `after ${name}`).toBeLessThanOrEqual(4)
    }
  })

  test('a text size of 400 % in a window of 390 px needs no sideways scrolling', async ({ page, article }) => {
    await expect(page.locator('.percent')).toHaveText('100%')
    for (let step = 0; step < 9; step++) await page.keyboard.press('Control+=')
    await expect(page.locator('.percent')).toHaveText('400%')
    await page.setViewportSize({ width: 390, height: 844 })
    await expect
      .poll(() =>
        article.locator('.bulletin').evaluate((bulletin) => {
          const { scrollWidth, clientWidth } = bulletin.ownerDocument.documentElement
          return scrollWidth - clientWidth
        }),
      )
      .toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  })
})

test.describe('the list', () => {
  test('the list marks unread bulletins, and keeps a star after a restart', async ({ host, page }) => {
    const option = page.getByRole('option').first()
    await page.getByRole('button', { name: 'Gắn sao', exact: true }).click()
    await expect(option.getByRole('img', { name: 'Có gắn sao' })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Có gắn sao\s*1$/ })).toBeVisible()
    await chooseInMenu(page, 'Đánh dấu chưa đọc')
    await expect(option.getByRole('img', { name: 'Chưa đọc' })).toBeAttached()
    await host.restart()
    await setLaptopSize(host.page)
    await expect(host.page.getByRole('button', { name: 'Bỏ gắn sao' })).toBeVisible()
  })
})

test('a theme applies to the whole window and stays the same after a reload', async ({ page, article }) => {
  await page.getByRole('button', { name: 'Kiểu chữ' }).click()
  for (const [name, color] of [
    ['Nền trắng', 'rgb(255, 255, 255)'],
    ['Nền tối', 'rgb(23, 21, 18)'],
    ['Tương phản cao', 'rgb(255, 255, 255)'],
    ['Nền giấy', 'rgb(251, 247, 239)'],
  ] as const) {
    await page.getByRole('radio', { name }).click()
    await expect
      .poll(() => page.locator('.pane').evaluate((pane) => getComputedStyle(pane).backgroundColor))
      .toBe(color)
    await expect
      .poll(() =>
        article
          .locator('.bulletin')
          .evaluate((bulletin) => getComputedStyle(bulletin.ownerDocument.documentElement).backgroundColor),
      )
      .toBe(color)
  }
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'paper')
})

test('when the user changes the language, the interface is immediately in English', async ({ page }) => {
  await page.getByRole('button', { name: 'Cài đặt' }).click()
  await page.getByRole('radio', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('button', { name: 'Larger text' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

test('a keyboard user can reach every control', async ({ page, article }) => {
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  const reached: string[] = []
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    reached.push(
      await page.evaluate(() => {
        const element = document.activeElement
        return (
          element?.getAttribute('aria-label') ?? element?.getAttribute('title') ?? element?.textContent?.trim() ?? ''
        )
      }),
    )
  }
  for (const name of ['Danh sách bản tin', 'Tăng cỡ chữ', 'Kiểu chữ', 'Gắn sao', 'In', 'Nội dung bản tin'])
    expect(reached, `Tab reaches ${name}`).toContain(name)
  await page.getByRole('listbox').focus()
  await page.keyboard.press('s')
  await expect(page.getByRole('button', { name: 'Bỏ gắn sao' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Phím tắt' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
