// These tests print hostile bulletins. A browser opens and prints the edition, and the test records the requests of the
// browser.
import { type Browser, chromium, expect, test } from '@playwright/test'
import { editionPolicy } from '../../../src/core/content-security'
import { createEdition } from '../../../src/core/print/edition'
import type { Bulletin } from '../../../src/shared/bulletin'
import { printTemplates } from '../../../src/shared/print/print-option-values'
import { printDefaults } from '../../../src/shared/print/print-defaults'
import { chromiumPath } from '../support/chromium'
import { sampleBulletin } from '../support/printed-pdf'
import { noSharedPayloads, sharedPayloads } from './hostile/payloads'

test.skip(chromiumPath === '', 'no Chromium on this machine')
test.describe.configure({ timeout: 180_000 })

const editionAddress = 'http://edition.invalid/'
/** The number of hostile texts in one bulletin. It is small, so that a browser lays out each bulletin quickly. */
const payloadsPerBulletin = 400
const ownPayloads = [
  '<img src=x onerror="alert(1)">',
  '<svg onload="alert(1)"><script>alert(1)</script></svg>',
  '</style></title><script>alert(1)</script>',
  '<img src="http://evil.example/p.png"><link rel=stylesheet href="http://evil.example/a.css">',
  '<meta http-equiv=refresh content="0;url=http://evil.example/">',
  '"; } @import url(http://evil.example/c.css); @page { background: url(http://evil.example/d.png) } /*',
]

let browser: Browser
test.beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] })
})
test.afterAll(() => browser.close())

/**
 * Opens and prints a document. Returns the number of scripts that ran and the addresses that the document requested.
 */
async function printAndObserve(
  html: string,
  policy: string | null,
): Promise<{ executions: number; requests: string[] }> {
  const page = await browser.newPage()
  const requests: string[] = []
  let executions = 0
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
  await page.exposeFunction('hasRun', () => void (executions += 1))
  await page.addInitScript(() => {
    const report = (): void => (window as unknown as { hasRun(): void }).hasRun()
    Object.assign(window, { alert: report, confirm: report, prompt: report })
  })
  await page.route('**/*', (route) => {
    const url = route.request().url()
    if (url === editionAddress)
      return route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: policy === null ? {} : { 'content-security-policy': policy },
        body: html,
      })
    if (!url.startsWith(editionAddress) && !url.startsWith('data:')) requests.push(url)
    return route.abort()
  })
  await page.goto(editionAddress)
  await page.waitForTimeout(300)
  await page.pdf({ preferCSSPageSize: true }).catch(() => undefined) // a page that has navigated to another address can't be printed
  if (page.url() !== editionAddress) requests.push(page.url())
  await page.close()
  return { executions, requests }
}

function hostileBulletin(original: Bulletin, payloads: readonly string[], at: number): Bulletin {
  const one = (offset: number): string => payloads[(at + offset) % payloads.length] ?? ''
  return {
    ...original,
    id: String(at).padStart(16, '0'),
    ...{
      title: one(0),
      summary: one(1),
      author: one(2),
      bodyHtml: payloads.join('\n'),
      bodyText: payloads.join('\n\n'),
    },
    source: { id: null, name: one(3), host: one(4) },
    url: `https://example.org/${one(5)}`,
  }
}

async function editionOf(payloads: readonly string[], template: (typeof printTemplates)[number]): Promise<string> {
  const original = await sampleBulletin()
  const bulletins = Array.from({ length: Math.ceil(payloads.length / payloadsPerBulletin) }, (_, at) =>
    hostileBulletin(original, payloads.slice(at * payloadsPerBulletin, (at + 1) * payloadsPerBulletin), at),
  )
  return createEdition(bulletins, {
    language: 'vi',
    options: { ...printDefaults[template], qr: true, sourceBox: true, contents: true, office: ownPayloads[2] ?? '' },
    stylesheets: [],
    mediaPath: (id, file) => `/media/${id}/${file}`,
    printButton: false,
    firstPages: null,
    part: null,
  })
}

for (const template of printTemplates)
  test(`a hostile bulletin on ${template} runs no script and sends no request`, async () => {
    const html = await editionOf(ownPayloads, template)
    // No script runs even without the policy of the edition, because the sanitizer has removed the scripts.
    expect(await printAndObserve(html, editionPolicy(html))).toEqual({ executions: 0, requests: [] })
    expect(await printAndObserve(html, null)).toEqual({ executions: 0, requests: [] })
  })

test('control: hostile HTML that is not sanitised runs scripts and sends requests', async () => {
  const { executions, requests } = await printAndObserve(
    `<!doctype html><body>${ownPayloads.slice(0, 4).join('\n')}`,
    null,
  )
  expect(executions).toBeGreaterThan(0)
  expect(requests).toContain('http://evil.example/p.png')
})

for (const name of ['xss.json', 'tracking.json'] as const)
  test(`no payload of ${name} runs a script or sends a request on paper`, async () => {
    test.skip(noSharedPayloads !== null, noSharedPayloads ?? '')
    const html = await editionOf(sharedPayloads(name), 'a4')
    expect(await printAndObserve(html, editionPolicy(html))).toEqual({ executions: 0, requests: [] })
    expect(await printAndObserve(html, null)).toEqual({ executions: 0, requests: [] })
  })
