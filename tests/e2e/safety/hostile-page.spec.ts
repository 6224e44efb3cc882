import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { dropPage } from '../support/drop-files'
import { noSharedPayloads, sharedPayloads } from './hostile/payloads'

/**
 * Hostile parts of a page. If one of them works, it changes the title or an attribute, sends a request, or navigates.
 */
const hostile = [
  '<img src=x onerror="top.document.title=\'HACKED\'">',
  '<svg onload="top.document.documentElement.dataset.hacked=1"><script>top.document.title="HACKED"</script></svg>',
  '<iframe srcdoc="<script>top.document.title=1</script>"></iframe><object data="data:text/html,<script>alert(1)</script>"></object>',
  '<a href="javascript:top.document.title=\'HACKED\'">bấm vào đây</a><form action="http://evil.example/"><button>gửi</button></form>',
  '<link rel=stylesheet href="http://evil.example/a.css"><img src="http://evil.example/p.png"><style>@import "http://evil.example/b.css"</style>',
  '<meta http-equiv=refresh content="0;url=http://evil.example/"><base href="http://evil.example/">',
]

function pageOf(body: string, title = 'Trang thử <script>document.title="HACKED"</script>'): string {
  const words = 'Nội dung của bản tin thử dài đủ để được coi là phần thân của trang. '.repeat(6)
  return `<!doctype html><meta charset=utf-8><title>x</title><body><h1>${title.replaceAll('<', '&lt;')}</h1><div class="content">${`<p>${words}</p>`.repeat(3)}${body}<p>${words}</p></div></body>`
}

async function hasRun(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      document.title.includes('HACKED') ||
      document.documentElement.dataset['hacked'] !== undefined ||
      location.pathname !== '/',
  )
}

test('a hostile page runs no script, loads nothing and does not navigate, both on screen and in print', async ({
  host,
  page,
  article,
}) => {
  const address = page.url()
  await expect(page.locator('.list .row')).toHaveCount(1)
  await dropPage(page, 'xau.html', pageOf(hostile.join('\n')))
  await expect(article.getByRole('heading', { level: 1 })).toContainText('Trang thử <script>')
  await article.getByText('bấm vào đây').click()
  await page.waitForTimeout(500)
  expect(page.url()).toBe(address)
  expect(await page.title()).toContain('Trang thử <script>')
  expect(await page.title()).not.toBe('HACKED')
  expect(await page.evaluate(() => document.documentElement.dataset['hacked'])).toBeUndefined()
  expect((await host.printed()).byteLength).toBeGreaterThan(1000)
  expect(host.foreignRequests).toEqual([])
})

test('no payload in a sample of known payloads runs a script', async ({ page }) => {
  test.skip(noSharedPayloads !== null, noSharedPayloads ?? '')
  const payloads = sharedPayloads('xss.json').filter(
    // A payload with a NUL is left out, because the program would treat the file as binary.
    (payload, at) => at % 20 === 0 && !payload.includes('\0'),
  )
  await expect(page.locator('.list .row')).toHaveCount(1)
  await page.evaluate(() => {
    const show = (): void => void (document.documentElement.dataset['hacked'] = 'alert')
    Object.assign(window, { alert: show, confirm: show, prompt: show })
  })
  await dropPage(page, 'payloads.html', pageOf(payloads.map((payload) => `<p>${payload}</p>`).join('\n'), 'Mẫu thử'))
  await expect(page.locator('.list .row')).toHaveCount(2)
  await page.waitForTimeout(1000)
  expect(await hasRun(page)).toBe(false)
})

test('control: the check finds a script that runs', async ({ page }) => {
  await page.evaluate(() => void (document.documentElement.dataset['hacked'] = '1'))
  expect(await hasRun(page)).toBe(true)
})
