import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type Language, languages, type Theme, themes } from '../../../src/shared/settings/setting-values'
import { call } from './contract-calls'
import { expect } from './fixtures'
import type { Host } from './hosts/host'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Expects that axe finds no violation on the page in any theme and language. The function checks each theme in
 * Vietnamese, and each other language in the first theme, because colours and texts do not depend on each other. The
 * interface is the same on every host, so hosts other than "serve" check only the current theme and language.
 */
export async function expectAccessible({ kind, page }: Pick<Host, 'kind' | 'page'>, name: string): Promise<void> {
  if (kind !== 'serve') {
    expect(await violations(page), name).toEqual([])
    return
  }
  const [firstTheme, ...otherThemes] = themes
  const [firstLanguage, ...otherLanguages] = languages
  for (const language of otherLanguages) await checkLook(page, name, { theme: firstTheme, language })
  for (const theme of otherThemes) await checkLook(page, name, { theme, language: firstLanguage })
  await checkLook(page, name, { theme: firstTheme, language: firstLanguage })
}

async function checkLook(page: Page, name: string, look: { theme: Theme; language: Language }): Promise<void> {
  await call(page, 'changeSettings', look)
  await expect(page.locator('html')).toHaveAttribute('data-theme', look.theme)
  await expect(page.locator('html')).toHaveAttribute('lang', look.language)
  expect(await violations(page), `${name}, ${look.theme}, ${look.language}`).toEqual([])
}

/**
 * Returns the violations that axe finds on a page. The article's frame is left out, because axe would wait for timers
 * that never run in that frame.
 */
export async function violations(page: Page): Promise<string[]> {
  // This setting switches off the transition between themes, because the colours during a transition belong to neither
  // theme.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.evaluate(() => {
    for (const animation of document.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  })
  // The legacy mode does not open another page to collect results of frames.
  const axe = new AxeBuilder({ page }).setLegacyMode().exclude('iframe').withTags(rules)
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
