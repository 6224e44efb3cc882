import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type Language, languages, type Theme, themes } from '../../../src/shared/settings/setting-values'
import { call } from './contract-calls'
import { expect } from './fixtures'
import type { Host } from './hosts/host'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Fails with what axe finds on the page as it stands, in every theme and every language. Colours are no matter of
 * words, nor words of colours: each theme is looked at in Vietnamese, each other language in the first theme. The
 * interface is the same on every host: what is not the browser's host is looked at as it stands alone.
 */
export async function expectAccessible({ kind, page }: Pick<Host, 'kind' | 'page'>, name: string): Promise<void> {
  if (kind !== 'serve') {
    expect(await violations(page), name).toEqual([])
    return
  }
  const [firstTheme, ...otherThemes] = themes
  const [firstLanguage, ...otherLanguages] = languages
  for (const language of otherLanguages) await lookIn(page, name, { theme: firstTheme, language })
  for (const theme of otherThemes) await lookIn(page, name, { theme, language: firstLanguage })
  await lookIn(page, name, { theme: firstTheme, language: firstLanguage })
}

async function lookIn(page: Page, name: string, look: { theme: Theme; language: Language }): Promise<void> {
  await call(page, 'changeSettings', look)
  await expect(page.locator('html')).toHaveAttribute('data-theme', look.theme)
  await expect(page.locator('html')).toHaveAttribute('lang', look.language)
  expect(await violations(page), `${name}, ${look.theme}, ${look.language}`).toEqual([])
}

/** What axe finds on a page, without the article's frame: it waits for timers, which never come there. */
export async function violations(page: Page): Promise<string[]> {
  // Colours on their way from one theme to the next are no theme's.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.evaluate(() => {
    for (const animation of document.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  })
  // Legacy: nothing is gathered from frames, for which a page of its own would be opened each time.
  const axe = new AxeBuilder({ page }).setLegacyMode().exclude('iframe').withTags(rules)
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
