import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, root, test } from './fixtures'

const themes = ['paper', 'white', 'night', 'contrast'] as const

async function setTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
  // Through the contract, as the panel does it.
  await page.evaluate(async (chosen) => {
    if (window.bantin !== undefined) await window.bantin.call('changeSettings', { theme: chosen })
    else
      await fetch('/api/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ method: 'changeSettings', input: { theme: chosen } }),
      })
  }, theme)
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

/** axe waits for timers, which never come in the frame: it looks at the page without it. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .exclude('iframe')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test('axe finds nothing on any view in any theme', async ({ page, article }) => {
  test.slow()
  await expect(article.getByRole('heading', { level: 1 })).toBeVisible()
  for (const theme of themes) {
    await setTheme(page, theme)
    expect(await violations(page), `reader, ${theme}`).toEqual([])
    await page.getByRole('button', { name: 'Kiểu chữ' }).click()
    expect(await violations(page), `panel, ${theme}`).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Việc khác' }).click()
    expect(await violations(page), `menu, ${theme}`).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Cài đặt' }).click()
    expect(await violations(page), `settings, ${theme}`).toEqual([])
    await page.getByRole('button', { name: 'Đóng' }).click()
    await page.getByRole('button', { name: 'Phím tắt' }).click()
    expect(await violations(page), `help, ${theme}`).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Đang đọc dở' }).click()
    expect(await violations(page), `empty list, ${theme}`).toEqual([])
    await page.getByRole('button', { name: 'Tất cả bản tin' }).click()
  }
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await violations(page), 'phone').toEqual([])
})

test('axe finds nothing in the article, looked at as a page of its own', async ({ page, article }) => {
  await expect(article.locator('.body > p')).toHaveCount(7)
  for (const theme of themes) {
    await setTheme(page, theme)
    await expect(article.locator('.bulletin').locator('xpath=ancestor::html')).toHaveAttribute('data-theme', theme)
    const html = await article
      .locator('.bulletin')
      .evaluate((bulletin) => bulletin.ownerDocument.documentElement.outerHTML)
    const copy = await page.context().newPage()
    // A page of its own with the built stylesheets; nothing else is there.
    await copy.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url())
      return pathname === '/'
        ? route.fulfill({ contentType: 'text/html', body: html.replace(/<meta http-equiv[^>]*>/, '') })
        : route.fulfill({ path: join(root, 'out', 'renderer', pathname) })
    })
    await copy.goto('https://copy.shim/')
    expect(await violations(copy), `article, ${theme}`).toEqual([])
    await copy.close()
  }
})
