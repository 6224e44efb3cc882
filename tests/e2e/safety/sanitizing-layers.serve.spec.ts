import { type Browser, chromium } from '@playwright/test'
import { chromiumPath, chromiumFlags } from '../support/chromium'
import { expect, test } from '../support/fixtures'
import { showThrough } from './hostile/sanitizing-layers'
import { payloads } from './hostile/payloads'

/** Each layer alone, the other two switched off. `npm run bench -- hostile` runs the same with all payloads. */
const sample = payloads(20)
let browser: Browser

test.beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
})
test.afterAll(() => browser.close())
test.describe.configure({ timeout: process.env['BANTIN_PAYLOADS'] === 'all' ? 3_600_000 : 180_000 })

for (const [layer, name] of [
  ['import', 'sanitising at import'],
  ['display', 'sanitising at display'],
  ['frame', 'the frame without scripts'],
] as const)
  test(`${name} alone lets nothing run and nothing load`, async () => {
    const { executions, requests } = await showThrough(browser, layer, sample)
    test.info().annotations.push({ type: 'payloads', description: String(sample.length) })
    expect(executions).toEqual([])
    expect(requests).toEqual([])
  })

test('without any layer scripts run and requests leave: the oracle sees them (the control)', async () => {
  const few = sample.filter((_, at) => at % Math.ceil(sample.length / 400) === 0)
  const { executions, requests } = await showThrough(browser, 'none', few)
  test.info().annotations.push({ type: 'seen', description: `${executions.length} and ${requests.length}` })
  expect(executions.length).toBeGreaterThan(few.length / 10)
  expect(requests.length).toBeGreaterThan(3)
})
