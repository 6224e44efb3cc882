// The views of the interface. The table holds two functions for each view: one opens the view from the article, and one
// closes it.

/**
 * Scrolls the article to its top and clears the selection. The search in an article leaves its last match selected,
 * which a picture must not show.
 */
export function scrollToTop(page) {
  return page
    .frameLocator('iframe')
    .locator('body')
    .evaluate(({ ownerDocument }) => {
      ownerDocument.scrollingElement?.scrollTo(0, 0)
      ownerDocument.getSelection()?.removeAllRanges()
    })
}

/** Creates the views by name, and the function `openSample`, which opens the sample bulletin. */
export function createViews({ page, call }) {
  const isPhone = () => page.viewportSize().width < 900
  const escape = () => page.keyboard.press('Escape')
  const pressKey = (key) => page.evaluate(`dispatchEvent(new KeyboardEvent('keydown', { key: '${key}' }))`)
  // The button is clicked inside the page, because on a phone another view may cover the button, so that a pointer
  // cannot reach it.
  const clickInPage = (selector) => page.evaluate((given) => document.querySelector(given).click(), selector)
  const goToList = () => page.locator('.toolbar button').first().click()
  const openSample = async () => {
    // The bulletin is opened by its title, because its row may be scrolled out of view.
    await page.keyboard.press('Control+k')
    await page.locator('dialog input').fill('day manh phong trao thi dua')
    await page.locator('dialog [role=option]', { hasText: 'Đẩy mạnh phong trào thi đua' }).first().click()
    await page.frameLocator('iframe').locator('.author').waitFor({ state: 'attached' })
  }
  const views = {
    article: { open: async () => {}, close: async () => {} },
    style: { open: () => page.locator('.letters').click(), close: escape },
    palette: { open: () => page.keyboard.press('Control+k'), close: escape },
    find: {
      async open() {
        await page.keyboard.press('Control+f')
        await page.locator('.find input').fill('thi đua')
      },
      async close() {
        await escape()
        await scrollToTop(page)
      },
    },
    keys: { open: () => pressKey('?'), close: escape },
    settings: {
      async open() {
        await page.keyboard.press('Control+,')
        // The path of this run's temporary folder is replaced, because a picture must not show it.
        await page.locator('.settings .path').evaluate((path) => (path.textContent = '~/bantin/library'))
      },
      close: escape,
    },
    guide: {
      async open() {
        await page.keyboard.press('F1')
        await page.locator('.guide-text p').first().waitFor()
      },
      close: escape,
    },
    filters: {
      async open() {
        if (isPhone()) await goToList()
        await page.locator('.filtering > button').click()
      },
      async close() {
        await escape()
        await openSample()
      },
    },
    rail: {
      async open() {
        if (isPhone()) {
          await goToList()
          await page.locator('.list header .icon-button').first().click()
        } else await call('changeSettings', { railFolded: true })
      },
      async close() {
        await call('changeSettings', { railFolded: false })
        if (isPhone()) {
          await page.locator('nav.rail .row').first().click()
          await openSample()
        }
      },
    },
    log: {
      open: () => clickInPage('nav.rail .foot button'),
      close: () => page.locator('main.log header button').first().click(),
    },
    source: {
      async open() {
        await clickInPage('nav.rail .foot button')
        await page.locator('main.log .schedules button').first().click()
        await page.locator('main.source table').waitFor()
      },
      close: () => page.locator('main.source header button').first().click(),
    },
    adding: {
      async open() {
        await clickInPage('nav.rail .add')
        await page.locator('dialog li').first().waitFor()
      },
      close: () => page.locator('dialog header button').click(),
    },
    focus: { open: () => pressKey('f'), close: () => pressKey('Escape') },
  }
  return { views, openSample }
}
