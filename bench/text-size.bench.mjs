// Measures one step of the text size in a bulletin of 60 KB, in a real Chromium with the web host.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../scripts/project.mjs'
import { median, ms, times } from './measure.mjs'
import { openMainThreadClock, withInterface } from './interface-page.mjs'

const steps = 12

export const measure = () =>
  withInterface(async ({ page, address, folder }) => {
    const file = join(folder, 'dai.txt')
    writeFileSync(file, repeatBody(readFileSync(join(root, 'resources', 'sample', 'bulletin-2020-09-08.txt'), 'utf8')))
    await page.goto(address)
    await page.getByRole('option').first().waitFor()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Nhập tệp…' }).click(),
    ])
    await chooser.setFiles(file)
    const article = page.frameLocator('iframe[title="Nội dung bản tin"]')
    await article.locator('.body > p').nth(41).waitFor({ state: 'attached' })
    const bytes = Buffer.byteLength(await article.locator('.body').evaluate((body) => body.textContent))
    const [stepsAsIs, stepsPlain] = [[], []]
    // Each round makes two measurements. The first measures the program as it is. The second measures the program while
    // the browser lays out every paragraph, also those out of view.
    for (let round = 0; round < 3; round++) {
      stepsAsIs.push(...(await measureSteps(page)))
      await setPlain(page, true)
      stepsPlain.push(...(await measureSteps(page)))
      await setPlain(page, false)
    }
    const [step, plainStep] = [median(stepsAsIs), median(stepsPlain)]
    return [
      {
        name: `text size step, ${Math.round(bytes / 1024)} KB bulletin: style, layout and script`,
        value: ms(step),
        goal: '< 16 ms',
        peer: `${ms(plainStep)} (every paragraph laid out)`,
        pass: step < 16,
        note: `median of ${stepsAsIs.length} steps, worst ${ms(Math.max(...stepsAsIs))}`,
      },
      {
        name: 'text size step against plain layout',
        value: times(step / plainStep),
        goal: '≤ 0.25×',
        pass: step / plainStep <= 0.25,
      },
    ]
  })

/**
 * Returns the sample bulletin with its body repeated six times. The body consists of the lines between the summary and
 * the author.
 */
function repeatBody(sample) {
  const lines = sample.replaceAll('\r\n', '\n').split('\n')
  const first = lines.findIndex((line, at) => at > 5 && line.length > 400)
  const last = lines.findLastIndex((line) => line.trim().endsWith('./.'))
  const body = lines.slice(first, last + 1).join('\n')
  return [...lines.slice(0, first), ...Array.from({ length: 6 }, () => body), ...lines.slice(last + 1)].join('\n')
}

/** Returns the main-thread time in ms of each step. The steps make the text larger and smaller in turn. */
async function measureSteps(page) {
  const clock = await openMainThreadClock(page, ['LayoutDuration', 'RecalcStyleDuration', 'ScriptDuration'])
  const found = []
  for (let step = 0; step < steps; step++) {
    const button = page.getByRole('button', { name: step % 2 === 0 ? 'Tăng cỡ chữ' : 'Giảm cỡ chữ' })
    await button.hover()
    await page.waitForTimeout(150)
    const before = await clock.readMs()
    await button.evaluate((element) => element.click())
    await page.waitForTimeout(150)
    found.push((await clock.readMs()) - before)
  }
  await clock.session.detach()
  return found
}

/** Turns the `content-visibility` of the article off or on. */
async function setPlain(page, isPlain) {
  await page.evaluate((plain) => {
    const { contentDocument, contentWindow } = document.querySelector('iframe')
    const sheet = new contentWindow.CSSStyleSheet()
    if (plain) sheet.replaceSync('* { content-visibility: visible !important }')
    contentDocument.adoptedStyleSheets = plain ? [sheet] : []
  }, isPlain)
  await page.waitForTimeout(200)
}
