import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { themes } from '../../../src/shared/settings/setting-values'
import { expectAccessible, violations } from '../support/axe'
import { call } from '../support/contract-calls'
import { expect, test } from '../support/fixtures'
import { root } from '../support/paths'

type Step = (page: Page) => Promise<unknown>
const escape: Step = (page) => page.keyboard.press('Escape')
const clickOn =
  (selector: string): Step =>
  (page) =>
    page.evaluate((given) => {
      const found = document.querySelector<HTMLElement>(given)
      if (found === null) throw new Error(`no ${given}`)
      found.click()
    }, selector)

/** Clicks a row of the left column, even if the column is a closed drawer. */
const railRow =
  (at: number): Step =>
  (page) =>
    page.evaluate((given) => document.querySelectorAll<HTMLElement>('nav button')[given]?.click(), at)

/**
 * Two steps for each view: the first opens the view from the article, and the second closes the view. The steps work in
 * any language and at any width.
 */
const views: Record<string, readonly [open: Step, leave: Step]> = {
  article: [() => Promise.resolve(), () => Promise.resolve()],
  'empty list': [
    async (page) => {
      await railRow(3)(page)
      await page.locator('.list .nothing').waitFor({ state: 'attached' })
    },
    railRow(0),
  ],
  palette: [(page) => page.keyboard.press('Control+k'), escape],
  find: [(page) => page.keyboard.press('Control+f'), escape],
  settings: [(page) => page.keyboard.press('Control+,'), escape],
  guide: [
    async (page) => {
      await page.keyboard.press('F1')
      await page.locator('.guide-text p').first().waitFor()
    },
    escape,
  ],
  keys: [(page) => page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))"), escape],
  add: [(page) => page.keyboard.press('Control+n'), escape],
  'add a source': [
    async (page) => {
      await clickOn('nav .add')(page)
      await page.locator('dialog li').first().waitFor()
    },
    escape,
  ],
  log: [
    async (page) => {
      await clickOn('nav .foot button')(page)
      await page.locator('main.log').waitFor()
    },
    clickOn('main.log header button'),
  ],
  style: [clickOn('.toolbar .letters'), escape],
  more: [clickOn('.toolbar .holder:last-child > button'), escape],
  report: [
    async (page) => {
      await page.keyboard.press('F1')
      await clickOn('.guide .tasks li:last-child button')(page)
      await page.locator('dialog textarea, dialog pre').first().waitFor()
    },
    async (page) => {
      await escape(page)
      await page.locator('dialog').waitFor({ state: 'detached' })
      await escape(page)
    },
  ],
}

test('no view has accessibility violations in any theme or language', async ({ host, page }) => {
  test.setTimeout(300_000)
  await expect(page.locator('.list .row')).toHaveCount(1)
  for (const [name, [open, leave]] of Object.entries(views)) {
    await open(page)
    await expectAccessible(host, name)
    await leave(page)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(host, 'phone')
})

test('control: the check finds a button without a name and text with low contrast', async ({ page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.evaluate(() => {
    const button = document.createElement('button')
    const pale = document.createElement('p')
    pale.textContent = 'Chữ quá nhạt'
    pale.style.cssText = 'color: #ccc; background: #fff'
    document.querySelector('main')?.append(button, pale)
  })
  const found = await violations(page)
  for (const rule of ['button-name', 'color-contrast']) expect(found.join('\n')).toContain(rule)
})

test('the article, opened as a separate page, has no accessibility violations', async ({ page, article }) => {
  await expect(article.locator('.body > p')).toHaveCount(7)
  for (const theme of themes) {
    await call(page, 'changeSettings', { theme })
    await expect(article.locator('.bulletin').locator('xpath=ancestor::html')).toHaveAttribute('data-theme', theme)
    const html = await article
      .locator('.bulletin')
      .evaluate((bulletin) => bulletin.ownerDocument.documentElement.outerHTML)
    const copy = await page.context().newPage()
    // The copy of the article loads the built stylesheets and no other file.
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

test('every click target is at least 24 px high and wide, and every click target of the toolbar at least 40 px', async ({
  page,
}) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  for (const [name, [open, leave]] of Object.entries(views)) {
    await open(page)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, input:not([type=file]), select, [role=option]')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .flatMap((element) => {
          // A click on a label presses the control inside the label.
          const { width, height } = (element.closest('label') ?? element).getBoundingClientRect()
          const minPx = element.closest('.toolbar') === null || element.closest('.panel') !== null ? 24 : 40
          return width > 0 && (width < minPx || height < minPx)
            ? [`${element.textContent?.trim() ?? ''} ${element.className} ${width}×${height}`]
            : []
        }),
    )
    expect(small, name).toEqual([])
    await leave(page)
  }
})

test('every view fits into a window of 320 px, which is the width at 400 % zoom', async ({ page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.setViewportSize({ width: 320, height: 256 })
  for (const [name, [open, leave]] of Object.entries(views)) {
    await open(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0)
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, input:not([type=file])')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .filter((element) => {
          const { left, right, width } = element.getBoundingClientRect()
          return width > 1 && (left < -1 || right > innerWidth + 1)
        })
        .map((element) => element.ariaLabel ?? element.textContent ?? ''),
    )
    expect(outside, name).toEqual([])
    await leave(page)
  }
})

test('the interface shows no motion if the system asks for reduced motion', async ({ page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  const moving = (): Promise<string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element)
          return transitionDuration.split(', ').some((time) => time !== '0s') || animationName !== 'none'
        })
        .map((element) => element.className.toString()),
    )
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect((await moving()).length, 'control: something moves').toBeGreaterThan(0)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await moving()).toEqual([])
})

test('the selected row and the focus stay visible with forced colours', async ({ page }) => {
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.emulateMedia({ forcedColors: 'active' })
  const row = page.getByRole('option').first()
  const look = (selector: string): Promise<Record<string, string>> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { backgroundColor, borderInlineStartColor, outlineStyle, outlineWidth } = getComputedStyle(element)
        return { backgroundColor, borderInlineStartColor, outlineStyle, outlineWidth }
      })
  await expect(row).toHaveAttribute('aria-selected', 'true')
  const [chosen, around] = [await look('.row'), await look('.list')]
  expect(chosen['backgroundColor']).not.toBe(around['backgroundColor'])
  await page.keyboard.press('Tab')
  const focused = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)
  expect(focused).toBe('solid')
})
