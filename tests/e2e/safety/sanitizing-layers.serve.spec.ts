import { type Browser, chromium } from '@playwright/test'
import { chromiumPath, chromiumFlags } from '../support/chromium'
import { expect, test } from '../support/fixtures'
import { showThrough } from './hostile/sanitizing-layers'
import { payloads } from './hostile/payloads'

/** A sample of the hostile texts. `npm run bench -- hostile` uses all of them. */
const sample = payloads(20)
let browser: Browser

test.beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
})
test.afterAll(() => browser.close())
test.describe.configure({ timeout: process.env['BANTIN_PAYLOADS'] === 'all' ? 3_600_000 : 180_000 })

for (const [layer, name] of [
  ['import', 'the sanitizer at import'],
  ['display', 'the sanitizer at display'],
  ['frame', 'the frame without scripts'],
] as const)
  test(`${name} alone stops all scripts and requests of hostile texts`, async () => {
    const { executions, requests } = await showThrough(browser, layer, sample)
    test.info().annotations.push({ type: 'payloads', description: String(sample.length) })
    expect(executions).toEqual([])
    expect(requests).toEqual([])
  })

test('control: the check finds scripts and requests if no protection is on', async () => {
  const few = sample.filter((_, at) => at % Math.ceil(sample.length / 400) === 0)
  const { executions, requests } = await showThrough(browser, 'none', few)
  test.info().annotations.push({ type: 'seen', description: `${executions.length} and ${requests.length}` })
  expect(executions.length).toBeGreaterThan(few.length / 10)
  expect(requests.length).toBeGreaterThan(3)
})
