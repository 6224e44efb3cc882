// Hostile bulletins on paper: the edition itself, opened in a browser that tells all it is asked for, then printed.
import { type Browser, chromium, expect, test } from '@playwright/test'
import { editionPolicy } from '../../../src/core/pages'
import { createEdition } from '../../../src/core/print/edition'
import type { Bulletin } from '../../../src/shared/bulletin'
import { printDefaults, printTemplates } from '../../../src/shared/print/print-option-values'
import { chromiumPath } from '../support/chromium'
import { seedBulletin } from '../support/printed-pdf'
import { noSharedPayloads, sharedPayloads } from './hostile/payloads'

test.skip(chromiumPath === '', 'no Chromium on this machine')
test.describe.configure({ timeout: 180_000 })

const own = 'http://edition.invalid/'
/** Few enough that a browser lays them out in a moment, many enough that all are tried. */
const perBulletin = 400
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

/** Opens a document and prints it; what ran, and what it asked for outside of itself. */
async function observed(html: string, policy: string | null): Promise<{ ran: number; left: string[] }> {
  const page = await browser.newPage()
  const left: string[] = []
  let ran = 0
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
  await page.exposeFunction('hasRun', () => void (ran += 1))
  await page.addInitScript(() => {
    const told = (): void => (window as unknown as { hasRun(): void }).hasRun()
    Object.assign(window, { alert: told, confirm: told, prompt: told })
  })
  await page.route('**/*', (route) => {
    const url = route.request().url()
    if (url === own)
      return route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: policy === null ? {} : { 'content-security-policy': policy },
        body: html,
      })
    if (!url.startsWith(own) && !url.startsWith('data:')) left.push(url)
    return route.abort()
  })
  await page.goto(own)
  await page.waitForTimeout(300)
  await page.pdf({ preferCSSPageSize: true }).catch(() => undefined) // a page that has left can't be printed
  if (page.url() !== own) left.push(page.url())
  await page.close()
  return { ran, left }
}

function hostileBulletin(seed: Bulletin, payloads: readonly string[], at: number): Bulletin {
  const one = (offset: number): string => payloads[(at + offset) % payloads.length] ?? ''
  return {
    ...seed,
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
  const seed = await seedBulletin()
  const bulletins = Array.from({ length: Math.ceil(payloads.length / perBulletin) }, (_, at) =>
    hostileBulletin(seed, payloads.slice(at * perBulletin, (at + 1) * perBulletin), at),
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
  test(`${template}: nothing of a hostile bulletin runs or leaves`, async () => {
    const html = await editionOf(ownPayloads, template)
    // Each layer alone is enough: with the edition's policy, and without any.
    expect(await observed(html, editionPolicy(html))).toEqual({ ran: 0, left: [] })
    expect(await observed(html, null)).toEqual({ ran: 0, left: [] })
  })

test('the observer sees what runs and what leaves (the control)', async () => {
  const { ran, left } = await observed(`<!doctype html><body>${ownPayloads.slice(0, 4).join('\n')}`, null)
  expect(ran).toBeGreaterThan(0)
  expect(left).toContain('http://evil.example/p.png')
})

for (const name of ['xss.json', 'tracking.json'] as const)
  test(`nothing of ${name} runs or leaves on paper`, async () => {
    test.skip(noSharedPayloads !== null, noSharedPayloads ?? '')
    const html = await editionOf(sharedPayloads(name), 'a4')
    expect(await observed(html, editionPolicy(html))).toEqual({ ran: 0, left: [] })
    expect(await observed(html, null)).toEqual({ ran: 0, left: [] })
  })
